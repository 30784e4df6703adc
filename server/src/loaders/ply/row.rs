//! Rows of a table, whatever their encoding.

use super::header::{Element, Encoding, Header, Property, Scalar};
use crate::loaders::{LoadError, input::Input};

/// Reads the rows of one element.
pub(super) struct RowReader<'a> {
    element: &'a Element,
    encoding: Encoding,
    /// Where each column's bytes start and where the row ends, where no list makes that vary.
    fixed: Option<Vec<usize>>,
    left: u64,
    values: Values,
}

/// One row: for each column a number or a list.
pub(super) enum Row<'a> {
    /// Numbers of fixed size, decoded when asked for: files often have columns nobody wants.
    Bytes {
        bytes: &'a [u8],
        starts: &'a [usize],
        properties: &'a [Property],
        encoding: Encoding,
    },
    Values(&'a Values),
}

#[derive(Default)]
pub(super) struct Values {
    values: Vec<f64>,
    /// For each column, where its values end.
    ends: Vec<usize>,
}

impl Row<'_> {
    /// The number in a column that is not a list.
    pub(super) fn scalar(&self, column: usize) -> f64 {
        match self {
            Row::Bytes {
                bytes,
                starts,
                properties,
                encoding,
            } => {
                let scalar = properties[column].scalar;
                let start = starts[column];
                decode(&bytes[start..start + scalar.bytes()], scalar, *encoding)
            }
            Row::Values(_) => self.list(column).first().copied().unwrap_or(f64::NAN),
        }
    }

    /// The numbers in a column of lists.
    pub(super) fn list(&self, column: usize) -> &[f64] {
        match self {
            Row::Bytes { .. } => &[],
            Row::Values(row) => {
                let start = column.checked_sub(1).map_or(0, |before| row.ends[before]);
                &row.values[start..row.ends[column]]
            }
        }
    }
}

impl<'a> RowReader<'a> {
    /// Starts the table; an error if the file is too short for what the header promises.
    pub(super) fn new(
        input: &Input,
        header: &Header,
        element: &'a Element,
    ) -> Result<RowReader<'a>, LoadError> {
        let properties = &element.properties;
        let smallest: usize = match header.encoding {
            // A digit and a separator for each number; the file may end without the last.
            Encoding::Ascii => 2 * properties.len(),
            Encoding::LittleEndian | Encoding::BigEndian => properties
                .iter()
                .map(|p| p.length.unwrap_or(p.scalar).bytes())
                .sum(),
        };
        // Rows without columns are nothing, however many there are.
        let rows = if properties.is_empty() {
            0
        } else {
            element.count
        };
        if rows.saturating_mul(smallest as u64) > input.remaining().saturating_add(1) {
            return Err(input.bad_byte(format!(
                "the header promises {rows} rows of `{}`, at least {smallest} bytes each, \
                 but the file has {} bytes left",
                element.name,
                input.remaining()
            )));
        }
        let binary = header.encoding != Encoding::Ascii;
        let fixed = binary && properties.iter().all(|p| p.length.is_none());
        Ok(RowReader {
            element,
            encoding: header.encoding,
            fixed: fixed.then(|| starts(properties)),
            left: rows,
            values: Values::default(),
        })
    }

    /// How many rows to expect: no more than the file has room for.
    pub(super) fn capacity(&self) -> usize {
        usize::try_from(self.left).unwrap_or(0)
    }

    /// The next row; `None` after the last.
    pub(super) fn next<'b>(
        &'b mut self,
        input: &'b mut Input,
    ) -> Result<Option<Row<'b>>, LoadError> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        let properties = &self.element.properties;
        if self.fixed.is_none() {
            self.values.values.clear();
            self.values.ends.clear();
            if self.encoding == Encoding::Ascii {
                self.text(input)?;
            } else {
                for property in properties {
                    binary(input, property, self.encoding, &mut self.values)?;
                }
            }
        }
        Ok(Some(match self.fixed.as_deref() {
            Some([starts @ .., size]) => Row::Bytes {
                bytes: input.take(*size, "a row")?,
                starts,
                properties,
                encoding: self.encoding,
            },
            _ => Row::Values(&self.values),
        }))
    }

    /// An error at the row that was read last.
    pub(super) fn bad(&self, input: &Input, problem: String) -> LoadError {
        match self.encoding {
            Encoding::Ascii => input.bad_line(problem),
            Encoding::LittleEndian | Encoding::BigEndian => input.bad_byte(problem),
        }
    }

    fn text(&mut self, input: &mut Input) -> Result<(), LoadError> {
        let name = &self.element.name;
        loop {
            let Some(line) = input.line()? else {
                let missing = self.left + 1;
                return Err(input.bad_line(format!(
                    "the file ends, {missing} rows of `{name}` are missing"
                )));
            };
            if line.trim_ascii().is_empty() {
                continue;
            }
            return match text_row(line, &self.element.properties, &mut self.values) {
                Ok(()) => Ok(()),
                Err(problem) => Err(input.bad_line(format!("in a row of `{name}`: {problem}"))),
            };
        }
    }
}

/// Where each column's bytes start, and the row's size.
fn starts(properties: &[Property]) -> Vec<usize> {
    let mut starts = vec![0];
    let mut end = 0;
    starts.extend(properties.iter().map(|property| {
        end += property.scalar.bytes();
        end
    }));
    starts
}

fn text_row(line: &[u8], properties: &[Property], row: &mut Values) -> Result<(), String> {
    let mut words = line
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty());
    let mut number = |name: &str| {
        let word = words
            .next()
            .ok_or_else(|| format!("no number for `{name}`"))?;
        let text = str::from_utf8(word).unwrap_or_default();
        text.parse::<f64>().map_err(|_| {
            let shown: String = String::from_utf8_lossy(word).chars().take(40).collect();
            format!("`{shown}` is no number for `{name}`")
        })
    };
    for property in properties {
        let count = match property.length {
            Some(_) => length(number(&property.name)?)?,
            None => 1,
        };
        for _ in 0..count {
            row.values.push(number(&property.name)?);
        }
        row.ends.push(row.values.len());
    }
    Ok(())
}

fn binary(
    input: &mut Input,
    property: &Property,
    encoding: Encoding,
    row: &mut Values,
) -> Result<(), LoadError> {
    let size = property.scalar.bytes();
    let count = match property.length {
        Some(scalar) => {
            let number = decode(
                input.take(scalar.bytes(), "a list's length")?,
                scalar,
                encoding,
            );
            length(number).map_err(|problem| input.bad_byte(problem))?
        }
        None => 1,
    };
    let bytes = input.take(count.saturating_mul(size), &property.name)?;
    let numbers = bytes.chunks_exact(size);
    row.values
        .extend(numbers.map(|n| decode(n, property.scalar, encoding)));
    row.ends.push(row.values.len());
    Ok(())
}

fn length(number: f64) -> Result<usize, String> {
    if (0.0..=4_294_967_295.0).contains(&number) {
        Ok(number as usize)
    } else {
        Err(format!("{number} is no length for a list"))
    }
}

/// Decodes a number from exactly its bytes; NaN from others.
fn decode(bytes: &[u8], scalar: Scalar, encoding: Encoding) -> f64 {
    fn fixed<const N: usize>(bytes: &[u8], encoding: Encoding) -> Option<[u8; N]> {
        let mut array: [u8; N] = bytes.try_into().ok()?;
        if encoding == Encoding::BigEndian {
            array.reverse();
        }
        Some(array)
    }
    let number = match scalar {
        Scalar::I8 => fixed(bytes, encoding).map(|b| f64::from(i8::from_le_bytes(b))),
        Scalar::U8 => fixed(bytes, encoding).map(|b| f64::from(u8::from_le_bytes(b))),
        Scalar::I16 => fixed(bytes, encoding).map(|b| f64::from(i16::from_le_bytes(b))),
        Scalar::U16 => fixed(bytes, encoding).map(|b| f64::from(u16::from_le_bytes(b))),
        Scalar::I32 => fixed(bytes, encoding).map(|b| f64::from(i32::from_le_bytes(b))),
        Scalar::U32 => fixed(bytes, encoding).map(|b| f64::from(u32::from_le_bytes(b))),
        Scalar::F32 => fixed(bytes, encoding).map(|b| f64::from(f32::from_le_bytes(b))),
        Scalar::F64 => fixed(bytes, encoding).map(f64::from_le_bytes),
    };
    number.unwrap_or(f64::NAN)
}
