//! The text of a URDF file, cleaned and read.
//!
//! `urdf-rs` is made for files that people wrote: it clones namespaces for each element, follows
//! any nesting, and gives up the program on unbound prefixes. So it gets to see only the elements
//! and attributes that count here, written anew.

use crate::loaders::LoadError;
use quick_xml::{
    Reader,
    escape::escape,
    events::{BytesStart, Event},
};
use std::{
    fmt::Write,
    path::{Path, PathBuf},
};
use urdf_rs::Robot;

/// The largest file that is read; robots with hundreds of joints take a tenth of it.
pub const MAX_FILE_BYTES: u64 = 4 << 20;

/// The most memory that reading a file takes: of each element `urdf-rs` makes a node with tables
/// for attributes and namespaces, 2 KiB for the shortest.
pub const MAX_READING_BYTES: u64 = 192 << 20;

/// The most elements, not counting those that are left out.
const MAX_ELEMENTS: usize = 30_000;

/// The deepest nesting of elements: a colour in the material of a shape of a link is at 5.
const MAX_DEPTH: usize = 8;

/// Elements that say what is shown and how it moves; others are left out with all that is in them.
const ELEMENTS: [&str; 20] = [
    "robot",
    "link",
    "joint",
    "visual",
    "collision",
    "origin",
    "geometry",
    "box",
    "cylinder",
    "capsule",
    "sphere",
    "mesh",
    "material",
    "color",
    "texture",
    "parent",
    "child",
    "axis",
    "limit",
    "mimic",
];

/// Their attributes.
const ATTRIBUTES: [&str; 18] = [
    "name",
    "version",
    "type",
    "xyz",
    "rpy",
    "quat_xyzw",
    "size",
    "radius",
    "length",
    "filename",
    "scale",
    "rgba",
    "link",
    "joint",
    "multiplier",
    "offset",
    "lower",
    "upper",
];

/// Reads a file.
pub(super) fn read_file(path: &Path) -> Result<Robot, LoadError> {
    let io = |source| LoadError::Io {
        path: path.to_owned(),
        source,
    };
    let metadata = std::fs::metadata(path).map_err(io)?;
    if !metadata.is_file() {
        return Err(io(std::io::Error::other("not a regular file")));
    }
    if metadata.len() > MAX_FILE_BYTES {
        return Err(malformed(path, too_large(metadata.len())));
    }
    read_text(&std::fs::read_to_string(path).map_err(io)?, path)
}

/// Reads the text of a file; errors call it `name`.
pub(super) fn read_text(text: &str, name: &Path) -> Result<Robot, LoadError> {
    let read = || {
        if text.len() as u64 > MAX_FILE_BYTES {
            return Err(too_large(text.len() as u64));
        }
        urdf_rs::read_from_string(&clean(text)?).map_err(|error| error.to_string())
    };
    read().map_err(|problem| malformed(name, problem))
}

fn too_large(bytes: u64) -> String {
    format!("a URDF file of {bytes} bytes, more than the {MAX_FILE_BYTES} that are read")
}

pub(super) fn malformed(path: &Path, problem: String) -> LoadError {
    LoadError::Malformed {
        path: PathBuf::from(path),
        place: None,
        problem,
    }
}

/// The same robot in XML without text, namespaces, entities and what is of no use here. What
/// `urdf-rs` cannot tell from zero is filled in.
fn clean(text: &str) -> Result<String, String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut cleaned = String::with_capacity(text.len());
    let mut open: Vec<Open> = Vec::new();
    let mut elements = 0_usize;
    // Elements that are open within one that is left out, itself included.
    let mut left_out = 0_usize;
    loop {
        let position = reader.buffer_position();
        let at = |problem: String| format!("byte {position}: {problem}");
        match reader.read_event().map_err(|e| at(e.to_string()))? {
            Event::Start(tag) => match element(&tag).filter(|_| left_out == 0) {
                Some(_) if elements == MAX_ELEMENTS => {
                    return Err(at(format!("more than {MAX_ELEMENTS} elements")));
                }
                Some(name) if open.len() < MAX_DEPTH => {
                    elements += 1;
                    if let Some(parent) = open.last_mut() {
                        parent.has_limit |= name == "limit";
                    }
                    start(&mut cleaned, name, &tag).map_err(at)?;
                    open.push(Open {
                        name,
                        has_limit: false,
                    });
                }
                Some(name) => return Err(at(format!("`{name}` is nested too deeply"))),
                None => left_out += 1,
            },
            Event::End(_) if left_out > 0 => left_out -= 1,
            Event::End(_) => {
                if let Some(closed) = open.pop() {
                    closed.end(&mut cleaned);
                }
            }
            Event::Eof if open.is_empty() && left_out == 0 => break,
            Event::Eof => return Err(at("the file ends inside an element".to_owned())),
            _ => {}
        }
    }
    if !cleaned.starts_with("<robot") {
        return Err("the file holds no element `robot`".to_owned());
    }
    Ok(cleaned)
}

/// An element that is not closed yet.
struct Open {
    name: &'static str,
    has_limit: bool,
}

impl Open {
    fn end(&self, cleaned: &mut String) {
        if self.name == "joint" && !self.has_limit {
            cleaned.push_str("<limit lower='-inf' upper='inf' velocity='0'></limit>");
        }
        // Writing to a string does not fail, here and below.
        let _ = write!(cleaned, "</{}>", self.name);
    }
}

/// The element's name, if it counts.
fn element(tag: &BytesStart) -> Option<&'static str> {
    let name = tag.name();
    let known = |known: &&&str| known.as_bytes() == name.as_ref();
    ELEMENTS.iter().find(known).copied()
}

fn start(cleaned: &mut String, name: &'static str, tag: &BytesStart) -> Result<(), String> {
    let _ = write!(cleaned, "<{name}");
    let mut seen: Vec<&str> = Vec::new();
    // Checks for duplicates would compare each attribute with all before it.
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let known = |known: &&&str| known.as_bytes() == attribute.key.as_ref();
        let Some(known) = ATTRIBUTES.iter().find(known).copied() else {
            continue;
        };
        if seen.contains(&known) {
            return Err(format!("`{name}` has two attributes `{known}`"));
        }
        seen.push(known);
        let value = attribute.unescape_value().map_err(|e| e.to_string())?;
        let _ = write!(cleaned, " {known}='{}'", escape(value));
    }
    // What the library wants, or takes for zero if it is not there.
    let defaults: &[(&str, &str)] = match name {
        "limit" => &[("lower", "-inf"), ("upper", "inf"), ("velocity", "0")],
        "material" => &[("name", "")],
        _ => &[],
    };
    for (attribute, value) in defaults {
        if !seen.contains(attribute) {
            let _ = write!(cleaned, " {attribute}='{value}'");
        }
    }
    cleaned.push('>');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_count_is_left_out() {
        let text = r#"<?xml version="1.0"?><!DOCTYPE robot><!-- a --><robot name="a&amp;b"
            xmlns:x="y" x:z="1"><gazebo><link name="no"/></gazebo><x:link name="no"/>text
            <joint name="j" type='fixed' odd="1"><inertial/></joint></robot>"#;
        assert_eq!(
            clean(text).unwrap(),
            "<robot name='a&amp;b'><joint name='j' type='fixed'>\
             <limit lower='-inf' upper='inf' velocity='0'></limit></joint></robot>"
        );
        let limit = "<robot><joint><limit upper='1' effort='3'/></joint></robot>";
        assert_eq!(
            clean(limit).unwrap(),
            "<robot><joint><limit upper='1' lower='-inf' velocity='0'></limit></joint></robot>"
        );
    }

    #[test]
    fn bad_text_is_refused() {
        let deep = "<robot>".repeat(100_000);
        for (text, problem) in [
            ("", "no element `robot`"),
            ("<link/>", "no element `robot`"),
            ("<robot>", "ends inside"),
            ("<robot></link>", "byte 7"),
            ("<robot name='a' name='b'/>", "two attributes `name`"),
            ("<robot name='&lost;'/>", "lost"),
            (&deep, "nested too deeply"),
        ] {
            let error = clean(text).unwrap_err();
            assert!(error.contains(problem), "{error}\n{problem}");
        }
        let large = " ".repeat(MAX_FILE_BYTES as usize + 1);
        assert!(read_text(&large, Path::new("r")).is_err());
    }
}
