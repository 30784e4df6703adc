//! Which nodes are in the table, and in which order.
//!
//! The table is as long as the scene has nodes that are not folded away; only the few lines that
//! are in sight are in the page.

use std::ops::Range;
use std::sync::Arc;

use scenecast_protocol::state::{Changes, NodeId, SceneTree};

use super::search::Search;
use crate::ordered::OrderedMap;

/// Lines above and below those in sight that are in the page too, so that scrolling finds them.
const MARGIN: usize = 8;

/// How a node is found by a search.
const FOUND: u8 = 1;
const FOUND_BELOW: u8 = 2;

/// A line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The node.
    pub id: NodeId,
    /// In how many nodes it is, the root aside.
    pub depth: u32,
    /// Whether what is below it is shown; `None` if nothing is below it.
    pub is_open: Option<bool>,
}

/// What a line shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The node and its place in the tree.
    pub row: Row,
    /// The number of the line.
    pub line: usize,
    /// Class name of the message that adds such a node; empty for a parent that nobody added.
    pub kind: &'static str,
    /// Whether the node is shown, its parents aside.
    pub is_shown: bool,
    /// Whether all of its parents are, too.
    pub is_visible: bool,
    /// Whether that is the user's choice rather than the server's.
    pub is_overridden: bool,
    /// Whether it is there for this viewer alone.
    pub is_local: bool,
    /// Whether it only stands in for a parent that nobody added.
    pub is_virtual: bool,
}

/// A step through the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// This many lines down, or up.
    By(isize),
    /// To the first line.
    First,
    /// To the last line.
    Last,
    /// Shows what is below a node, or goes there.
    In,
    /// Hides what is below a node, or goes to its parent.
    Out,
}

/// The lines of the table.
#[derive(Debug, Default)]
pub struct Rows {
    rows: Vec<Row>,
    is_current: bool,
    /// Nodes whose children are shown, by name: they stay open when they are added anew.
    open: Names,
    search: Search,
    /// While there is a search: the nodes that are open although nothing below them is found, or
    /// closed although something is.
    flipped: Names,
    /// The line that keys are for.
    active: Option<Arc<str>>,
}

type Names = OrderedMap<Arc<str>, ()>;

impl Rows {
    /// The lines, as of the last [`refresh`](Self::refresh).
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// What is looked for.
    pub fn search(&self) -> &Search {
        &self.search
    }

    /// The name of the node that keys are for.
    pub fn active(&self) -> Option<&Arc<str>> {
        self.active.as_ref()
    }

    /// Takes note of what changed in the scene.
    pub fn note(&mut self, changes: &Changes) {
        self.is_current &= changes.added.is_empty() && changes.removed.is_empty();
    }

    /// All of the scene is another.
    pub fn expire(&mut self) {
        self.is_current = false;
    }

    /// Catches up with the scene. Returns whether anything was to be done.
    pub fn refresh(&mut self, scene: &SceneTree) -> bool {
        if self.is_current {
            return false;
        }
        self.is_current = true;
        let found = self.found(scene);
        let mut rows = std::mem::take(&mut self.rows);
        rows.clear();
        self.list(scene, &found, NodeId::ROOT, 0, false, &mut rows);
        self.rows = rows;
        true
    }

    /// Looks for nodes by name.
    pub fn set_search(&mut self, text: &str) {
        let search = Search::new(text);
        if search != self.search {
            self.search = search;
            self.flipped = Names::default();
            self.expire();
        }
    }

    /// Shows what is below a node, or hides it.
    pub fn toggle(&mut self, name: &Arc<str>) {
        let names = match self.search.is_empty() {
            true => &mut self.open,
            false => &mut self.flipped,
        };
        if names.remove(name).is_none() {
            names.insert(name.clone(), ());
        }
        self.expire();
    }

    /// Lets keys be for a node.
    pub fn set_active(&mut self, name: Option<Arc<str>>) {
        self.active = name;
    }

    /// The line that keys are for, or that they would be for: the first one, if it is gone.
    pub fn active_line(&self, scene: &SceneTree) -> usize {
        let line = self.active.as_ref().and_then(|name| self.line(name, scene));
        line.unwrap_or(0)
    }

    /// Goes a step from the line that keys are for. The table must be current.
    pub fn step(&mut self, step: Step, scene: &SceneTree) {
        let line = self.active_line(scene);
        let Some(row) = self.rows.get(line).copied() else {
            return;
        };
        let last = self.rows.len() - 1;
        let to = match step {
            Step::By(lines) => line.saturating_add_signed(lines).min(last),
            Step::First => 0,
            Step::Last => last,
            Step::In | Step::Out => {
                let opens = step == Step::In;
                if row.is_open == Some(!opens) {
                    self.toggle(scene.name(row.id));
                    line
                } else if opens {
                    // What is below it is in the next line.
                    line + usize::from(row.is_open.is_some())
                } else {
                    let above = self.rows[..line].iter();
                    let parent = above.clone().rposition(|above| above.depth < row.depth);
                    parent.unwrap_or(line)
                }
            }
        };
        self.active = self.rows.get(to).map(|row| scene.name(row.id).clone());
    }

    /// The line of a node, if it has one.
    pub fn line(&self, name: &str, scene: &SceneTree) -> Option<usize> {
        let id = scene.find(name)?;
        self.rows.iter().position(|row| row.id == id)
    }

    /// What a line shows, and the name of its node. The table must be current.
    pub fn look(&self, line: usize, scene: &SceneTree) -> Option<(Arc<str>, Look)> {
        let row = *self.rows.get(line)?;
        let look = Look {
            row,
            line,
            kind: scene.node(row.id).map_or("", |node| node.tag()),
            is_shown: scene.is_shown(row.id),
            is_visible: scene.is_visible(row.id),
            is_overridden: scene.visible_override(row.id).is_some(),
            is_local: !scene.owner(row.id).is_empty(),
            is_virtual: scene.is_virtual(row.id),
        };
        Some((scene.name(row.id).clone(), look))
    }

    /// The lines that are in the page when `height` pixels of the table, from `top` on, are in
    /// sight and each line is `line_height` pixels high.
    pub fn in_page(&self, top: f64, height: f64, line_height: f64) -> Range<usize> {
        let line = |pixels: f64| (pixels / line_height.max(1.0)).max(0.0) as usize;
        let start = line(top).saturating_sub(MARGIN).min(self.rows.len());
        let end = line(top + height).saturating_add(1 + MARGIN);
        start..end.min(self.rows.len())
    }

    /// How each node is found, by its number; empty where nothing is looked for.
    fn found(&self, scene: &SceneTree) -> Vec<u8> {
        let mut found = Vec::new();
        if self.search.is_empty() {
            return found;
        }
        let ids: Vec<NodeId> = scene.ids().collect();
        for id in &ids {
            let at = id.index() as usize;
            found.resize(found.len().max(at + 1), 0);
            found[at] = u8::from(self.search.finds(scene.name(*id))) * FOUND;
        }
        // Parents come first, so from the end on, children do.
        for id in ids.iter().rev() {
            if found[id.index() as usize] != 0
                && let Some(parent) = scene.parent(*id)
            {
                found[parent.index() as usize] |= FOUND_BELOW;
            }
        }
        found
    }

    /// Lists what is below a node; all of it, if that `is_within` what was looked for.
    fn list(
        &self,
        scene: &SceneTree,
        found: &[u8],
        parent: NodeId,
        depth: u32,
        is_within: bool,
        rows: &mut Vec<Row>,
    ) {
        for id in scene.children(parent) {
            let how = found.get(id.index() as usize).copied().unwrap_or(0);
            if !(self.search.is_empty() || is_within || how != 0) {
                continue;
            }
            let is_open = scene.children(id).next().is_some().then(|| {
                let name = scene.name(id);
                match self.search.is_empty() {
                    true => self.open.get(name).is_some(),
                    false => (how & FOUND_BELOW != 0) != self.flipped.get(name).is_some(),
                }
            });
            rows.push(Row { id, depth, is_open });
            if is_open == Some(true) {
                let is_within = is_within || how == FOUND;
                self.list(scene, found, id, depth + 1, is_within, rows);
            }
        }
    }
}

#[cfg(test)]
mod tests;
