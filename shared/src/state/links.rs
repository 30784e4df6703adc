//! Who is whose child: a tree of slot numbers in one flat array.

/// No slot.
pub(super) const NONE: u32 = u32::MAX;

/// The neighbours of one slot. Children are a doubly linked list, so that adding and removing one
/// takes the same time among ten thousand siblings as among two.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) parent: u32,
    first_child: u32,
    last_child: u32,
    previous: u32,
    next: u32,
}

const ALONE: Link = Link {
    parent: NONE,
    first_child: NONE,
    last_child: NONE,
    previous: NONE,
    next: NONE,
};

#[derive(Clone, Debug, Default)]
pub(super) struct Links(Vec<Link>);

impl Links {
    /// The neighbours of a slot.
    pub(super) fn get(&self, slot: u32) -> Link {
        self.0.get(slot as usize).copied().unwrap_or(ALONE)
    }

    fn edit(&mut self, slot: u32, edit: impl FnOnce(&mut Link)) {
        if let Some(link) = self.0.get_mut(slot as usize) {
            edit(link);
        }
    }

    /// Makes a slot, new or used before, the last child of another.
    pub(super) fn attach(&mut self, slot: u32, parent: u32) {
        if self.0.len() <= slot as usize {
            self.0.resize(slot as usize + 1, ALONE);
        }
        let previous = self.get(parent).last_child;
        self.edit(slot, |link| {
            *link = Link {
                parent,
                previous,
                ..ALONE
            }
        });
        self.edit(previous, |link| link.next = slot);
        self.edit(parent, |link| {
            link.last_child = slot;
            if link.first_child == NONE {
                link.first_child = slot;
            }
        });
    }

    /// Takes a slot without children out of the tree.
    pub(super) fn detach(&mut self, slot: u32) {
        let Link {
            parent,
            previous,
            next,
            ..
        } = self.get(slot);
        self.edit(previous, |link| link.next = next);
        self.edit(next, |link| link.previous = previous);
        self.edit(parent, |link| {
            if link.first_child == slot {
                link.first_child = next;
            }
            if link.last_child == slot {
                link.last_child = previous;
            }
        });
        self.edit(slot, |link| *link = ALONE);
    }

    pub(super) fn has_children(&self, slot: u32) -> bool {
        self.get(slot).first_child != NONE
    }

    /// The children in the order in which they were added.
    pub(super) fn children(&self, slot: u32) -> impl Iterator<Item = u32> + '_ {
        let first = self.get(slot).first_child;
        std::iter::successors((first != NONE).then_some(first), |child| {
            let next = self.get(*child).next;
            (next != NONE).then_some(next)
        })
    }

    /// What follows `slot` when the tree below `top` is walked parents first.
    pub(super) fn after(&self, slot: u32, top: u32) -> Option<u32> {
        match self.get(slot).first_child {
            NONE => self.after_subtree(slot, top),
            child => Some(child),
        }
    }

    /// The same, without what is below `slot`.
    pub(super) fn after_subtree(&self, slot: u32, top: u32) -> Option<u32> {
        let mut slot = slot;
        while slot != top && slot != NONE {
            let link = self.get(slot);
            if link.next != NONE {
                return Some(link.next);
            }
            slot = link.parent;
        }
        None
    }

    /// `top` and everything below it, parents first.
    pub(super) fn subtree(&self, top: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(Some(top), move |slot| self.after(*slot, top))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_parents_first_in_order() {
        let mut links = Links::default();
        links.attach(0, NONE);
        for (slot, parent) in [(1, 0), (2, 0), (3, 1), (4, 1), (5, 3), (6, 0)] {
            links.attach(slot, parent);
        }
        assert_eq!(links.subtree(0).collect::<Vec<_>>(), [0, 1, 3, 5, 4, 2, 6]);
        assert_eq!(links.subtree(1).collect::<Vec<_>>(), [1, 3, 5, 4]);
        assert_eq!(links.after_subtree(3, 1), Some(4));
        assert_eq!(links.after_subtree(1, 1), None);

        links.detach(2);
        links.detach(5);
        links.attach(5, 0);
        assert_eq!(links.children(0).collect::<Vec<_>>(), [1, 6, 5]);
        links.detach(4);
        links.detach(3);
        assert!(!links.has_children(1));
        assert_eq!(links.subtree(0).collect::<Vec<_>>(), [0, 1, 6, 5]);
    }
}
