//! Colours in inline code.

/// The colour that a piece of code is, if it is one: `#rgb`, `#rrggbb`, either with alpha, or
/// `rgb(…)`, `rgba(…)`, `hsl(…)`, `hsla(…)`.
pub(super) fn colour(code: &str) -> Option<&str> {
    let code = code.trim();
    if let Some(digits) = code.strip_prefix('#') {
        let is_colour =
            matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|b| b.is_ascii_hexdigit());
        return is_colour.then_some(code);
    }
    let (name, rest) = code.split_once('(')?;
    let numbers = rest.strip_suffix(')')?;
    let is_known = ["rgb", "rgba", "hsl", "hsla"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known));
    let is_plain =
        |byte: u8| byte.is_ascii_digit() || matches!(byte, b' ' | b',' | b'.' | b'%' | b'/' | b'-');
    let count = numbers
        .split([',', ' ', '/'])
        .filter(|number| !number.is_empty())
        .count();
    let is_colour = is_known && numbers.bytes().all(is_plain) && matches!(count, 3 | 4);
    (is_colour || is_known && is_hue(numbers)).then_some(code)
}

/// `120deg, 50%, 50%`.
fn is_hue(numbers: &str) -> bool {
    let Some((hue, rest)) = numbers.split_once("deg") else {
        return false;
    };
    let is_plain = |byte: u8| byte.is_ascii_digit() || matches!(byte, b' ' | b',' | b'.' | b'%');
    !hue.is_empty() && hue.bytes().chain(rest.bytes()).all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::colour;

    #[test]
    fn colours_are_known() {
        for code in [
            "#f00",
            "#F00A",
            "#ff8800",
            "#ff880080",
            "rgb(1, 2, 3)",
            "rgba(1,2,3,.5)",
            "hsl(120 50% 50%)",
            "hsl(120deg, 50%, 50%)",
            " #fff ",
        ] {
            assert_eq!(colour(code), Some(code.trim()));
        }
        for code in [
            "#ff",
            "#ggg",
            "red",
            "rgb(1,2)",
            "rgb(1,2,3",
            "rgb(url(x),1,2)",
            "url(#a)",
            "x(1,2,3)",
            "",
        ] {
            assert_eq!(colour(code), None, "{code}");
        }
    }
}
