//! Foreign HTML in the page: read into a document that is not shown, where nothing runs or loads,
//! and built anew from what [`sanitise`](crate::sanitise) allows.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Node};

use crate::sanitise::{self, Fate, Language, MAX_DEPTH, MAX_NODES};

const HTML: &str = "http://www.w3.org/1999/xhtml";
const SVG: &str = "http://www.w3.org/2000/svg";

/// Shows what is harmless of a source as all that is in an element.
pub(crate) fn show(place: &Element, source: &str) {
    place.set_text_content(None);
    // What the browser does not let us build is not shown.
    let _ = build(place, source);
}

fn build(place: &Element, source: &str) -> Result<(), JsValue> {
    let document = place.owner_document().ok_or(JsValue::UNDEFINED)?;
    let inert = document.implementation()?.create_html_document()?;
    // Not put into that document either: a `<base>` there would be looked at.
    let foreign = inert.create_element("div")?;
    foreign.set_inner_html(source);
    let fragment = document.create_document_fragment();
    let mut builder = Builder { document, nodes: 0 };
    builder.children(&foreign, &fragment, 0)?;
    place.append_child(&fragment)?;
    Ok(())
}

struct Builder {
    document: Document,
    nodes: usize,
}

impl Builder {
    /// Copies what is in a node. Returns whether anything in it refers to a drawing elsewhere.
    fn children(&mut self, from: &Node, to: &Node, depth: usize) -> Result<bool, JsValue> {
        let mut refers = false;
        let mut next = from.first_child().filter(|_| depth < MAX_DEPTH);
        while let Some(node) = next {
            self.nodes += 1;
            if self.nodes > MAX_NODES {
                break;
            }
            match node.node_type() {
                Node::TEXT_NODE => {
                    let text = node.node_value().unwrap_or_default();
                    to.append_child(&self.document.create_text_node(&text))?;
                }
                Node::ELEMENT_NODE => {
                    refers |= self.element(node.unchecked_ref(), to, depth + 1)?;
                }
                _ => {}
            }
            next = node.next_sibling();
        }
        Ok(refers)
    }

    fn element(&mut self, from: &Element, to: &Node, depth: usize) -> Result<bool, JsValue> {
        let language = match from.namespace_uri().as_deref() {
            Some(HTML) => Language::Html,
            Some(SVG) => Language::Svg,
            _ => return Ok(false),
        };
        let name = from.local_name();
        let is_drawing = language == Language::Html && name == "svg";
        match sanitise::element(language, &name) {
            Fate::Dropped => return Ok(false),
            Fate::Opened => return self.children(from, to, depth),
            Fate::Kept if is_drawing => return Ok(false),
            Fate::Kept => {}
        }
        let namespace = if language == Language::Svg { SVG } else { HTML };
        let element = self.document.create_element_ns(Some(namespace), &name)?;
        copy_attributes(from, &element, language, &name)?;
        let is_shown = match &*name {
            "a" if language == Language::Html => leads_elsewhere(&element).map(|()| true)?,
            "img" => is_polite(&element).map(|()| true)?,
            "input" => {
                element.set_attribute("disabled", "")?;
                element.get_attribute("type").as_deref() == Some("checkbox")
            }
            _ => true,
        };
        if !is_shown {
            return Ok(false);
        }
        let refers = self.children(from, &element, depth)?;
        if refers {
            // A few drawings that refer to each other would become more than there is room for.
            element.remove_attribute("id")?;
        }
        to.append_child(&element)?;
        Ok(refers || name == "use")
    }
}

fn copy_attributes(
    from: &Element,
    to: &Element,
    language: Language,
    name: &str,
) -> Result<(), JsValue> {
    let attributes = from.attributes();
    for attribute in (0..attributes.length()).filter_map(|at| attributes.item(at)) {
        let key = attribute.name();
        if let Some(value) = sanitise::attribute(language, name, &key, &attribute.value()) {
            to.set_attribute(key.strip_prefix("xlink:").unwrap_or(&key), &value)?;
        }
    }
    Ok(())
}

/// A link opens a page of its own, which learns nothing of this one.
fn leads_elsewhere(link: &Element) -> Result<(), JsValue> {
    if link
        .get_attribute("href")
        .is_some_and(|href| !href.starts_with('#'))
    {
        link.set_attribute("target", "_blank")?;
        link.set_attribute("rel", "noopener noreferrer")?;
    }
    Ok(())
}

/// A picture from elsewhere is asked for when it is to be seen, and not told where.
fn is_polite(picture: &Element) -> Result<(), JsValue> {
    picture.set_attribute("loading", "lazy")?;
    picture.set_attribute("referrerpolicy", "no-referrer")?;
    Ok(())
}
