//! The XML of a file as a list of elements, each before those inside it.

use crate::loaders::{LoadError, Place, input::Input};
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use std::{borrow::Cow, str::FromStr};

/// The deepest nesting of elements; a node tree is nested as its elements are.
pub(super) const MAX_DEPTH: usize = 128;

/// Elements that others refer to by `id`.
const TARGETS: [&str; 10] = [
    "source",
    "float_array",
    "vertices",
    "geometry",
    "controller",
    "node",
    "visual_scene",
    "effect",
    "material",
    "image",
];

/// A file's elements. Entities and document types are never followed.
pub(super) struct Document<'a> {
    contents: Vec<Content<'a>>,
    /// Sorted. Exporters give the sources of all meshes the same ids.
    ids: Vec<Id>,
}

/// Which of [`TARGETS`] an element is, its `id`, its number.
type Id = (usize, String, u32);

struct Content<'a> {
    tag: BytesStart<'a>,
    /// The first text inside that is not blank.
    text: Cow<'a, [u8]>,
    /// Whether more text follows, behind a comment, an entity or another element.
    in_pieces: bool,
    /// Bytes before the element.
    at: u64,
    /// The number of the first element behind this one and all inside it.
    end: u32,
}

/// What is wrong with a file, and where.
pub(super) struct Problem {
    at: u64,
    text: String,
    /// What to do about something that is valid.
    remedy: Option<&'static str>,
}

impl Problem {
    pub(super) fn into_error(self, input: &Input, text: &str) -> LoadError {
        let before = text.as_bytes().get(..self.at as usize).unwrap_or_default();
        let line = 1 + memchr::memchr_iter(b'\n', before).count() as u64;
        match self.remedy {
            None => LoadError::Malformed {
                path: input.path().to_owned(),
                place: Some(Place::Line(line)),
                problem: self.text,
            },
            Some(remedy) => LoadError::Unsupported {
                path: input.path().to_owned(),
                feature: format!("{} in line {line}", self.text),
                remedy,
            },
        }
    }
}

impl<'a> Document<'a> {
    pub(super) fn parse(text: &'a str) -> Result<Self, Problem> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        let mut document = Document {
            contents: Vec::new(),
            ids: Vec::new(),
        };
        let mut open: Vec<u32> = Vec::new();
        loop {
            let at = reader.buffer_position();
            let bad = |text: String| Problem {
                at,
                text,
                remedy: None,
            };
            let event = reader.read_event();
            match event.map_err(|error| bad(format!("no XML: {error}")))? {
                Event::Start(_) if open.len() == MAX_DEPTH => {
                    let problem = format!("elements are nested deeper than {MAX_DEPTH}");
                    return Err(bad(problem));
                }
                Event::Start(tag) => open.push(document.push(tag, at).map_err(bad)?),
                Event::End(_) => {
                    let end = document.contents.len() as u32;
                    if let Some(closed) = open.pop() {
                        document.contents[closed as usize].end = end;
                    }
                }
                Event::Text(text) => document.add_text(&open, text.into_inner()),
                Event::CData(text) => document.add_text(&open, text.into_inner()),
                Event::GeneralRef(entity) => document.add_text(&open, entity.into_inner()),
                Event::Eof if open.is_empty() => break,
                Event::Eof => return Err(bad("the file ends inside an element".to_owned())),
                _ => {}
            }
        }
        document.ids.sort_unstable();
        Ok(document)
    }

    fn push(&mut self, tag: BytesStart<'a>, at: u64) -> Result<u32, String> {
        let number = u32::try_from(self.contents.len()).map_err(|_| "too many elements")?;
        let kind = kind_of(tag.local_name().into_inner());
        // Checks for duplicates would compare each attribute with all before it.
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| format!("no XML: {error}"))?;
            let value = attribute.unescape_value();
            let value = value.map_err(|error| format!("no XML: {error}"))?;
            if let (Some(kind), b"id") = (kind, attribute.key.as_ref()) {
                self.ids.push((kind, value.into_owned(), number));
            }
        }
        self.contents.push(Content {
            tag,
            text: Cow::Borrowed(b""),
            in_pieces: false,
            at,
            end: number + 1,
        });
        Ok(number)
    }

    fn add_text(&mut self, open: &[u32], text: Cow<'a, [u8]>) {
        let Some(&innermost) = open.last() else {
            return;
        };
        let content = &mut self.contents[innermost as usize];
        if !text.trim_ascii().is_empty() {
            content.in_pieces = !content.text.is_empty();
            content.text = text;
        }
    }

    /// The outermost element.
    pub(super) fn root(&self) -> Option<Element<'_>> {
        self.all().next()
    }

    /// Every element, in the file's order.
    pub(super) fn all(&self) -> impl Iterator<Item = Element<'_>> {
        (0..self.contents.len() as u32).map(|number| self.element(number))
    }

    /// The element of a kind with an id: the last before the one that refers to it, which is in the
    /// same mesh if there are several, else the first behind.
    pub(super) fn find(&self, kind: &str, id: &str, from: u32) -> Option<Element<'_>> {
        let kind = kind_of(kind.as_bytes())?;
        let behind = self
            .ids
            .partition_point(|(k, i, number)| (*k, i.as_str(), *number) < (kind, id, from));
        let candidates = [behind.checked_sub(1), Some(behind)].into_iter().flatten();
        let mut candidates = candidates.filter_map(|index| self.ids.get(index));
        let found = candidates.find(|(k, i, _)| (*k, i.as_str()) == (kind, id));
        found.map(|(.., number)| self.element(*number))
    }

    fn element(&self, number: u32) -> Element<'_> {
        Element {
            document: self,
            content: &self.contents[number as usize],
            number,
        }
    }
}

/// An element of a document.
#[derive(Clone, Copy)]
pub(super) struct Element<'d> {
    document: &'d Document<'d>,
    content: &'d Content<'d>,
    /// Which one it is, counted through the file.
    pub(super) number: u32,
}

impl<'d> Element<'d> {
    pub(super) fn name(&self) -> &'d str {
        str::from_utf8(self.content.tag.local_name().into_inner()).unwrap_or_default()
    }

    /// The elements right inside.
    pub(super) fn children(self) -> impl Iterator<Item = Element<'d>> {
        let mut next = self.number + 1;
        std::iter::from_fn(move || {
            let child = (next < self.content.end).then(|| self.document.element(next))?;
            next = child.content.end;
            Some(child)
        })
    }

    /// The elements of this name right inside.
    pub(super) fn each(self, name: &str) -> impl Iterator<Item = Element<'d>> {
        self.children().filter(move |child| child.name() == name)
    }

    /// The first of them.
    pub(super) fn child(self, name: &str) -> Option<Element<'d>> {
        self.each(name).next()
    }

    /// The element that a path of names leads to.
    pub(super) fn descend(self, path: &[&str]) -> Option<Element<'d>> {
        path.iter().try_fold(self, |at, name| at.child(name))
    }

    pub(super) fn attribute(self, name: &str) -> Option<Cow<'d, str>> {
        let mut attributes = self.content.tag.attributes();
        let attribute = attributes
            .with_checks(false)
            .filter_map(Result::ok)
            .find(|attribute| attribute.key.as_ref() == name.as_bytes())?;
        attribute.unescape_value().ok()
    }

    /// An attribute that is a number, or its default.
    pub(super) fn number<T: FromStr>(self, name: &str, default: T) -> Result<T, Problem> {
        let Some(value) = self.attribute(name) else {
            return Ok(default);
        };
        value.trim_ascii().parse().map_err(|_| {
            let (value, element) = (shown(&value), self.name());
            self.bad(format!("`{name}` of `{element}` is `{value}`, no number"))
        })
    }

    /// The element of a kind that an attribute refers to as `#id`.
    pub(super) fn target(self, attribute: &str, kind: &str) -> Result<Element<'d>, Problem> {
        let name = self.name();
        let value = self
            .attribute(attribute)
            .ok_or_else(|| self.bad(format!("`{name}` has no attribute `{attribute}`")))?;
        let Some(id) = value.strip_prefix('#') else {
            return Err(Problem {
                remedy: Some("join the files; only `#id`, in the same one, is followed"),
                ..self.bad(format!("`{name}` of `{}`", shown(&value)))
            });
        };
        self.document.find(kind, id, self.number).ok_or_else(|| {
            let id = shown(id);
            self.bad(format!("`{name}` refers to `#{id}`, which is no `{kind}`"))
        })
    }

    /// The numbers that are its text.
    pub(super) fn numbers<T: FromStr>(
        self,
    ) -> Result<impl Iterator<Item = Result<T, Problem>> + use<'d, T>, Problem> {
        if self.content.in_pieces {
            let name = self.name();
            return Err(self.bad(format!(
                "the numbers of `{name}` are in pieces; take out comments and entities"
            )));
        }
        let words = self.content.text.split(u8::is_ascii_whitespace);
        let words = words.filter(|word| !word.is_empty());
        Ok(words.map(move |word| {
            let word = str::from_utf8(word).unwrap_or_default();
            word.parse().map_err(|_| {
                let (word, name) = (shown(word), self.name());
                self.bad(format!(
                    "`{word}` in `{name}` is not a number that it takes"
                ))
            })
        }))
    }

    /// Its text, if that is a word.
    pub(super) fn word(self) -> &'d str {
        str::from_utf8(self.content.text.trim_ascii()).unwrap_or_default()
    }

    /// As many numbers as its text must have.
    pub(super) fn array<const N: usize>(self) -> Result<[f64; N], Problem> {
        let mut array = [0.0; N];
        let mut count = 0;
        for number in self.numbers()? {
            let number = number?;
            if let Some(slot) = array.get_mut(count) {
                *slot = number;
            }
            count += 1;
        }
        if count != N {
            let name = self.name();
            return Err(self.bad(format!("`{name}` has {count} numbers, it needs {N}")));
        }
        Ok(array)
    }

    /// Something is wrong here.
    pub(super) fn bad(self, problem: impl Into<String>) -> Problem {
        Problem {
            at: self.content.at,
            text: problem.into(),
            remedy: None,
        }
    }

    /// Something valid here cannot be read.
    pub(super) fn unsupported(self, remedy: &'static str) -> Problem {
        Problem {
            remedy: Some(remedy),
            ..self.bad(format!("`{}`", self.name()))
        }
    }
}

fn kind_of(name: &[u8]) -> Option<usize> {
    TARGETS.iter().position(|target| target.as_bytes() == name)
}

fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}
