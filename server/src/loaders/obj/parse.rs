//! The arguments of statements.

use crate::loaders::color::unit_to_byte;

type Vertex = ([f32; 3], Option<[u8; 3]>);

/// `x y z`, `x y z w`, or `x y z r g b` with the colour as shares of 1.
pub(super) fn vertex(arguments: &[u8]) -> Result<Vertex, String> {
    let mut numbers = [0.0_f64; 6];
    let mut count = 0;
    for (slot, word) in numbers.iter_mut().zip(words(arguments)) {
        *slot = number(word)?;
        count += 1;
    }
    if count < 3 {
        return Err(format!("a vertex needs three numbers, here are {count}"));
    }
    let [x, y, z, r, g, b] = numbers;
    let color = (count == 6).then(|| [r, g, b].map(unit_to_byte));
    Ok(([x as f32, y as f32, z as f32], color))
}

/// A face's corners as indices from 0.
#[derive(Default)]
pub(super) struct Corners {
    pub(super) positions: Vec<u32>,
    /// Of normals, as the file counts them; as many as positions, or none.
    pub(super) normals: Vec<u32>,
    /// Of places on an image, from 0; as many as positions, or none. They need not exist.
    pub(super) uvs: Vec<u32>,
}

/// Corners `v`, `v/vt`, `v//vn` or `v/vt/vn`. They count from 1, or back from the last of what
/// there is so far if negative: `[vertices, uvs]`. Normals are only told apart, so theirs need not
/// exist.
pub(super) fn face(
    arguments: &[u8],
    [vertices, uvs]: [usize; 2],
    corners: &mut Corners,
) -> Result<(), String> {
    corners.positions.clear();
    corners.normals.clear();
    corners.uvs.clear();
    for word in words(arguments) {
        let mut indices = word.split(|b| *b == b'/');
        let index = indices.next().unwrap_or_default();
        let index: i64 = text(index).parse().map_err(|_| {
            format!(
                "`{}` is no corner of a face, such as 7 or 7/1/3",
                shown(word)
            )
        })?;
        match from_zero(index, vertices).filter(|corner| (*corner as usize) < vertices) {
            Some(corner) => corners.positions.push(corner),
            None => return Err(format!("a face names vertex {index} of {vertices}")),
        }
        let mut next = || text(indices.next()?).parse::<i32>().ok();
        let uv = next().and_then(|uv| from_zero(uv.into(), uvs));
        corners.uvs.extend(uv);
        corners.normals.extend(next().map(i32::cast_unsigned));
    }
    for optional in [&mut corners.normals, &mut corners.uvs] {
        if optional.len() < corners.positions.len() {
            optional.clear();
        }
    }
    match corners.positions.len() {
        count @ 0..3 => Err(format!("a face needs three corners, here are {count}")),
        _ => Ok(()),
    }
}

/// An index that counts from 1, or back from `count`, as one from 0.
fn from_zero(index: i64, count: usize) -> Option<u32> {
    let from_zero = match index {
        0 => return None,
        1.. => index - 1,
        _ => count as i64 + index,
    };
    from_zero.try_into().ok()
}

/// `u`, `u v` or `u v w`: a place on an image.
pub(super) fn uv(arguments: &[u8]) -> Result<[f32; 2], String> {
    let mut words = words(arguments);
    let u = number(words.next().unwrap_or_default())?;
    let v = words.next().map_or(Ok(0.0), number)?;
    Ok([u as f32, v as f32])
}

/// The file of `[options] file name`, each option with its numbers or words.
pub(super) fn image(arguments: &[u8]) -> String {
    let mut rest = arguments.trim_ascii();
    let next = |rest: &mut &[u8]| {
        let end = rest.iter().position(u8::is_ascii_whitespace);
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        *rest = after.trim_ascii_start();
        word.to_ascii_lowercase()
    };
    loop {
        let mut after = rest;
        let most = match &next(&mut after)[..] {
            b"-o" | b"-s" | b"-t" => 3,
            b"-mm" => 2,
            b"-blendu" | b"-blendv" | b"-boost" | b"-bm" | b"-cc" | b"-clamp" | b"-imfchan"
            | b"-texres" | b"-type" => 1,
            _ => return name(rest),
        };
        rest = after;
        for count in 0..most {
            let mut after = rest;
            let word = next(&mut after);
            // Of three numbers, those after the first may be left out.
            if most == 3 && count > 0 && number(&word).is_err() {
                break;
            }
            rest = after;
        }
    }
}

/// A name, which may contain spaces.
pub(super) fn name(arguments: &[u8]) -> String {
    String::from_utf8_lossy(arguments.trim_ascii()).into_owned()
}

/// Three shares of 1 as a colour.
pub(super) fn color(arguments: &[u8]) -> Result<[u8; 3], String> {
    let mut words = words(arguments);
    let mut next = || number(words.next().unwrap_or_default()).map(unit_to_byte);
    Ok([next()?, next()?, next()?])
}

fn words(arguments: &[u8]) -> impl Iterator<Item = &[u8]> {
    arguments
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty())
}

fn number(word: &[u8]) -> Result<f64, String> {
    let parsed = text(word).parse();
    parsed.map_err(|_| format!("`{}` is no number", shown(word)))
}

fn text(word: &[u8]) -> &str {
    str::from_utf8(word).unwrap_or_default()
}

fn shown(word: &[u8]) -> String {
    String::from_utf8_lossy(word).chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_vertices_in_all_forms() {
        let plain = Ok(([1.0, -2.0, 3.5], None));
        assert_eq!(vertex(b" 1 -2 3.5"), plain);
        assert_eq!(vertex(b"\t1  -2e0 3.5 1.0 "), plain);
        assert_eq!(
            vertex(b"0 0 0 1 0.5 0"),
            Ok(([0.0; 3], Some([255, 128, 0])))
        );
        assert!(vertex(b"1 2").unwrap_err().contains("here are 2"));
        assert!(vertex(b"1 2 x").unwrap_err().contains("`x`"));
    }

    #[test]
    fn reads_places_on_images() {
        assert_eq!(uv(b" 0.25 0.5 0"), Ok([0.25, 0.5]));
        assert_eq!(uv(b"0.25"), Ok([0.25, 0.0]));
        assert!(uv(b"").is_err() && uv(b"1 x").is_err());
    }

    #[test]
    fn finds_images_behind_their_options() {
        assert_eq!(image(b" a b.png "), "a b.png");
        assert_eq!(image(b"-clamp on -s 1 2 -o 1 2 3 a b.png"), "a b.png");
        assert_eq!(image(b"-blendu off -mm 0 1 -bm 0.5 a.png"), "a.png");
        assert_eq!(image(b"-S 1 1.png"), "1.png");
        assert_eq!(image(b"-x a.png"), "-x a.png");
        assert_eq!(image(b"-s"), "");
    }

    #[test]
    fn reads_corners_in_all_forms() {
        let mut corners = Corners::default();
        face(b"1 2/5 3//6 -1/7/8", [4, 9], &mut corners).unwrap();
        assert_eq!(corners.positions, [0, 1, 2, 3]);
        assert!(corners.normals.is_empty() && corners.uvs.is_empty());
        face(b"1//5 2/7/5 -1//-1", [4, 9], &mut corners).unwrap();
        assert_eq!(corners.normals, [5, 5, u32::MAX]);
        face(b"1/7 2/-1/3 3/-9", [4, 9], &mut corners).unwrap();
        assert_eq!(corners.uvs, [6, 8, 0]);
        for (arguments, error) in [
            (&b"1 2 0"[..], "vertex 0 of 4"),
            (b"1 2 5", "vertex 5 of 4"),
            (b"1 2 -5", "vertex -5 of 4"),
            (b"1 2 99999999999999999999", "no corner"),
            (b"1 2 /3", "`/3` is no corner"),
            (b"1 2", "here are 2"),
        ] {
            let got = face(arguments, [4, 9], &mut corners).unwrap_err();
            assert!(got.contains(error), "{got}");
        }
    }
}
