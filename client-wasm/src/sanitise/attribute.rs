//! Attributes of foreign elements.

use super::{Language, Use, address, is_in, name, style};

/// Of any element of HTML.
const HTML: &str = " align alt aria-description aria-hidden aria-label border cellpadding cellspacing color colspan \
    controls datetime dir face height high lang loop low max min muted open optimum playsinline reversed rowspan \
    scope size span start title valign value width ";

/// Of any element of SVG; further ones are properties of styles.
const SVG: &str = " aria-hidden aria-label clipPathUnits cx cy d dx dy fx fy fr gradientTransform gradientUnits height \
    lang markerHeight markerUnits markerWidth maskContentUnits maskUnits offset orient pathLength \
    patternContentUnits patternTransform patternUnits points preserveAspectRatio r refX refY rotate rx ry \
    spreadMethod textLength lengthAdjust transform version viewBox width x x1 x2 y y1 y2 ";

/// The value of an attribute as it is shown; `None` where it is left out. `name` is the
/// attribute's name with its prefix (`xlink:href`), as the browser has it.
pub fn attribute(
    language: Language,
    element: &str,
    attribute: &str,
    value: &str,
) -> Option<String> {
    match (attribute, language) {
        ("id", _) => name(value),
        ("style", _) => Some(style::declarations(value)).filter(|style| !style.is_empty()),
        ("href", Language::Html) if element == "a" => address(Use::Link, value),
        ("src", Language::Html) if element == "img" => address(Use::Picture, value),
        ("src", Language::Html) if is_in(" audio source video ", element) => {
            address(Use::Media, value)
        }
        ("poster", Language::Html) if element == "video" => address(Use::Picture, value),
        ("type", Language::Html) if element == "input" => {
            (value == "checkbox").then(|| value.to_owned())
        }
        ("type", Language::Html) if is_in(" ol source ", element) => Some(value.to_owned()),
        ("checked", Language::Html) if element == "input" => Some(String::new()),
        (_, Language::Html) => is_in(HTML, attribute).then(|| value.to_owned()),
        ("href" | "xlink:href", Language::Svg) if element == "image" => inline_picture(value),
        ("href" | "xlink:href", Language::Svg)
            if is_in(" linearGradient pattern radialGradient use ", element) =>
        {
            address(Use::Part, value)
        }
        (_, Language::Svg) if is_in(SVG, attribute) => Some(value.to_owned()),
        (_, Language::Svg) if style::is_property(attribute) => style::value_of(value.trim()),
        (_, Language::Svg) => None,
    }
}

/// A picture in the content itself, of pixels: what draws icons asks for nothing.
fn inline_picture(value: &str) -> Option<String> {
    let address = address(Use::Picture, value)?;
    let start = address.get(..14).unwrap_or_default().to_ascii_lowercase();
    (start.starts_with("data:image/") && !start.contains("svg")).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(element: &str, name: &str, value: &str) -> Option<String> {
        attribute(Language::Html, element, name, value)
    }

    fn svg(element: &str, name: &str, value: &str) -> Option<String> {
        attribute(Language::Svg, element, name, value)
    }

    #[test]
    fn handlers_and_hooks_are_left_out() {
        for name in [
            "onclick",
            "onerror",
            "ONLOAD",
            "onfocus",
            "autofocus",
            "formaction",
            "action",
            "srcdoc",
            "srcset",
            "class",
            "name",
            "target",
            "rel",
            "ping",
            "download",
            "is",
            "slot",
            "part",
            "nonce",
            "integrity",
            "contenteditable",
            "tabindex",
            "accesskey",
            "popover",
            "popovertarget",
            "usemap",
            "http-equiv",
            "xmlns",
            "data-x",
            "shadowrootmode",
            "autoplay",
            "href",
            "src",
            "role",
            "hidden",
            "inert",
        ] {
            assert_eq!(html("p", name, "x"), None, "{name}");
            assert_eq!(svg("path", name, "#x"), None, "{name}");
        }
    }

    #[test]
    fn values_are_checked() {
        assert_eq!(html("a", "href", "javascript:x"), None);
        assert_eq!(html("img", "src", "data:text/html,x"), None);
        assert_eq!(
            html("input", "type", "checkbox").as_deref(),
            Some("checkbox")
        );
        assert_eq!(html("input", "type", "image"), None);
        assert_eq!(html("p", "style", "position:fixed"), None);
        assert_eq!(html("p", "id", "view").as_deref(), Some("content-view"));
        assert_eq!(html("td", "colspan", "2").as_deref(), Some("2"));
        assert_eq!(
            svg("use", "xlink:href", "#a").as_deref(),
            Some("#content-a")
        );
        assert_eq!(
            svg("use", "href", "data:image/svg+xml,<svg id='a'/>#a"),
            None
        );
        assert_eq!(svg("image", "href", "http://a/b.png"), None);
        assert_eq!(svg("image", "href", "data:image/svg+xml,<svg/>"), None);
        assert!(svg("image", "href", "data:image/png;base64,AA").is_some());
        assert_eq!(svg("path", "fill", "url(http://a#b)"), None);
        assert_eq!(
            svg("path", "fill", "url(#b)").as_deref(),
            Some("url(#content-b)")
        );
        assert_eq!(svg("path", "d", "M0 0").as_deref(), Some("M0 0"));
        assert_eq!(svg("a", "href", "#x"), None);
    }
}
