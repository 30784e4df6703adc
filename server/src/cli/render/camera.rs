//! Cameras as people write and copy them.

use percent_encoding::percent_decode_str;
use scenecast::{Viewpoint, Wxyz};

/// What the page's address has that is no camera.
const OF_PAGES: [&str; 9] = [
    "websocket",
    "playbackPath",
    "token",
    "darkMode",
    "hideViserLogo",
    "showStats",
    "logCamera",
    "forceOrbitOriginTool",
    "fixedDpr",
];

/// Reads `name=value` pairs with anything sensible between them: `position=3,3,2 fov=1.2`, what
/// Python prints, the address of a page with `?initialCameraPosition=…`.
pub(crate) fn parse_camera(text: &str) -> Result<Viewpoint, String> {
    let text = text.split_once('#').map_or(text, |(before, _)| before);
    let text = match text.split_once('?') {
        Some((_, query)) => query,
        None => text,
    };
    let text = percent_decode_str(text).decode_utf8_lossy();
    let mut viewpoint = Viewpoint::default();
    for (name, value) in pairs(&text)? {
        let vector = || numbers::<3>(name, value);
        match name {
            "position" | "initialCameraPosition" => viewpoint.position = Some(vector()?),
            "look_at" | "initialCameraLookAt" => viewpoint.look_at = Some(vector()?),
            "up" | "up_direction" | "initialCameraUp" => viewpoint.up_direction = Some(vector()?),
            "wxyz" => viewpoint.wxyz = Some(Wxyz(numbers(name, value)?)),
            "fov" | "initialCameraFov" => viewpoint.fov = Some(angle(name, value)?),
            "near" | "initialCameraNear" => viewpoint.near = Some(number(name, value)?),
            "far" | "initialCameraFar" => viewpoint.far = Some(number(name, value)?),
            other if OF_PAGES.contains(&other) => {}
            other => {
                return Err(format!(
                    "`{other}` is no part of a camera; expected position, look_at, up, wxyz, fov, near \
                     or far"
                ));
            }
        }
    }
    viewpoint.check().map_err(|error| error.to_string())?;
    Ok(viewpoint)
}

/// What is before and after each `=`. A name is the word before it, a value all that is between that
/// and the next name.
fn pairs(text: &str) -> Result<Vec<(&str, &str)>, String> {
    let mut pairs = Vec::new();
    let mut parts = text.split('=').peekable();
    let mut name = word_at_end(parts.next().unwrap_or_default()).1;
    while let Some(part) = parts.next() {
        let (value, next) = match parts.peek() {
            Some(_) => word_at_end(part),
            None => (part, ""),
        };
        pairs.push((name, value));
        name = next;
    }
    match pairs.is_empty() && !text.trim().is_empty() {
        true => Err("expected name=value, such as position=3,3,2 look_at=0,0,0".to_owned()),
        false => Ok(pairs),
    }
}

/// Text without the word at its end, and that word.
fn word_at_end(text: &str) -> (&str, &str) {
    let text = text.trim_end();
    let word = text.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_');
    text.split_at(word.len())
}

/// The numbers in a value, whatever brackets, commas and spaces it has.
fn numbers<const N: usize>(name: &str, value: &str) -> Result<[f64; N], String> {
    let parts = value.split(|c: char| c.is_whitespace() || ",;&()[]+".contains(c));
    let parts = parts.filter(|part| !part.is_empty() && *part != "array");
    let parsed: Option<Vec<f64>> = parts.map(|part| part.parse().ok()).collect();
    let parsed = parsed.and_then(|numbers| numbers.try_into().ok());
    parsed.ok_or_else(|| format!("{name}: `{}`, expected {N} numbers", value.trim()))
}

fn number(name: &str, value: &str) -> Result<f64, String> {
    let [number] = numbers(name, value).map_err(|_| {
        format!(
            "{name}: `{}`, expected a number",
            value.trim_matches([' ', '&', ',', ';'])
        )
    })?;
    Ok(number)
}

/// An angle in radians, or with `deg` or `°` behind it in degrees.
fn angle(name: &str, value: &str) -> Result<f64, String> {
    let value = value.trim_matches([' ', '&', ',', ';']);
    let degrees = ["deg", "°"]
        .iter()
        .find_map(|unit| value.strip_suffix(unit));
    match degrees {
        Some(degrees) => Ok(number(name, degrees)?.to_radians()),
        None => number(name, value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cameras_are_read_as_people_write_them() {
        let expected = Viewpoint::default()
            .position([3.0, -2.5, 30.0])
            .look_at([0.0, 0.0, 1.0])
            .fov(0.9);
        for text in [
            "position=3,-2.5,30 look_at=0,0,1 fov=0.9",
            "position=(3, -2.5, 3e1), look_at=[0 0 1], fov=0.9",
            "position = 3, -2.5, 30; look_at = 0,0,1; fov = 51.5662015618deg",
            "initialCameraPosition=3.000,-2.500,30.000&initialCameraLookAt=0,0,1&initialCameraFov=0.9",
            "http://localhost:8080/?darkMode&initialCameraPosition=3%2C-2.5%2C30\
             &initialCameraLookAt=0,0,1&token=abc&initialCameraFov=0.9#top",
            "position=array([3., -2.5, 30.]) look_at=array([0., 0., 1.]) fov=0.9",
        ] {
            let camera = parse_camera(text).unwrap();
            assert!((camera.fov.unwrap() - 0.9).abs() < 1e-9, "{text}");
            assert_eq!(camera.fov(0.9), expected, "{text}");
        }
        let turned = parse_camera("wxyz=1,0,0,0 near=0.1 far=50").unwrap();
        assert_eq!(
            turned,
            Viewpoint::default()
                .wxyz([1.0, 0.0, 0.0, 0.0])
                .planes(0.1, 50.0)
        );
        assert_eq!(parse_camera("").unwrap(), Viewpoint::default());
    }

    #[test]
    fn what_makes_no_camera_is_refused_with_a_reason() {
        for (text, reason) in [
            ("above", "name=value"),
            ("position=1,2", "position: `1,2`, expected 3 numbers"),
            ("position=1,2,x", "3 numbers"),
            ("position=NaN,0,0", "finite"),
            ("position=1e999,0,0", "finite"),
            ("eye=1,2,3", "`eye` is no part"),
            ("fov=75", "radians"),
            ("fov=180deg", "less than pi"),
            ("fov=-1", "more than 0"),
            ("near=0", "above 0"),
            ("near=2 far=1", "not below"),
            ("up=0,0,0", "no length"),
            ("wxyz=0,0,0,0", "no length"),
            ("position=1,1,1 look_at=1,1,1", "where the camera is"),
        ] {
            let error = parse_camera(text).unwrap_err();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }
}
