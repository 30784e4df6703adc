//! Numbers in the binary data.

use super::GltfError;
use super::json::{self, Document};
use super::value::Value;

/// A checked view of an accessor: every element is inside its buffer view.
struct Numbers<'a> {
    bytes: &'a [u8],
    stride: usize,
    count: usize,
    width: usize,
    component: Component,
    normalized: bool,
}

#[derive(Clone, Copy)]
enum Component {
    I8,
    U8,
    I16,
    U16,
    U32,
    F32,
}

impl Document<'_> {
    /// The elements of an accessor with `N` numbers each.
    pub(super) fn floats<const N: usize>(&self, index: usize) -> Result<Vec<[f32; N]>, GltfError> {
        let numbers = self.numbers(index, &[N])?;
        let element = |i| {
            let mut own = numbers.element(i);
            [(); N].map(|()| own.next().unwrap_or(0.0) as f32)
        };
        Ok((0..numbers.count).map(element).collect())
    }

    /// Colours with or without alpha.
    pub(super) fn colors(&self, index: usize) -> Result<Vec<[f32; 4]>, GltfError> {
        let numbers = self.numbers(index, &[3, 4])?;
        let element = |i| {
            let mut own = numbers.element(i);
            [(); 4].map(|()| own.next().unwrap_or(1.0) as f32)
        };
        Ok((0..numbers.count).map(element).collect())
    }

    /// All numbers of an accessor, whatever its shape.
    pub(super) fn flat(&self, index: usize) -> Result<Vec<f32>, GltfError> {
        let numbers = self.numbers(index, &[1, 2, 3, 4])?;
        let all = (0..numbers.count).flat_map(|i| numbers.element(i));
        Ok(all.map(|number| number as f32).collect())
    }

    /// Whole numbers, one for each element.
    pub(super) fn whole(&self, index: usize) -> Result<Vec<u32>, GltfError> {
        let numbers = self.numbers(index, &[1])?;
        let all = (0..numbers.count).flat_map(|i| numbers.element(i));
        Ok(all.map(|number| number as u32).collect())
    }

    /// Whole numbers, four for each element.
    pub(super) fn joints(&self, index: usize) -> Result<Vec<[u16; 4]>, GltfError> {
        let numbers = self.numbers(index, &[4])?;
        let element = |i| {
            let mut own = numbers.element(i);
            [(); 4].map(|()| own.next().unwrap_or(0.0) as u16)
        };
        Ok((0..numbers.count).map(element).collect())
    }

    fn numbers(&self, index: usize, widths: &[usize]) -> Result<Numbers<'_>, GltfError> {
        let what = "accessor";
        let accessor = self.entry("accessors", index);
        let accessor = accessor.ok_or(GltfError::Missing { what, index })?;
        let checked = self.checked(accessor, widths);
        checked.map_err(|problem| GltfError::Accessor { index, problem })
    }

    fn checked(&self, accessor: &Value, widths: &[usize]) -> Result<Numbers<'_>, String> {
        let shape = json::text(accessor, "type").unwrap_or_default();
        let width = match shape {
            "SCALAR" => 1,
            "VEC2" => 2,
            "VEC3" => 3,
            "VEC4" | "MAT2" => 4,
            "MAT4" => 16,
            _ => 0,
        };
        if !widths.contains(&width) {
            return Err(format!(
                "has the type `{shape}`, which does not fit its use"
            ));
        }
        let code = json::index(accessor, "componentType").unwrap_or(0);
        let component =
            Component::from_code(code).ok_or(format!("has the component type {code}"))?;
        if accessor.get("sparse").is_some() {
            return Err("is sparse, which is not supported; export without".to_owned());
        }
        let view = json::index(accessor, "bufferView");
        let view = view.and_then(|view| self.entry("bufferViews", view));
        let view = view.ok_or("has no buffer view that exists")?;
        let bytes = self
            .view(view)
            .ok_or("has a buffer view that is not inside the file's own data")?;

        let element = component.bytes() * width;
        let stride = json::index(view, "byteStride").unwrap_or(element);
        let count = json::index(accessor, "count").unwrap_or(0);
        let start = json::index(accessor, "byteOffset").unwrap_or(0);
        let end = match count.checked_sub(1) {
            None => Some(start),
            Some(last) => last
                .checked_mul(stride)
                .and_then(|bytes| bytes.checked_add(start)?.checked_add(element)),
        };
        if stride < element || end.is_none_or(|end| end > bytes.len()) {
            return Err(format!("has {count} elements beyond its buffer view's end"));
        }
        Ok(Numbers {
            bytes: bytes.get(start..).unwrap_or_default(),
            stride,
            count,
            width,
            component,
            normalized: json::flag(accessor, "normalized"),
        })
    }
}

impl Numbers<'_> {
    fn element(&self, index: usize) -> impl Iterator<Item = f64> + '_ {
        let size = self.component.bytes();
        let first = index * self.stride;
        (0..self.width).map(move |i| {
            let at = first + i * size;
            let value = self.component.decode(&self.bytes[at..at + size]);
            match self.normalized {
                // Both of the lowest signed values stand for -1.
                true => (value / self.component.one()).max(-1.0),
                false => value,
            }
        })
    }
}

impl Component {
    fn from_code(code: usize) -> Option<Self> {
        Some(match code {
            5120 => Self::I8,
            5121 => Self::U8,
            5122 => Self::I16,
            5123 => Self::U16,
            5125 => Self::U32,
            5126 => Self::F32,
            _ => return None,
        })
    }

    fn bytes(self) -> usize {
        match self {
            Self::I8 | Self::U8 => 1,
            Self::I16 | Self::U16 => 2,
            Self::U32 | Self::F32 => 4,
        }
    }

    /// The value that stands for 1 in normalised integers.
    fn one(self) -> f64 {
        match self {
            Self::I8 => f64::from(i8::MAX),
            Self::U8 => f64::from(u8::MAX),
            Self::I16 => f64::from(i16::MAX),
            Self::U16 => f64::from(u16::MAX),
            Self::U32 => f64::from(u32::MAX),
            Self::F32 => 1.0,
        }
    }

    fn decode(self, bytes: &[u8]) -> f64 {
        match (self, bytes) {
            (Self::I8, &[a]) => f64::from(a as i8),
            (Self::U8, &[a]) => f64::from(a),
            (Self::I16, &[a, b]) => f64::from(i16::from_le_bytes([a, b])),
            (Self::U16, &[a, b]) => f64::from(u16::from_le_bytes([a, b])),
            (Self::U32, &[a, b, c, d]) => f64::from(u32::from_le_bytes([a, b, c, d])),
            (Self::F32, &[a, b, c, d]) => f64::from(f32::from_le_bytes([a, b, c, d])),
            _ => f64::NAN,
        }
    }
}
