//! NumPy's archive of arrays: a zip file of `.npy` files.

use std::io::{Cursor, Read};
use std::path::PathBuf;

use zip::ZipArchive;

use crate::{Dtype, NdArray};

/// Bytes that one array of a model may have: eight times the largest of SMPL-X.
const MAX_ARRAY_BYTES: u64 = 1 << 30;

/// Why a body model was not loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// There is no such model where it was looked for.
    #[error("no {model} is in {}; looked for {}; get it from the model's site, or choose the folder", folder.display(), looked_for.join(", "))]
    Missing {
        /// What was asked for.
        model: String,
        /// The folder with a folder for each kind of model.
        folder: PathBuf,
        /// Files that would have done, relative to the folder.
        looked_for: Vec<String>,
    },
    /// The file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not a zip archive.
    #[error("a body model is an .npz file, but this is none: {0}")]
    Archive(String),
    /// The archive lacks an array, or the array is not as it should be.
    #[error("the array `{name}` of a body model {problem}")]
    Array {
        /// The array's name.
        name: String,
        /// What is wrong.
        problem: String,
    },
    /// A `.pkl` file is broken, or holds more than data.
    #[error("cannot read the body model: {0}")]
    Pickle(#[from] crate::pickle::DecodeError),
    /// Numbers that are not an array of their shape.
    #[error(transparent)]
    Shape(#[from] crate::ndarray::ShapeError),
}

/// The array `name` of an `.npz` file.
///
/// # Errors
/// If the file is no archive of arrays, or there is no such array of numbers in it.
pub fn read_npz(bytes: &[u8], name: &str) -> Result<NdArray, ModelError> {
    Npz::new(bytes)?.array(name)
}

/// An archive whose arrays are read one by one.
pub(super) struct Npz<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Npz<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Result<Self, ModelError> {
        let archive = ZipArchive::new(Cursor::new(bytes));
        let archive = archive.map_err(|error| ModelError::Archive(error.to_string()))?;
        Ok(Self { archive })
    }

    /// The array `name`.
    pub(super) fn array(&mut self, name: &str) -> Result<NdArray, ModelError> {
        let problem = |problem: String| ModelError::Array {
            name: name.to_owned(),
            problem,
        };
        let file = self.archive.by_name(&format!("{name}.npy"));
        let file = file.map_err(|error| problem(format!("cannot be read: {error}")))?;
        let mut bytes = Vec::new();
        let read = file.take(MAX_ARRAY_BYTES + 1).read_to_end(&mut bytes);
        read.map_err(|error| problem(format!("cannot be read: {error}")))?;
        if bytes.len() as u64 > MAX_ARRAY_BYTES {
            return Err(problem(format!("has more than {MAX_ARRAY_BYTES} bytes")));
        }
        read_npy(bytes).map_err(problem)
    }
}

/// The array of a `.npy` file: a magic number, a version, a Python dictionary, the elements.
fn read_npy(bytes: Vec<u8>) -> Result<NdArray, String> {
    let broken = || "is not in NumPy's format".to_owned();
    let bytes = bytes::Bytes::from(bytes);
    let rest = bytes.strip_prefix(b"\x93NUMPY").ok_or_else(broken)?;
    let (version, rest) = rest.split_first_chunk::<2>().ok_or_else(broken)?;
    let (length, rest) = if version[0] == 1 {
        let (length, rest) = rest.split_first_chunk::<2>().ok_or_else(broken)?;
        (usize::from(u16::from_le_bytes(*length)), rest)
    } else {
        let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(broken)?;
        (u32::from_le_bytes(*length) as usize, rest)
    };
    let header = rest.get(..length).ok_or_else(broken)?;
    let header = std::str::from_utf8(header).map_err(|_| broken())?;
    let data = bytes.len() - rest.len() + length;
    let descr = entry(header, "descr").ok_or_else(broken)?;
    let descr = descr.trim_matches(['\'', '"']);
    let order = descr.chars().next().ok_or_else(broken)?;
    let dtype = Dtype::from_code(&descr[order.len_utf8()..]);
    let dtype = dtype.filter(|_| "<|=".contains(order));
    let dtype = dtype.ok_or_else(|| format!("has the type {descr}, which is no plain number"))?;
    let shape = entry(header, "shape").ok_or_else(broken)?;
    let sizes = shape.trim_matches(['(', ')']).split(',').map(str::trim);
    let sizes = sizes.filter(|size| !size.is_empty());
    let shape: Result<Vec<usize>, _> = sizes.map(str::parse).collect();
    let mut shape = shape.map_err(|_| broken())?;
    let fortran = entry(header, "fortran_order") == Some("True");
    if fortran {
        shape.reverse();
    }
    let array = NdArray::new(dtype, shape, bytes.slice(data..));
    let array = array.map_err(|error| format!("is cut off: {error}"))?;
    Ok(if fortran { array.transposed() } else { array })
}

/// The text of a dictionary's value, up to the next key.
fn entry<'a>(header: &'a str, key: &str) -> Option<&'a str> {
    let (_, value) = header.split_once(&format!("'{key}':"))?;
    let end = if value.trim_start().starts_with('(') {
        value.find(')')? + 1
    } else {
        value.find([',', '}'])?
    };
    Some(value[..end].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn npy(header: &str, data: &[u8]) -> Vec<u8> {
        let mut bytes = b"\x93NUMPY\x01\0".to_vec();
        bytes.extend((header.len() as u16).to_le_bytes());
        bytes.extend_from_slice(header.as_bytes());
        bytes.extend_from_slice(data);
        bytes
    }

    #[test]
    fn arrays_are_read_in_both_orders() {
        let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }";
        let array = read_npy(npy(header, &[1, 2, 3, 4, 5, 6])).unwrap();
        assert_eq!(
            (array.shape(), array.to_i64().unwrap()),
            (&[2, 3][..], vec![1, 2, 3, 4, 5, 6])
        );
        let header = "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }";
        let array = read_npy(npy(header, &[1, 4, 2, 5, 3, 6])).unwrap();
        assert_eq!(
            (array.shape(), array.to_i64().unwrap()),
            (&[2, 3][..], vec![1, 2, 3, 4, 5, 6])
        );
        let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (), }";
        let array = read_npy(npy(header, &1.5_f32.to_le_bytes())).unwrap();
        assert_eq!((array.shape(), array.to_f32()), (&[][..], vec![1.5]));
    }

    #[test]
    fn broken_files_are_errors_not_panics() {
        let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (9,), }";
        let whole = npy(header, &[0; 36]);
        assert!(read_npy(whole.clone()).is_ok());
        for length in 0..whole.len() {
            assert!(read_npy(whole[..length].to_vec()).is_err(), "{length}");
        }
        let object = "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }";
        let error = read_npy(npy(object, &[0; 8])).unwrap_err();
        assert!(error.contains("|O"), "{error}");
        assert!(Npz::new(b"no zip").is_err());
    }
}
