//! Lists whose entries stay, with all that is in them, when others come and go.

use web_sys::Node;

use super::{View, append, insert_before, marker, remove, remove_between};
use crate::effect::render_effect;
use crate::order::{self, Key};
use crate::{Owner, untrack};

/// An entry that is in the page.
struct Entry {
    key: Key,
    /// The first and the last of its nodes.
    start: Node,
    end: Node,
    owner: Owner,
}

/// One view for each item, in their order. Of items with the same key only the first is shown. An
/// entry is not made anew when its item changes otherwise: what changes is to be a signal.
#[must_use]
pub fn keyed<T: 'static, K: Into<Key>>(
    items: impl Fn() -> Vec<T> + 'static,
    key: impl Fn(&T) -> K + 'static,
    view: impl Fn(T) -> View + 'static,
) -> View {
    list(Box::new(move |update| {
        let items = items();
        let keys = items.iter().map(|item| key(item).into()).collect();
        let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
        update(keys, &mut |index| {
            let item = items[index].take();
            item.map_or_else(View::empty, &view)
        });
    }))
}

/// Given the keys, and what makes the view of one of them.
type Update<'a> = &'a mut dyn FnMut(Vec<Key>, &mut dyn FnMut(usize) -> View);

fn list(mut read: Box<dyn FnMut(Update)>) -> View {
    let fragment = View::fragment();
    let end = marker();
    append(&fragment, &end);
    // Entries outlive the runs of the effect, and belong to what the list belongs to.
    let outer = Owner::new();
    let mut entries = Vec::new();
    render_effect(Box::new(move || {
        read(&mut |keys, make| {
            let old = std::mem::take(&mut entries);
            entries = outer.with(|| follow(old, keys, make, &end));
        });
    }));
    View(fragment)
}

/// Takes out what is gone, makes what is new, and moves as few of the others as can be: what is
/// moved loses the keyboard and its scroll position.
fn follow(
    old: Vec<Entry>,
    keys: Vec<Key>,
    make: &mut dyn FnMut(usize) -> View,
    end: &Node,
) -> Vec<Entry> {
    let old_keys: Vec<&Key> = old.iter().map(|entry| &entry.key).collect();
    let places = order::places(&old_keys, &keys);
    let mut old: Vec<Option<Entry>> = old.into_iter().map(Some).collect();
    let mut kept: Vec<Option<Entry>> = places
        .iter()
        .map(|place| old.get_mut(place.old?)?.take())
        .collect();
    old.into_iter().flatten().for_each(Entry::remove);
    let mut entries = Vec::with_capacity(places.len());
    let mut next = end.clone();
    for (place, kept) in places.iter().zip(&mut kept).rev() {
        let entry = match kept.take() {
            Some(entry) => {
                if !place.stays {
                    entry.move_before(&next);
                }
                entry
            }
            None => Entry::new(keys[place.new].clone(), || make(place.new), &next),
        };
        next = entry.start.clone();
        entries.push(entry);
    }
    entries.reverse();
    entries
}

impl Entry {
    fn new(key: Key, make: impl FnOnce() -> View, next: &Node) -> Self {
        let owner = Owner::new();
        let view = untrack(|| owner.with(make));
        let node = view.node();
        let is_fragment = node.node_type() == Node::DOCUMENT_FRAGMENT_NODE;
        if is_fragment && node.first_child().is_none() {
            append(node, &marker());
        }
        let edge =
            |edge: Option<Node>| edge.filter(|_| is_fragment).unwrap_or_else(|| node.clone());
        let (start, end) = (edge(node.first_child()), edge(node.last_child()));
        insert_before(next, node);
        Self {
            key,
            start,
            end,
            owner,
        }
    }

    fn move_before(&self, next: &Node) {
        let mut node = Some(self.start.clone());
        while let Some(moved) = node {
            node = match moved == self.end {
                true => None,
                false => moved.next_sibling(),
            };
            insert_before(next, &moved);
        }
    }

    fn remove(self) {
        let Self {
            start, end, owner, ..
        } = self;
        drop(owner);
        if start != end {
            remove_between(&start, &end);
            remove(&end);
        }
        remove(&start);
    }
}
