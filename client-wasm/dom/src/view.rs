//! Views: elements of the page that follow signals.

mod binding;
mod dynamic;
pub mod element;
pub mod event;
mod keyed;
mod mount;
mod node_ref;
mod value;

pub use binding::{Binding, Place};
pub use dynamic::{IntoView, show};
pub use keyed::keyed;
pub use mount::{Mounted, mount_to, portal};
pub use node_ref::NodeRef;
pub use value::{ToText, ToValue, Value};

use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

use crate::page::document;

/// Something to be put into the page once: an element, a text, or several of them in a fragment.
#[derive(Debug)]
pub struct View(Node);

impl View {
    /// Nothing.
    #[must_use]
    pub fn empty() -> Self {
        Self(document().create_document_fragment().into())
    }

    fn fragment() -> Node {
        document().create_document_fragment().into()
    }

    fn text(text: &str) -> web_sys::Text {
        document().create_text_node(text)
    }

    fn node(&self) -> &Node {
        &self.0
    }
}

impl From<Element> for View {
    fn from(element: Element) -> Self {
        Self(element.unchecked_into())
    }
}

/// Puts a node at the end of another.
fn append(parent: &Node, child: &Node) {
    // What is made here can be put into anything that is made here.
    let _ = parent.append_child(child);
}

/// Puts a node before another, into whatever that is in.
fn insert_before(next: &Node, node: &Node) {
    if let Some(parent) = next.parent_node() {
        // `next` is in its parent.
        let _ = parent.insert_before(node, Some(next));
    }
}

/// Takes everything between two nodes out of the page.
fn remove_between(start: &Node, end: &Node) {
    while let Some(node) = end.previous_sibling().filter(|node| node != start) {
        remove(&node);
    }
}

fn remove(node: &Node) {
    if let Some(parent) = node.parent_node() {
        // It is in its parent.
        let _ = parent.remove_child(node);
    }
}

/// A node that shows nothing and marks a place.
fn marker() -> Node {
    document().create_comment("").into()
}
