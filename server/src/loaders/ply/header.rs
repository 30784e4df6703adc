//! The header: which tables follow and how their numbers are written.

use crate::loaders::{LoadError, input::Input};

/// The most lines of a header; the largest in use, of Gaussian splats, have under a hundred.
const MAX_LINES: usize = 10_000;

#[derive(Debug)]
pub(super) struct Header {
    pub(super) encoding: Encoding,
    pub(super) elements: Vec<Element>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Ascii,
    LittleEndian,
    BigEndian,
}

/// A table.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: String,
    /// Its rows, as the header says.
    pub(super) count: u64,
    pub(super) properties: Vec<Property>,
}

/// A column.
#[derive(Debug)]
pub(super) struct Property {
    pub(super) name: String,
    /// The type of the length, where each row has a list.
    pub(super) length: Option<Scalar>,
    pub(super) scalar: Scalar,
}

/// The type of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scalar {
    I8,
    U8,
    I16,
    U16,
    I32,
    U32,
    F32,
    F64,
}

impl Scalar {
    fn parse(name: &str) -> Option<Scalar> {
        Some(match name {
            "char" | "int8" => Scalar::I8,
            "uchar" | "uint8" => Scalar::U8,
            "short" | "int16" => Scalar::I16,
            "ushort" | "uint16" => Scalar::U16,
            "int" | "int32" => Scalar::I32,
            "uint" | "uint32" => Scalar::U32,
            "float" | "float32" => Scalar::F32,
            "double" | "float64" => Scalar::F64,
            _ => return None,
        })
    }

    pub(super) fn bytes(self) -> usize {
        match self {
            Scalar::I8 | Scalar::U8 => 1,
            Scalar::I16 | Scalar::U16 => 2,
            Scalar::I32 | Scalar::U32 | Scalar::F32 => 4,
            Scalar::F64 => 8,
        }
    }
}

impl Element {
    /// The columns of numbers with these names, if all are there.
    pub(super) fn columns<const N: usize>(&self, names: [&str; N]) -> Option<[usize; N]> {
        let mut columns = [0; N];
        for (column, name) in columns.iter_mut().zip(names) {
            let matches = |p: &Property| p.name == name && p.length.is_none();
            *column = self.properties.iter().position(matches)?;
        }
        Some(columns)
    }

    /// The column of a list.
    pub(super) fn list(&self, name: &str) -> Option<usize> {
        let matches = |p: &Property| p.name == name && p.length.is_some();
        self.properties.iter().position(matches)
    }
}

/// Reads up to and including `end_header`.
pub(super) fn read(input: &mut Input) -> Result<Header, LoadError> {
    if input.line()?.map(<[u8]>::trim_ascii) != Some(b"ply") {
        return Err(input.bad_line("a PLY file starts with a line `ply`"));
    }
    let mut encoding = None;
    let mut elements: Vec<Element> = Vec::new();
    for _ in 0..MAX_LINES {
        let Some(line) = input.line()? else {
            return Err(input.bad_line("the header has no end, a line `end_header`"));
        };
        let line = String::from_utf8_lossy(line).into_owned();
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        let understood = match words[..] {
            [] | ["comment" | "obj_info", ..] => Some(()),
            ["format", name, _version] => parse_encoding(name).map(|e| encoding = Some(e)),
            ["element", name, count] => count.parse().ok().map(|count| {
                elements.push(Element {
                    name: name.to_owned(),
                    count,
                    properties: Vec::new(),
                });
            }),
            ["property", ref rest @ ..] => elements
                .last_mut()
                .zip(parse_property(rest))
                .map(|(element, property)| element.properties.push(property)),
            ["end_header"] => {
                let encoding = encoding
                    .ok_or_else(|| input.bad_line("the header has no line `format ascii 1.0`"))?;
                return Ok(Header { encoding, elements });
            }
            _ => None,
        };
        if understood.is_none() {
            let shown: String = line.chars().take(80).collect();
            return Err(input.bad_line(format!("`{shown}` is no line of a PLY header")));
        }
    }
    Err(input.bad_line(format!("the header has more than {MAX_LINES} lines")))
}

fn parse_encoding(name: &str) -> Option<Encoding> {
    match name {
        "ascii" => Some(Encoding::Ascii),
        "binary_little_endian" => Some(Encoding::LittleEndian),
        "binary_big_endian" => Some(Encoding::BigEndian),
        _ => None,
    }
}

fn parse_property(words: &[&str]) -> Option<Property> {
    let (length, scalar, name) = match words {
        ["list", length, scalar, name] => (Some(Scalar::parse(length)?), scalar, name),
        [scalar, name] => (None, scalar, name),
        _ => return None,
    };
    Some(Property {
        name: (*name).to_owned(),
        length,
        scalar: Scalar::parse(scalar)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Header, String> {
        read(&mut Input::from_bytes("t", text.as_bytes(), &mut |_| {})).map_err(|e| e.to_string())
    }

    #[test]
    fn reads_declarations_among_comments() {
        let header = parse(
            "ply\r\ncomment any words\nformat binary_big_endian 1.0\nobj_info x\n\n\
             element vertex 3\nproperty float32 x\nproperty list uchar int l\nend_header\n",
        )
        .unwrap();
        assert_eq!(header.encoding, Encoding::BigEndian);
        assert_eq!(header.elements[0].count, 3);
        assert_eq!(header.elements[0].properties[0].scalar, Scalar::F32);
        assert_eq!(header.elements[0].list("l"), Some(1));
        assert_eq!(header.elements[0].list("x"), None);
    }

    #[test]
    fn names_the_line_that_is_wrong() {
        for (text, error) in [
            ("", "line 0: a PLY file starts"),
            ("plyx\n", "line 1: a PLY file starts"),
            ("ply\n", "line 1: the header has no end"),
            (
                "ply\nend_header\n",
                "line 2: the header has no line `format",
            ),
            (
                "ply\nformat utf8 1.0\n",
                "line 2: `format utf8 1.0` is no line",
            ),
            ("ply\nproperty float x\n", "line 2: `property float x`"),
            ("ply\nelement vertex -1\n", "line 2: `element vertex -1`"),
            (
                "ply\nelement v 1\nproperty quad x\n",
                "line 3: `property quad x`",
            ),
        ] {
            let got = parse(text).unwrap_err();
            assert!(got.contains(error), "{got}");
        }
    }
}
