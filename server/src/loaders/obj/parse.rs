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
}

/// Corners `v`, `v/vt`, `v//vn` or `v/vt/vn`. They count from 1, or back from the last of
/// `vertices` if negative. Normals are only told apart, so theirs need not exist.
pub(super) fn face(arguments: &[u8], vertices: usize, corners: &mut Corners) -> Result<(), String> {
    corners.positions.clear();
    corners.normals.clear();
    for word in words(arguments) {
        let mut indices = word.split(|b| *b == b'/');
        let index = indices.next().unwrap_or_default();
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
            Ok(corner) if valid => corners.positions.push(corner),
            _ => return Err(format!("a face names vertex {index} of {vertices}")),
        }
        let normal = indices
            .nth(1)
            .and_then(|normal| text(normal).parse::<i32>().ok());
        corners.normals.extend(normal.map(i32::cast_unsigned));
    }
    if corners.normals.len() < corners.positions.len() {
        corners.normals.clear();
    }
    match corners.positions.len() {
        count @ 0..3 => Err(format!("a face needs three corners, here are {count}")),
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
        let mut corners = Corners::default();
        face(b"1 2/5 3//6 -1/7/8", 4, &mut corners).unwrap();
        assert_eq!(corners.positions, [0, 1, 2, 3]);
        assert!(corners.normals.is_empty());
        face(b"1//5 2/7/5 -1//-1", 4, &mut corners).unwrap();
        assert_eq!(corners.normals, [5, 5, u32::MAX]);
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
