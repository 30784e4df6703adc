//! JPEGs with a gain map ("Ultra HDR"): two JPEGs one after the other, the second of which says how
//! much brighter than the first each pixel really is. Adobe, "Gain map specification" 1.0 (2023).

use bytes::Bytes;

/// How a JPEG begins.
const START_OF_IMAGE: &[u8] = &[0xFF, 0xD8, 0xFF];

/// From pixels of the two images to light; numbers for red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct GainMap {
    /// What the gain map's 0 and 1 stand for: powers of two.
    pub(super) low: [f32; 3],
    pub(super) high: [f32; 3],
    /// Exponent of the gain map's numbers.
    pub(super) gamma: [f32; 3],
    /// Added to the image before it is made brighter, and taken away afterwards.
    pub(super) offset: [f32; 3],
    pub(super) offset_after: [f32; 3],
}

impl GainMap {
    /// The image, its gain map, and how they go together; `None` where there is no gain map.
    pub(super) fn split(file: &Bytes) -> Option<(Bytes, Bytes, Self)> {
        let mut starts = file.windows(START_OF_IMAGE.len());
        let start = starts.rposition(|window| window == START_OF_IMAGE)?;
        if start == 0 {
            return None;
        }
        let (image, gains) = (file.slice(..start), file.slice(start..));
        let text = String::from_utf8_lossy(&gains);
        // Names of properties are in the namespace that the specification reserves.
        let number = |name: &str, otherwise: f32| numbers(&text, name).unwrap_or([otherwise; 3]);
        let gain_map = Self {
            low: number("GainMapMin", 0.0),
            high: numbers(&text, "GainMapMax")?,
            gamma: number("Gamma", 1.0),
            offset: number("OffsetSDR", 1.0 / 64.0),
            offset_after: number("OffsetHDR", 1.0 / 64.0),
        };
        Some((image, gains, gain_map))
    }
}

/// One number, as an attribute, or three, as a list, in XMP.
fn numbers(xmp: &str, name: &str) -> Option<[f32; 3]> {
    let name = format!("hdrgm:{name}");
    let finite = |text: &str| -> Option<f32> {
        let number = crate::url_params::number(text)?;
        number.is_finite().then_some(number as f32)
    };
    if let Some((_, rest)) = xmp.split_once(&format!("{name}=\"")) {
        let (text, _) = rest.split_once('"')?;
        return Some([finite(text)?; 3]);
    }
    let (_, rest) = xmp.split_once(&format!("<{name}>"))?;
    let (list, _) = rest.split_once(&format!("</{name}>"))?;
    let mut items = list.split("<rdf:li>").skip(1);
    let mut next = || finite(items.next()?.split('<').next()?);
    Some([next()?, next()?, next()?])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(xmp: &str) -> Bytes {
        let jpeg = |text: &str| [START_OF_IMAGE, text.as_bytes()].concat();
        Bytes::from([jpeg("image"), jpeg(xmp)].concat())
    }

    #[test]
    fn a_file_is_split_into_image_and_gains() {
        let file = file(r#"<a hdrgm:GainMapMax="3.5" hdrgm:Gamma="2" hdrgm:OffsetSDR="0.1"/>"#);
        let (image, gains, map) = GainMap::split(&file).unwrap();
        assert_eq!(&image[3..], b"image");
        assert!(gains.starts_with(START_OF_IMAGE));
        assert_eq!((map.low, map.high), ([0.0; 3], [3.5; 3]));
        assert_eq!((map.gamma, map.offset), ([2.0; 3], [0.1; 3]));
        assert_eq!(map.offset_after, [1.0 / 64.0; 3]);
    }

    #[test]
    fn numbers_may_differ_between_colours() {
        let list = "<hdrgm:GainMapMax><rdf:Seq><rdf:li>1</rdf:li> <rdf:li>2.5</rdf:li>\
            <rdf:li>3</rdf:li></rdf:Seq></hdrgm:GainMapMax>";
        let (.., map) = GainMap::split(&file(list)).unwrap();
        assert_eq!(map.high, [1.0, 2.5, 3.0]);
    }

    #[test]
    fn other_files_have_no_gain_map() {
        for xmp in [
            "",
            r#"hdrgm:GainMapMax="x""#,
            r#"hdrgm:GainMapMax="inf""#,
            "<hdrgm:GainMapMax><rdf:li>1</rdf:li></hdrgm:GainMapMax>",
        ] {
            assert!(GainMap::split(&file(xmp)).is_none(), "{xmp}");
        }
        assert!(GainMap::split(&Bytes::from_static(&[0xFF, 0xD8, 0xFF])).is_none());
        assert!(GainMap::split(&Bytes::new()).is_none());
    }
}
