//! Atomic groups: messages of which a viewer gets all or none.
//!
//! The messages of a group have adjacent ids at first, so a window that does not end among them
//! shows all of them. But later messages replace some, and a viewer that is behind would get the
//! rest without the replacement, which has a later id. So what replaces a message of a group takes
//! its place in the group; if it has a group of its own the two are one from then on. A window that
//! has one message of a group goes on to the group's last one.
//!
//! Once all viewers have a whole group, what replaces its messages is free of it, so that groups
//! do not grow for ever. Viewers in their replay are no reason to keep one: they see the scene
//! grow, and the end of the replay shows them everything that there is at that moment.

use slab::Slab;

#[derive(Debug)]
struct Group {
    /// Messages, groups that have become one with this one, and others that keep it.
    members: usize,
    /// The last id that belongs to it.
    end: u64,
    /// The group that this one has become one with.
    united_with: Option<usize>,
}

/// The groups of a buffer.
#[derive(Debug, Default)]
pub(super) struct Groups {
    groups: Slab<Group>,
}

impl Groups {
    /// Makes a group that lasts at least until the caller [leaves](Self::leave) it.
    pub(super) fn open(&mut self) -> usize {
        self.groups.insert(Group {
            members: 1,
            end: 0,
            united_with: None,
        })
    }

    fn root(&self, mut group: usize) -> usize {
        while let Some(next) = self.groups[group].united_with {
            group = next;
        }
        group
    }

    /// The last id that belongs to the group.
    pub(super) fn end(&self, group: usize) -> u64 {
        self.groups[self.root(group)].end
    }

    /// Extends the group to this id.
    pub(super) fn reach(&mut self, group: usize, id: u64) {
        let root = self.root(group);
        self.groups[root].end = self.groups[root].end.max(id);
    }

    /// Adds a message.
    pub(super) fn join(&mut self, group: usize, id: u64) {
        self.keep(group);
        self.reach(group, id);
    }

    /// Makes the group last until the caller leaves it.
    pub(super) fn keep(&mut self, group: usize) {
        self.groups[group].members += 1;
    }

    /// Makes two groups one.
    pub(super) fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if a != b {
            self.groups[a].united_with = Some(b);
            self.keep(b);
            self.reach(b, self.groups[a].end);
        }
    }

    /// Takes a member out; the last one ends the group.
    pub(super) fn leave(&mut self, group: usize) {
        let mut group = Some(group);
        while let Some(left) = group {
            self.groups[left].members -= 1;
            group = match self.groups[left].members {
                0 => self.groups.remove(left).united_with,
                _ => None,
            };
        }
    }

    /// How many groups there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.groups.len()
    }
}
