//! Lists whose entries stay, with all that is in them, when others come and go.

use std::collections::BTreeMap;
use std::sync::Arc;

use web_sys::Node;

use super::{View, append, insert_before, marker, remove, remove_between};
use crate::effect::render_effect;
use crate::{Owner, untrack};

/// What tells an entry from the others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A number.
    Number(u64),
    /// A name.
    Name(Arc<str>),
}

macro_rules! keys {
    ($($Type:ty: $key:ident => $made:expr;)*) => {
        $(
            impl From<$Type> for Key {
                fn from($key: $Type) -> Self {
                    $made
                }
            }
        )*
    };
}

keys! {
    u32: key => Key::Number(key.into());
    usize: key => Key::Number(key as u64);
    Arc<str>: key => Key::Name(key);
    String: key => Key::Name(key.into());
    &str: key => Key::Name(key.into());
}

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
    let mut wanted = BTreeMap::new();
    for (index, key) in keys.iter().enumerate() {
        wanted.entry(key.clone()).or_insert(index);
    }
    // Entries by their new place, with their old one.
    let mut placed: BTreeMap<usize, (usize, Entry)> = BTreeMap::new();
    for (index, entry) in old.into_iter().enumerate() {
        match wanted.get(&entry.key) {
            Some(place) => {
                placed.insert(*place, (index, entry));
            }
            None => entry.remove(),
        }
    }
    let old_places: Vec<usize> = placed.values().map(|(index, _)| *index).collect();
    let stays = longest_increasing(&old_places);
    let mut entries = Vec::with_capacity(wanted.len());
    let mut next = end.clone();
    for (place, key) in keys.into_iter().enumerate().rev() {
        if wanted.get(&key) != Some(&place) {
            continue;
        }
        let entry = match placed.remove(&place) {
            Some((index, entry)) => {
                if stays.binary_search(&index).is_err() {
                    entry.move_before(&next);
                }
                entry
            }
            None => Entry::new(key, || make(place), &next),
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

/// Those numbers of a list, in their order, that are a longest list of increasing ones.
fn longest_increasing(numbers: &[usize]) -> Vec<usize> {
    // The last of the best list of each length, and who is before whom.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = Vec::with_capacity(numbers.len());
    for (index, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|end| numbers[*end] < *number);
        before.push(length.checked_sub(1).map(|last| ends[last]));
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut list = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(index) = at {
        list.push(numbers[index]);
        at = before[index];
    }
    list.reverse();
    list
}
