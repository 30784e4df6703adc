//! Numbers in buffers.

use super::{buffers::Buffers, document::Document};

/// A checked view of an accessor: every index below `count` is inside its buffer.
pub(super) struct Numbers<'a> {
    bytes: &'a [u8],
    stride: usize,
    count: usize,
    component: Component,
    /// Numbers per element.
    pub(super) width: usize,
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

impl Component {
    fn parse(code: u32) -> Option<Component> {
        Some(match code {
            5120 => Component::I8,
            5121 => Component::U8,
            5122 => Component::I16,
            5123 => Component::U16,
            5125 => Component::U32,
            5126 => Component::F32,
            _ => return None,
        })
    }

    fn bytes(self) -> usize {
        match self {
            Component::I8 | Component::U8 => 1,
            Component::I16 | Component::U16 => 2,
            Component::U32 | Component::F32 => 4,
        }
    }

    /// The value that stands for 1 in normalised integers.
    fn one(self) -> f64 {
        match self {
            Component::I8 => 127.0,
            Component::U8 => 255.0,
            Component::I16 => 32767.0,
            Component::U16 => 65535.0,
            Component::U32 => 4_294_967_295.0,
            Component::F32 => 1.0,
        }
    }
}

impl<'a> Numbers<'a> {
    /// Finds an accessor whose elements have one of these shapes (`SCALAR`, `VEC3`, …).
    pub(super) fn find(
        document: &Document,
        buffers: &'a Buffers,
        index: u32,
        shapes: &[&str],
    ) -> Result<Numbers<'a>, String> {
        let bad = |problem: String| format!("accessor {index} {problem}");
        let accessor = document.accessors.get(index as usize);
        let accessor = accessor.ok_or_else(|| bad("does not exist".to_owned()))?;
        if !shapes.contains(&accessor.shape.as_str()) {
            return Err(bad(format!(
                "has type {}, expected {}",
                accessor.shape,
                shapes.join(" or ")
            )));
        }
        let width = match accessor.shape.as_str() {
            "SCALAR" => 1,
            "VEC2" => 2,
            "VEC3" => 3,
            _ => 4,
        };
        let component = Component::parse(accessor.component_type)
            .ok_or_else(|| bad(format!("has component type {}", accessor.component_type)))?;
        if accessor.sparse.is_some() {
            return Err(bad(
                "is sparse, which is not supported; export without".to_owned()
            ));
        }
        let view = accessor
            .buffer_view
            .and_then(|view| document.buffer_views.get(view as usize))
            .ok_or_else(|| bad("has no buffer view that exists".to_owned()))?;
        let bytes = slice(buffers.get(view.buffer), view.byte_offset, view.byte_length)
            .ok_or_else(|| bad("has a buffer view beyond its buffer's end".to_owned()))?;

        let element = component.bytes() * width;
        let stride = view.byte_stride.unwrap_or(element as u64);
        if stride < element as u64 {
            return Err(bad(format!(
                "has elements of {element} bytes every {stride} bytes"
            )));
        }
        let needed = match accessor.count {
            0 => 0,
            count => (count - 1)
                .saturating_mul(stride)
                .saturating_add(element as u64),
        };
        let room = accessor.byte_offset.saturating_add(needed);
        let (Ok(start), Ok(stride), Ok(count)) = (
            usize::try_from(accessor.byte_offset),
            usize::try_from(stride),
            usize::try_from(accessor.count),
        ) else {
            return Err(bad("is too large".to_owned()));
        };
        if room > bytes.len() as u64 {
            return Err(bad(format!(
                "needs {room} bytes of its buffer view, it has {}",
                bytes.len()
            )));
        }
        Ok(Numbers {
            bytes: &bytes[start..],
            stride,
            count,
            component,
            width,
            normalized: accessor.normalized,
        })
    }

    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// The elements, each as four numbers of which the first [`width`](Self::width) are its own.
    pub(super) fn iter(&self) -> impl Iterator<Item = [f64; 4]> {
        let size = self.component.bytes();
        let scale = if self.normalized {
            self.component.one()
        } else {
            1.0
        };
        (0..self.count).map(move |index| {
            let mut element = [0.0; 4];
            let bytes = &self.bytes[index * self.stride..];
            for (number, bytes) in element
                .iter_mut()
                .zip(bytes.chunks_exact(size))
                .take(self.width)
            {
                let value = decode(bytes, self.component) / scale;
                // Both of the lowest signed values stand for -1.
                *number = if self.normalized {
                    value.max(-1.0)
                } else {
                    value
                };
            }
            element
        })
    }
}

fn slice(buffer: Option<&[u8]>, offset: u64, length: u64) -> Option<&[u8]> {
    let start = usize::try_from(offset).ok()?;
    let end = start.checked_add(usize::try_from(length).ok()?)?;
    buffer?.get(start..end)
}

/// Decodes a number from exactly its bytes; NaN from others.
fn decode(bytes: &[u8], component: Component) -> f64 {
    match (component, bytes) {
        (Component::I8, [a]) => f64::from(*a as i8),
        (Component::U8, [a]) => f64::from(*a),
        (Component::I16, [a, b]) => f64::from(i16::from_le_bytes([*a, *b])),
        (Component::U16, [a, b]) => f64::from(u16::from_le_bytes([*a, *b])),
        (Component::U32, [a, b, c, d]) => f64::from(u32::from_le_bytes([*a, *b, *c, *d])),
        (Component::F32, [a, b, c, d]) => f64::from(f32::from_le_bytes([*a, *b, *c, *d])),
        _ => f64::NAN,
    }
}
