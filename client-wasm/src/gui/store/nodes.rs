//! The table of scene nodes as signals: only of those lines that are in the page.

use std::sync::Arc;

use scenecast_dom::*;

use crate::gui::tree::property::Property;
use crate::gui::tree::rows::Look;
use crate::gui::tree::search::Search;

/// The signals. It is a small handle, to be copied into every closure.
#[derive(Clone, Copy)]
pub(crate) struct Nodes {
    /// How many lines there are.
    pub(crate) count: RwSignal<usize>,
    /// The lines that are in the page.
    pub(crate) lines: RwSignal<Vec<Line>>,
    /// What is looked for.
    pub(crate) search: RwSignal<Search>,
    /// The line that keys are for: the number of its node, and of the line.
    pub(crate) active: RwSignal<Option<(u32, usize)>>,
    /// A line that is to be brought into sight.
    pub(crate) revealed: RwSignal<Option<usize>>,
    /// The node whose properties are edited.
    pub(crate) edited: RwSignal<Option<Edited>>,
}

/// A line in the page.
#[derive(Clone)]
pub(crate) struct Line {
    /// The node's full name.
    pub(crate) name: Arc<str>,
    /// What it looks like.
    pub(crate) look: RcSignal<Look>,
}

/// A node whose properties are edited.
#[derive(Clone)]
pub(crate) struct Edited {
    /// Its full name.
    pub(crate) name: Arc<str>,
    /// Class name of the message that adds such nodes.
    pub(crate) kind: &'static str,
    /// Its properties.
    pub(crate) fields: Arc<[Field]>,
}

/// A property that is edited.
#[derive(Clone)]
pub(crate) struct Field {
    pub(crate) property: Arc<Property>,
    /// Its value as text.
    pub(crate) text: RcSignal<String>,
}

impl Nodes {
    pub(super) fn new() -> Self {
        Self {
            count: RwSignal::default(),
            lines: RwSignal::default(),
            search: RwSignal::default(),
            active: RwSignal::default(),
            revealed: RwSignal::default(),
            edited: RwSignal::default(),
        }
    }

    /// Shows these lines. Those that are there already stay, so that nothing is lost of what users
    /// do with them.
    pub(crate) fn show(self, count: usize, looks: Vec<(Arc<str>, Look)>) {
        set(self.count, count);
        let old = self.lines.get_untracked();
        let line = |(name, look): (Arc<str>, Look)| {
            let known = old.iter().find(|line| line.name == name);
            match known {
                Some(line) => {
                    if line.look.with_untracked(|shown| *shown != look) {
                        line.look.set(look);
                    }
                    line.clone()
                }
                None => Line {
                    name,
                    look: RcSignal::new(look),
                },
            }
        };
        let lines: Vec<Line> = looks.into_iter().map(line).collect();
        let names = |lines: &[Line]| lines.iter().map(|line| line.name.clone()).collect();
        let (old_names, new_names): (Vec<_>, Vec<_>) = (names(&old), names(&lines));
        if old_names != new_names {
            self.lines.set(lines);
        }
    }

    /// Marks what is looked for.
    pub(crate) fn set_search(self, search: Search) {
        set(self.search, search);
    }

    /// Whether the properties of this node are shown.
    pub(crate) fn is_edited(self, name: &str) -> bool {
        let is_it = |edited: &Edited| *edited.name == *name;
        self.edited
            .with_untracked(|edited| edited.as_ref().is_some_and(is_it))
    }

    /// Lets keys be for another line.
    pub(crate) fn set_active(self, active: Option<(u32, usize)>) {
        set(self.active, active);
    }

    /// Brings a line into sight.
    pub(crate) fn reveal(self, line: usize) {
        self.revealed.set(Some(line));
    }

    /// Shows the properties of a node: as they are now, if they are shown already.
    pub(crate) fn edit(self, node: Option<(Arc<str>, &'static str, Vec<Property>)>) {
        let Some((name, kind, properties)) = node else {
            if self.edited.with_untracked(Option::is_some) {
                self.edited.set(None);
            }
            return;
        };
        let shown = self.edited.get_untracked();
        let same = shown.filter(|shown| shown.name == name && shown.kind == kind);
        if let Some(shown) = same {
            for (field, property) in shown.fields.iter().zip(properties) {
                if field.text.with_untracked(|text| *text != property.text) {
                    field.text.set(property.text);
                }
            }
            return;
        }
        let fields = properties.into_iter().map(|property| Field {
            text: RcSignal::new(property.text.clone()),
            property: Arc::new(property),
        });
        self.edited.set(Some(Edited {
            name,
            kind,
            fields: fields.collect(),
        }));
    }
}

/// Sets a signal if that changes it.
fn set<T: PartialEq + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
}
