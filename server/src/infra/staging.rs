//! Atomic blocks: what a thread says inside one is kept aside until the block ends.

use super::{fan_out::Audience, outgoing::Change};
use scenecast_protocol::{EntityId, Phase};
use std::cell::RefCell;

/// The open atomic block of one server on one thread.
struct Staging {
    server: u64,
    /// Blocks inside blocks.
    depth: usize,
    changes: Vec<(Audience, Change)>,
}

thread_local! {
    /// Seldom more than one: a thread that is in atomic blocks of several servers at once.
    static OPEN: RefCell<Vec<Staging>> = const { RefCell::new(Vec::new()) };
}

/// Opens an atomic block of a server on this thread.
pub(crate) fn enter(server: u64) {
    OPEN.with_borrow_mut(|open| match open.iter_mut().find(|s| s.server == server) {
        Some(staging) => staging.depth += 1,
        None => open.push(Staging {
            server,
            depth: 1,
            changes: Vec::new(),
        }),
    });
}

/// Closes the innermost block. Returns what was said when it was the outermost one.
pub(crate) fn exit(server: u64) -> Vec<(Audience, Change)> {
    OPEN.with_borrow_mut(|open| {
        let Some(at) = open.iter().position(|s| s.server == server) else {
            return Vec::new();
        };
        open[at].depth -= 1;
        if open[at].depth > 0 {
            return Vec::new();
        }
        open.swap_remove(at).changes
    })
}

/// Whether this thread is in an atomic block of the server.
pub(crate) fn is_open(server: u64) -> bool {
    // An error means that the thread is ending, when no block can be open.
    OPEN.try_with(|open| open.borrow().iter().any(|s| s.server == server))
        .unwrap_or(false)
}

/// Whether the open block has said that an entity is removed.
pub(crate) fn removes(server: u64, audience: Audience, entity: &EntityId) -> bool {
    let is_removal = |change: &Change| match change {
        Change::Push(message) => {
            message.entity.as_ref() == Some(&(entity.clone(), Some(Phase::Remove)))
        }
        Change::Forget(_) => false,
    };
    // An error means that the thread is ending, when no block can be open.
    let removes = OPEN.try_with(|open| {
        let open = open.borrow();
        let staging = open.iter().find(|s| s.server == server);
        staging.is_some_and(|staging| {
            let mut changes = staging.changes.iter();
            changes.any(|(other, change)| *other == audience && is_removal(change))
        })
    });
    removes.unwrap_or(false)
}

/// Keeps changes aside for the end of the block. Only while it [`is_open`].
pub(crate) fn stage(server: u64, audience: Audience, changes: impl IntoIterator<Item = Change>) {
    OPEN.with_borrow_mut(|open| {
        if let Some(staging) = open.iter_mut().find(|s| s.server == server) {
            let changes = changes.into_iter().map(|change| (audience, change));
            staging.changes.extend(changes);
        }
    });
}
