//! Numbers in the binary data.

use std::borrow::Cow;

use super::GltfError;
use super::json::{self, Document};
use super::value::Value;

/// A checked view of an accessor: every element is inside its buffer view.
struct Numbers<'a> {
    bytes: Cow<'a, [u8]>,
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
        let element = component.bytes() * width;
        let count = json::index(accessor, "count").unwrap_or(0);
        let base = match json::index(accessor, "bufferView") {
            Some(_) => Some(self.elements(accessor, count, element)?),
            None => None,
        };
        let (bytes, stride) = match (accessor.get("sparse"), base) {
            (None, Some((bytes, stride))) => (Cow::Borrowed(bytes), stride),
            (None, None) => return Err("has no buffer view that exists".to_owned()),
            (Some(sparse), base) => {
                let bytes = self.replaced(sparse, base, count, element)?;
                (Cow::Owned(bytes), element)
            }
        };
        Ok(Numbers {
            bytes,
            stride,
            count,
            width,
            component,
            normalized: json::flag(accessor, "normalized"),
        })
    }

    /// The bytes of elements from the first one on, and how far apart they are.
    fn elements(
        &self,
        place: &Value,
        count: usize,
        element: usize,
    ) -> Result<(&[u8], usize), String> {
        let view = json::index(place, "bufferView");
        let view = view.and_then(|view| self.entry("bufferViews", view));
        let view = view.ok_or("has no buffer view that exists")?;
        let bytes = self
            .view(view)
            .ok_or("has a buffer view that is not inside the file's own data")?;
        let stride = json::index(view, "byteStride").unwrap_or(element);
        let start = json::index(place, "byteOffset").unwrap_or(0);
        let end = match count.checked_sub(1) {
            None => Some(start),
            Some(last) => last
                .checked_mul(stride)
                .and_then(|bytes| bytes.checked_add(start)?.checked_add(element)),
        };
        if stride < element || end.is_none_or(|end| end > bytes.len()) {
            return Err(format!("has {count} elements beyond its buffer view's end"));
        }
        Ok((bytes.get(start..).unwrap_or_default(), stride))
    }

    /// Elements of which some are replaced, one after the other. Without a base the others are
    /// zeros, which are not in the file: it must be as large as they are all the same.
    fn replaced(
        &self,
        sparse: &Value,
        base: Option<(&[u8], usize)>,
        count: usize,
        element: usize,
    ) -> Result<Vec<u8>, String> {
        let size = count.checked_mul(element);
        let size = size.filter(|size| *size <= self.size());
        let size = size.ok_or(format!("has {count} elements, more than the file"))?;
        let mut bytes = vec![0; size];
        if let Some((base, stride)) = base {
            let rows = bytes.chunks_exact_mut(element).zip(base.chunks(stride));
            rows.for_each(|(to, from)| to.copy_from_slice(&from[..element]));
        }
        let replaced = json::index(sparse, "count").unwrap_or(0);
        let place = |name: &str| sparse.get(name).unwrap_or(&Value::Null);
        let code = json::index(place("indices"), "componentType").unwrap_or(0);
        let component = Component::from_code(code)
            .ok_or(format!("has indices of the component type {code}"))?;
        let width = component.bytes();
        let (indices, index_stride) = self.elements(place("indices"), replaced, width)?;
        let (values, stride) = self.elements(place("values"), replaced, element)?;
        for i in 0..replaced {
            let index = component.decode(&indices[i * index_stride..][..width]) as usize;
            let to = bytes.chunks_exact_mut(element).nth(index);
            let to = to.ok_or(format!("replaces element {index} of {count}"))?;
            to.copy_from_slice(&values[i * stride..][..element]);
        }
        Ok(bytes)
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
