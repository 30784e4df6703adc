//! What the first bytes of an image say about its size, before anything is decoded.

/// Width and height of a PNG or JPEG; `None` for other bytes, and for ones that end too early.
///
/// PNG: the `IHDR` chunk. JPEG: the first start-of-frame segment.
pub fn pixel_size(bytes: &[u8]) -> Option<[u32; 2]> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        let edge = |at: usize| Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?));
        return Some([edge(16)?, edge(20)?]);
    }
    bytes.strip_prefix(b"\xff\xd8").and_then(jpeg_size)
}

fn jpeg_size(mut segments: &[u8]) -> Option<[u32; 2]> {
    loop {
        let [0xff, marker, rest @ ..] = segments else {
            return None;
        };
        match marker {
            // A filling byte.
            0xff => segments = &segments[1..],
            // Markers that stand alone.
            0x01 | 0xd0..=0xd7 => segments = rest,
            // Start of frame, any kind; the four between are tables.
            0xc0..=0xcf if ![0xc4, 0xc8, 0xcc].contains(marker) => {
                let [_, _, _, y1, y0, x1, x0, ..] = rest else {
                    return None;
                };
                let edge = |high: &u8, low: &u8| u32::from(*high) << 8 | u32::from(*low);
                return Some([edge(x1, x0), edge(y1, y0)]);
            }
            // The picture itself, or the end: no size came before.
            0xd9 | 0xda => return None,
            _ => {
                let length = u16::from_be_bytes(*rest.first_chunk()?);
                segments = rest.get(usize::from(length).max(2)..)?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_without_decoding() {
        let jpeg =
            b"\xff\xd8\xff\xe0\0\x04ab\xff\xff\xdb\0\x03x\xff\xc2\0\x0b\x08\x01\x02\x03\x04\x01";
        assert_eq!(pixel_size(jpeg), Some([0x304, 0x102]));
        for end in 0..jpeg.len() - 1 {
            assert_eq!(pixel_size(&jpeg[..end]), None, "{end}");
        }
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03";
        assert_eq!(pixel_size(png), Some([2, 3]));
        assert_eq!(pixel_size(&png[..23]), None);
        assert_eq!(pixel_size(b"GIF89a\x01\0\x01\0"), None);
        // Scans before any frame, and lengths that would not advance.
        assert_eq!(pixel_size(b"\xff\xd8\xff\xda\0\x02"), None);
        assert_eq!(pixel_size(b"\xff\xd8\xff\xe0\0\0\xff\xe0\0\0"), None);
    }
}
