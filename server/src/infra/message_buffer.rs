//! The messages that viewers do not have yet: an ordered log in which only the last message of
//! each key survives.
//!
//! The log holds ids in ascending order. What is replaced or dropped leaves a hole there, and the
//! log is compacted when holes outnumber messages, so that every operation costs amortised
//! constant time, or time in the number of messages of one entity.
//!
//! Windows do not end within atomic groups: see [`groups`].

mod groups;

use super::{
    ClientId,
    outgoing::{Change, Outgoing},
    recorder::Recorder,
};
use groups::Groups;
use rustc_hash::{FxHashMap, FxHashSet};
use scenecast_protocol::{EntityId, Key, Phase, Slot, encode::Encoded};
use slab::Slab;
use std::{borrow::Cow, sync::Arc};

/// Holes in the log are worth compacting from here on.
const MIN_HOLES: usize = 64;

/// Removals that may pile up before buffers ask for a collection between connections.
const MIN_TOMBSTONES: usize = 1024;

/// To free arrays of this size takes a while.
const LARGE_ARRAYS: usize = 256 * 1024;

/// A place in the slab of messages.
type Index = u32;

/// In the log: the message has been replaced or dropped.
const HOLE: Index = Index::MAX;

/// A message in the buffer.
#[derive(Debug)]
struct Held {
    message: Outgoing,
    id: u64,
    /// Where in the log it stands.
    at: usize,
    hold: Hold,
}

/// What a window that has the message must have too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hold {
    /// Nothing.
    Alone,
    /// What follows up to this id, if it is still there.
    Until(u64),
    /// The rest of the atomic group with this index.
    Group(usize),
}

#[derive(Debug, Clone, Copy)]
struct LogEntry {
    id: u64,
    index: Index,
}

/// The messages of one entity.
#[derive(Debug, Default)]
struct EntityMessages {
    /// By slot; few, so a scan is faster than hashing.
    slots: Vec<(Slot, Index)>,
    /// Those with a key of their own: bones, event bindings.
    others: Vec<Index>,
}

/// What a window may hold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WindowLimits {
    /// Messages after which a window ends.
    pub(crate) messages: usize,
    /// Encoded bytes after which a window ends. A single message or group may exceed them.
    pub(crate) bytes: usize,
}

/// The contents of a window, before they are encoded into one payload.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub(crate) messages: Vec<Arc<Encoded>>,
    /// Encoded bytes of all messages.
    pub(crate) bytes: usize,
    /// The first id after this window.
    pub(crate) next: u64,
    /// Viewers that must not get one of the messages.
    pub(crate) excluded: Vec<ClientId>,
    /// Whether viewers that play sequences get another window.
    pub(crate) has_frames: bool,
}

/// For whom a window is.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Reader {
    /// One viewer, which gets none of the messages that exclude it; else everyone.
    pub(crate) id: Option<ClientId>,
    /// They play sequences, and get nothing of what belongs to a frame.
    pub(crate) plays: bool,
}

/// The log with its indices. Persistent buffers keep messages for viewers to come; others lose
/// them to the one viewer they have.
#[derive(Debug, Default)]
pub(crate) struct MessageBuffer {
    next_id: u64,
    log: Vec<LogEntry>,
    held: Slab<Held>,
    entities: FxHashMap<EntityId, EntityMessages>,
    named: FxHashMap<Cow<'static, str>, Index>,
    tombstones: FxHashSet<Index>,
    /// When to ask for a collection again.
    tombstone_limit: usize,
    groups: Groups,
    /// Messages of this group have been dropped because of the message that comes next.
    bequeathed: Option<usize>,
    /// All viewers have what is below.
    consumed: u64,
    dropped: u64,
    uncoalesced_bytes: usize,
    /// Large messages that were dropped, for the caller to free without the lock.
    large: Vec<Arc<Encoded>>,
    /// Whoever gets each message that enters.
    recorders: Vec<Arc<Recorder>>,
}

impl MessageBuffer {
    /// The id that the next message gets.
    pub(crate) fn next_id(&self) -> u64 {
        self.next_id
    }

    /// How many messages have been replaced or dropped so far.
    pub(crate) fn dropped(&self) -> u64 {
        self.dropped
    }

    /// Bytes of the messages that nothing replaces.
    pub(crate) fn uncoalesced_bytes(&self) -> usize {
        self.uncoalesced_bytes
    }

    /// How many messages there are.
    pub(crate) fn len(&self) -> usize {
        self.held.len()
    }

    /// Applies one change.
    pub(crate) fn apply(&mut self, change: Change) {
        self.change(change, Hold::Alone);
    }

    /// Applies changes that viewers get in one window where none of them has been replaced.
    pub(crate) fn apply_all(&mut self, changes: Vec<Change>) {
        let last = self.next_id + changes.len() as u64 - 1;
        for change in changes {
            self.change(change, Hold::Until(last));
        }
    }

    /// Applies changes of which viewers see all or none.
    pub(crate) fn apply_atomic(&mut self, changes: Vec<Change>) {
        let group = self.groups.open();
        for change in changes {
            self.change(change, Hold::Group(group));
        }
        self.groups.leave(group);
    }

    /// Says that all viewers have what is below `consumed`: no need to hold that together.
    pub(crate) fn set_consumed(&mut self, consumed: u64) {
        self.consumed = consumed;
    }

    fn change(&mut self, change: Change, hold: Hold) {
        match change {
            Change::Push(message) => self.push(message, hold),
            Change::Forget(entity) => self.forget(&entity),
        }
    }

    fn push(&mut self, message: Outgoing, hold: Hold) {
        let (old, lifecycle) = self.find(&message);
        let is_later = |index: Index| {
            let known = &self.held[index as usize].message;
            known.sequence > message.sequence
        };
        if old.is_some_and(is_later) || lifecycle.is_some_and(is_later) {
            return;
        }
        let phase = message.phase();
        let entity = match phase {
            Some(Phase::Create | Phase::Remove) => message.entity.clone().map(|(entity, _)| entity),
            Some(Phase::Update) | None => None,
        };
        let sequence = message.sequence;
        if let (Some(entity), Some(Phase::Remove)) = (&entity, phase) {
            for index in self.of_entity(entity, |phase| phase == Some(Phase::Update)) {
                self.drop_message(index);
            }
        }
        let index = match old {
            Some(old) => self.replace(old, message, hold),
            None => self.append(message, hold),
        };
        match phase {
            Some(Phase::Create) => {
                self.tombstones.remove(&index);
            }
            Some(Phase::Remove) => {
                self.tombstones.insert(index);
            }
            Some(Phase::Update) | None => {}
        }
        if let (Some(entity), Some(Phase::Create)) = (entity, phase) {
            self.move_behind_creation(&entity, sequence);
        }
        self.compact();
    }

    /// The message with the same key, and the entity's creation or removal.
    fn find(&self, message: &Outgoing) -> (Option<Index>, Option<Index>) {
        let messages = message
            .entity
            .as_ref()
            .and_then(|(entity, _)| self.entities.get(entity));
        let slot = |wanted: &Slot| {
            let found = messages?.slots.iter().find(|(slot, _)| slot == wanted);
            found.map(|(_, index)| *index)
        };
        let same = match &message.key {
            Key::Entity(_, wanted) => slot(wanted),
            Key::Named(name) => self.named.get(name).copied(),
            Key::Unique => None,
        };
        (same, slot(&Slot::CreateOrRemove))
    }

    /// Updates that were called after a creation, but arrived before it, must follow it.
    fn move_behind_creation(&mut self, entity: &EntityId, sequence: u64) {
        for index in self.of_entity(entity, |phase| phase != Some(Phase::Create)) {
            if self.held[index as usize].message.sequence > sequence {
                let message = self.held[index as usize].message.clone();
                self.replace(index, message, Hold::Alone);
            }
        }
    }

    fn append(&mut self, message: Outgoing, hold: Hold) -> Index {
        let index = self.held.vacant_key() as Index;
        match &message.key {
            Key::Entity(entity, slot) => {
                let messages = self.entities.entry(entity.clone()).or_default();
                messages.slots.push((slot.clone(), index));
            }
            Key::Named(name) => {
                self.named.insert(name.clone(), index);
                if let Some((entity, _)) = &message.entity {
                    let messages = self.entities.entry(entity.clone()).or_default();
                    messages.others.push(index);
                }
            }
            Key::Unique => {}
        }
        let held = self.enter(message, index, hold);
        self.held.insert(held);
        index
    }

    /// Puts a message in the place of one with the same key, at the end of the log.
    fn replace(&mut self, index: Index, message: Outgoing, hold: Hold) -> Index {
        self.retire(index);
        let held = self.enter(message, index, hold);
        let old = std::mem::replace(&mut self.held[index as usize], held);
        self.discard(old);
        index
    }

    /// Gives a message its id and its place in the log.
    fn enter(&mut self, message: Outgoing, index: Index, hold: Hold) -> Held {
        for recorder in &self.recorders {
            recorder.note(&message);
        }
        let id = self.next_id;
        self.next_id += 1;
        let hold = match (hold, self.bequeathed.take()) {
            (Hold::Group(group), heritage) => {
                self.groups.join(group, id);
                if let Some(heritage) = heritage {
                    self.groups.unite(group, heritage);
                    self.groups.leave(heritage);
                }
                hold
            }
            // The place in the group that was kept for this message.
            (Hold::Alone, Some(heritage)) => {
                self.groups.reach(heritage, id);
                Hold::Group(heritage)
            }
            (Hold::Until(last), Some(heritage)) => {
                self.groups.reach(heritage, last);
                Hold::Group(heritage)
            }
            (Hold::Alone | Hold::Until(_), None) => hold,
        };
        if !message.coalesces() {
            self.uncoalesced_bytes += message.encoded.byte_len();
        }
        let at = self.log.len();
        self.log.push(LogEntry { id, index });
        Held {
            message,
            id,
            at,
            hold,
        }
    }

    /// The messages of an entity whose phase passes.
    fn of_entity(&self, entity: &EntityId, passes: impl Fn(Option<Phase>) -> bool) -> Vec<Index> {
        let Some(messages) = self.entities.get(entity) else {
            return Vec::new();
        };
        let slots = messages.slots.iter().map(|(_, index)| *index);
        slots
            .chain(messages.others.iter().copied())
            .filter(|index| passes(self.held[*index as usize].message.phase()))
            .collect()
    }

    /// Drops what is buffered about an entity but for its creation: it is about to be replaced.
    fn forget(&mut self, entity: &EntityId) {
        let state = |phase| matches!(phase, None | Some(Phase::Update));
        for index in self.of_entity(entity, state) {
            self.drop_message(index);
        }
    }

    /// Drops a message because of the one that comes next.
    fn drop_message(&mut self, index: Index) {
        self.retire(index);
        self.unlist(index);
    }

    /// Takes a message out of the log because of the one that comes next, which takes its place
    /// in its group if a viewer has not seen the group.
    fn retire(&mut self, index: Index) {
        if let Hold::Group(group) = self.held[index as usize].hold
            && self.groups.end(group) >= self.consumed
        {
            match self.bequeathed {
                Some(other) => self.groups.unite(group, other),
                None => {
                    self.groups.keep(group);
                    self.bequeathed = Some(group);
                }
            }
        }
        self.dropped += 1;
        self.leave_log(index);
    }

    fn leave_log(&mut self, index: Index) {
        let held = &self.held[index as usize];
        self.log[held.at].index = HOLE;
        if !held.message.coalesces() {
            self.uncoalesced_bytes -= held.message.encoded.byte_len();
        }
        if let Hold::Group(group) = held.hold {
            self.groups.leave(group);
        }
    }

    /// Takes a message that is not in the log any more out of the indices.
    fn unlist(&mut self, index: Index) {
        let held = self.held.remove(index as usize);
        let message = &held.message;
        self.tombstones.remove(&index);
        if let Key::Named(name) = &message.key {
            self.named.remove(name);
        }
        if let Some((entity, _)) = &message.entity
            && let Some(messages) = self.entities.get_mut(entity)
        {
            messages.slots.retain(|(_, known)| *known != index);
            messages.others.retain(|known| *known != index);
            if messages.slots.is_empty() && messages.others.is_empty() {
                self.entities.remove(entity);
            }
        }
        self.discard(held);
    }

    fn discard(&mut self, held: Held) {
        if held.message.encoded.array_bytes() >= LARGE_ARRAYS {
            self.large.push(held.message.encoded);
        }
    }

    /// Hands out the large messages that have been dropped.
    pub(crate) fn take_large(&mut self) -> Vec<Arc<Encoded>> {
        std::mem::take(&mut self.large)
    }

    fn remove(&mut self, index: Index) {
        self.leave_log(index);
        self.unlist(index);
    }

    fn compact(&mut self) {
        if self.log.len() < 2 * self.held.len() + MIN_HOLES {
            return;
        }
        self.log.retain(|entry| entry.index != HOLE);
        for (at, entry) in self.log.iter().enumerate() {
            self.held[entry.index as usize].at = at;
        }
    }

    /// The id of an entity's removal, if it has been removed.
    pub(crate) fn tombstone(&self, entity: &EntityId) -> Option<u64> {
        let slots = &self.entities.get(entity)?.slots;
        let (_, index) = slots
            .iter()
            .find(|(slot, _)| *slot == Slot::CreateOrRemove)?;
        self.tombstones
            .contains(index)
            .then(|| self.held[*index as usize].id)
    }

    /// Whether so many removals have piled up that a collection pays.
    pub(crate) fn wants_collection(&self) -> bool {
        self.tombstones.len() >= self.tombstone_limit.max(MIN_TOMBSTONES)
    }

    /// Forgets removed entities: what is buffered about them at once, the removal itself when it
    /// is below `consumed`, the smallest id that a viewer still needs. Tells whether anything
    /// was dropped.
    pub(crate) fn collect(&mut self, consumed: u64) -> bool {
        let before = self.held.len();
        let tombstones: Vec<Index> = self.tombstones.iter().copied().collect();
        for index in tombstones {
            let removal = &self.held[index as usize];
            let is_consumed = removal.id < consumed;
            if let Some((entity, _)) = removal.message.entity.clone() {
                for state in self.of_entity(&entity, |phase| phase != Some(Phase::Remove)) {
                    self.remove(state);
                }
            }
            if is_consumed {
                self.remove(index);
            }
        }
        self.tombstone_limit = 2 * self.tombstones.len();
        self.compact();
        self.held.len() != before
    }

    /// The messages with their ids, in the order in which viewers get them.
    pub(crate) fn entries(&self) -> Vec<(u64, Arc<Encoded>)> {
        let entries = self.log.iter().filter(|entry| entry.index != HOLE);
        let message = |entry: &LogEntry| &self.held[entry.index as usize].message.encoded;
        entries
            .map(|entry| (entry.id, Arc::clone(message(entry))))
            .collect()
    }

    /// Drops the messages with these ids, as far as they are still there, and tells how many.
    pub(crate) fn remove_ids(&mut self, ids: &[u64]) -> usize {
        let before = self.held.len();
        for id in ids {
            let at = self.log.partition_point(|entry| entry.id < *id);
            let entry = self.log.get(at).filter(|entry| entry.id == *id);
            if let Some(index) = entry
                .map(|entry| entry.index)
                .filter(|index| *index != HOLE)
            {
                self.dropped += 1;
                self.remove(index);
            }
        }
        self.compact();
        before - self.held.len()
    }

    /// Hands a recorder what there is, and from now on each message that enters.
    pub(crate) fn attach(&mut self, recorder: Arc<Recorder>) {
        for entry in self.log.iter().filter(|entry| entry.index != HOLE) {
            recorder.note(&self.held[entry.index as usize].message);
        }
        self.recorders.push(recorder);
    }

    /// Hands a recorder nothing more.
    pub(crate) fn detach(&mut self, recorder: &Arc<Recorder>) {
        self.recorders.retain(|known| !Arc::ptr_eq(known, recorder));
    }

    /// The recorders that are attached.
    pub(crate) fn recorders(&self) -> &[Arc<Recorder>] {
        &self.recorders
    }

    /// The next window for a viewer that has everything below `from`, of messages below `until`.
    pub(crate) fn batch(
        &self,
        from: u64,
        until: u64,
        limits: WindowLimits,
        reader: Reader,
    ) -> Batch {
        let mut batch = Batch {
            next: from.max(until),
            ..Batch::default()
        };
        let start = self.log.partition_point(|entry| entry.id < from);
        let mut hold_until = None;
        for entry in self.log[start..].iter().filter(|entry| entry.index != HOLE) {
            let may_end = hold_until.is_none_or(|end| entry.id > end);
            if may_end && entry.id >= until {
                break;
            }
            if may_end && (batch.messages.len() >= limits.messages || batch.bytes >= limits.bytes) {
                batch.next = entry.id;
                break;
            }
            let held = &self.held[entry.index as usize];
            hold_until = hold_until.max(match held.hold {
                Hold::Alone => None,
                Hold::Until(id) => Some(id),
                Hold::Group(group) => Some(self.groups.end(group)),
            });
            batch.add(held, reader);
            batch.next = batch.next.max(entry.id + 1);
        }
        batch
    }

    /// The next window of a buffer with one viewer, which keeps nothing of it.
    pub(crate) fn take_batch(
        &mut self,
        from: u64,
        until: u64,
        limits: WindowLimits,
        reader: ClientId,
    ) -> Batch {
        let reader = Reader {
            id: Some(reader),
            plays: false,
        };
        let batch = self.batch(from, until, limits, reader);
        let start = self.log.partition_point(|entry| entry.id < from);
        let end = self.log.partition_point(|entry| entry.id < batch.next);
        for at in start..end {
            let index = self.log[at].index;
            if index != HOLE {
                self.remove(index);
            }
        }
        self.compact();
        batch
    }
}

impl Batch {
    fn add(&mut self, held: &Held, reader: Reader) {
        if held.message.is_of_frame {
            self.has_frames = true;
            if reader.plays {
                return;
            }
        }
        match held.message.excluded {
            Some(id) if reader.id == Some(id) => return,
            Some(id) if !self.excluded.contains(&id) => self.excluded.push(id),
            Some(_) | None => {}
        }
        self.bytes += held.message.encoded.byte_len();
        self.messages.push(Arc::clone(&held.message.encoded));
    }
}

#[cfg(test)]
mod tests;
