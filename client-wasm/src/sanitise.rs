//! What of foreign HTML and SVG is shown: lists of what is harmless, and nothing else.
//!
//! Nothing here runs, asks for anything but pictures and media, leaves its place in the page or
//! bears a name that the page knows. The browser reads the source into a document that is not shown, and
//! what these rules allow is built anew, element by element: no text is ever read twice.

mod address;
mod attribute;
mod style;

pub use address::{Use, address};
pub use attribute::attribute;

/// Elements within each other; what is deeper is left out.
pub const MAX_DEPTH: usize = 128;
/// The most elements and texts of one source; the rest is left out.
pub const MAX_NODES: usize = 50_000;

/// What names become within foreign content, so that no name of the page's is taken.
const NAME_PREFIX: &str = "content-";

/// The language of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// HTML.
    Html,
    /// SVG.
    Svg,
}

/// What becomes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is shown.
    Kept,
    /// What is in it is shown.
    Opened,
    /// Nothing of it is shown.
    Dropped,
}

const HTML: &str = " a abbr address article aside audio b bdi bdo big blockquote br caption center cite code \
    col colgroup data dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header \
    hr i img input ins kbd li main mark meter nav ol p pre progress q rp rt ruby s samp section small source \
    span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var video wbr ";

/// What is in these is no text to read, or not to be shown without them.
const DROPPED: &str = " applet area base basefont canvas datalist embed fencedframe frame frameset head iframe \
    link map math meta noembed noframes noscript object optgroup option param plaintext portal script select \
    selectedcontent slot style svg template textarea title track xmp ";

const SVG: &str = " circle clipPath defs desc ellipse g image line linearGradient marker mask path pattern \
    polygon polyline radialGradient rect stop svg symbol text title tspan use ";

/// What becomes of an element.
pub fn element(language: Language, name: &str) -> Fate {
    match language {
        Language::Html if is_in(HTML, name) => Fate::Kept,
        Language::Html if is_in(DROPPED, name) => Fate::Dropped,
        Language::Html => Fate::Opened,
        Language::Svg if is_in(SVG, name) => Fate::Kept,
        Language::Svg if is_in(" a switch ", name) => Fate::Opened,
        Language::Svg => Fate::Dropped,
    }
}

/// Whether a list of names with spaces around them has one.
fn is_in(list: &str, name: &str) -> bool {
    !name.is_empty() && list.split_ascii_whitespace().any(|listed| listed == name)
}

/// A name as it is within foreign content.
fn name(text: &str) -> Option<String> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
    let is_name = (1..=128).contains(&text.len()) && text.bytes().all(is_plain);
    is_name.then(|| format!("{NAME_PREFIX}{text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_or_restyles_the_page_is_no_element() {
        for name in [
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "base",
            "meta",
            "link",
            "template",
            "math",
            "noscript",
            "textarea",
            "select",
            "title",
            "xmp",
            "plaintext",
        ] {
            assert_eq!(element(Language::Html, name), Fate::Dropped, "{name}");
        }
        for name in [
            "form", "button", "dialog", "label", "marquee", "x-custom", "",
        ] {
            assert_eq!(element(Language::Html, name), Fate::Opened, "{name}");
        }
        for name in [
            "script",
            "style",
            "foreignObject",
            "animate",
            "set",
            "animateTransform",
            "handler",
            "feImage",
            "filter",
            "iframe",
            "SVG",
            "",
        ] {
            assert_eq!(element(Language::Svg, name), Fate::Dropped, "{name}");
        }
        for (language, name) in [
            (Language::Html, "p"),
            (Language::Svg, "path"),
            (Language::Svg, "clipPath"),
        ] {
            assert_eq!(element(language, name), Fate::Kept, "{name}");
        }
    }

    #[test]
    fn names_are_not_the_page_s() {
        assert_eq!(name("view").as_deref(), Some("content-view"));
        for text in ["", "a b", "a\"b", "é", "a)"] {
            assert_eq!(name(text), None, "{text}");
        }
    }
}
