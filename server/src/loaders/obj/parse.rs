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

/// Corners `v`, `v/vt`, `v//vn` or `v/vt/vn`, as indices from 0. They count from 1, or back from
/// the last of `vertices` if negative.
pub(super) fn face(
    arguments: &[u8],
    vertices: usize,
    corners: &mut Vec<u32>,
) -> Result<(), String> {
    corners.clear();
    for word in words(arguments) {
        let index = word.split(|b| *b == b'/').next().unwrap_or_default();
        let index: i64 = text(index).parse().map_err(|_| {
            format!(
                "`{}` is no corner of a face, such as 7 or 7/1/3",
                shown(word)
            )
        })?;
        let zero_based = match index {
            1.. => index - 1,
            _ => vertices as i64 + index,
        };
        let valid = index != 0 && (0..vertices as i64).contains(&zero_based);
        match u32::try_from(zero_based) {
            Ok(corner) if valid => corners.push(corner),
            _ => return Err(format!("a face names vertex {index} of {vertices}")),
        }
    }
    match corners.len() {
        0..3 => Err(format!(
            "a face needs three corners, here are {}",
            corners.len()
        )),
        _ => Ok(()),
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
    fn reads_corners_in_all_forms() {
        let mut corners = Vec::new();
        face(b"1 2/5 3//6 -1/7/8", 4, &mut corners).unwrap();
        assert_eq!(corners, [0, 1, 2, 3]);
        for (arguments, error) in [
            (&b"1 2 0"[..], "vertex 0 of 4"),
            (b"1 2 5", "vertex 5 of 4"),
            (b"1 2 -5", "vertex -5 of 4"),
            (b"1 2 99999999999999999999", "no corner"),
            (b"1 2 /3", "`/3` is no corner"),
            (b"1 2", "here are 2"),
        ] {
            let got = face(arguments, 4, &mut corners).unwrap_err();
            assert!(got.contains(error), "{got}");
        }
    }
}
