//! What can be wrong with a file.

use std::{fmt, io, path::PathBuf};

/// Why a file was not loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The file, or one that it refers to, cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file's extension is none that is known.
    #[error("{}: cannot tell its format; .ply, .obj, .stl, .gltf, .glb, .dae and .splat can be read", path.display())]
    UnknownFormat {
        /// The file.
        path: PathBuf,
    },
    /// The content breaks the rules of its format.
    #[error("{}{}: {problem}", path.display(), after_comma(place.as_ref()))]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Where in it, unless the problem says so in the format's own terms.
        place: Option<Place>,
        /// What was found and what was expected.
        problem: String,
    },
    /// The content is valid but needs something that this reader lacks.
    #[error("{}: {feature} is not supported; {remedy}", path.display())]
    Unsupported {
        /// The file.
        path: PathBuf,
        /// What it needs.
        feature: String,
        /// What to do about it.
        remedy: &'static str,
    },
    /// There is nothing to show.
    #[error("{}: has neither points nor triangles nor splats", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
}

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A line of text, counted from 1.
    Line(u64),
    /// Bytes before the place.
    Byte(u64),
}

fn after_comma(place: Option<&Place>) -> String {
    place.map_or_else(String::new, |place| format!(", {place}"))
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Line(line) => write!(f, "line {line}"),
            Place::Byte(byte) => write!(f, "byte {byte}"),
        }
    }
}
