//! Styles of foreign elements: how they look, not where they are.

use super::{address, address::Use, is_in};

/// Longer ones are left out.
const MAX_BYTES: usize = 8 << 10;

const PROPERTIES: &str = " accent-color align-content align-items align-self aspect-ratio background background-color \
    border border-block border-bottom border-bottom-color border-bottom-left-radius border-bottom-right-radius \
    border-bottom-style border-bottom-width border-collapse border-color border-inline border-left \
    border-left-color border-left-style border-left-width border-radius border-right border-right-color \
    border-right-style border-right-width border-spacing border-style border-top border-top-color \
    border-top-left-radius border-top-right-radius border-top-style border-top-width border-width box-shadow \
    box-sizing caption-side clear clip-path clip-rule color column-count column-gap column-width columns direction \
    display dominant-baseline empty-cells fill fill-opacity fill-rule flex flex-basis flex-direction flex-flow \
    flex-grow flex-shrink flex-wrap float font font-family font-feature-settings font-kerning font-size \
    font-stretch font-style font-variant font-variant-numeric font-weight gap grid grid-area grid-auto-columns \
    grid-auto-flow grid-auto-rows grid-column grid-row grid-template-columns grid-template-rows height hyphens \
    image-rendering justify-content justify-items justify-self letter-spacing line-height list-style \
    list-style-position list-style-type margin margin-block margin-bottom margin-inline margin-left margin-right \
    margin-top marker marker-end marker-mid marker-start mask max-height max-width min-height min-width \
    mix-blend-mode object-fit object-position opacity order overflow overflow-wrap overflow-x overflow-y padding \
    padding-block padding-bottom padding-inline padding-left padding-right padding-top paint-order place-content \
    place-items place-self row-gap shape-rendering stop-color stop-opacity stroke stroke-dasharray \
    stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width tab-size \
    table-layout text-align text-align-last text-anchor text-decoration text-decoration-color \
    text-decoration-line text-decoration-style text-decoration-thickness text-indent text-overflow text-shadow \
    text-transform text-underline-offset unicode-bidi vector-effect vertical-align visibility white-space \
    width word-break word-spacing word-wrap writing-mode ";

const FUNCTIONS: &str = " calc clamp color-mix conic-gradient fit-content hsl hsla hwb lab lch linear-gradient max min \
    minmax oklab oklch radial-gradient repeat repeating-linear-gradient rgb rgba var ";

/// Whether a property is allowed.
pub(super) fn is_property(name: &str) -> bool {
    is_in(PROPERTIES, name)
}

/// The declarations of a style that are allowed.
pub(super) fn declarations(style: &str) -> String {
    if style.len() > MAX_BYTES {
        return String::new();
    }
    let mut allowed = String::new();
    for declaration in parts(style) {
        let Some((property, value)) = declaration.split_once(':') else {
            continue;
        };
        let property = property.trim().to_ascii_lowercase();
        if is_property(&property)
            && let Some(value) = value_of(value.trim())
        {
            allowed.push_str(&format!("{property}:{value};"));
        }
    }
    allowed
}

/// The parts between semicolons that are in no quotes.
fn parts(style: &str) -> Vec<&str> {
    let (mut parts, mut start, mut quote) = (Vec::new(), 0, None);
    for (at, byte) in style.bytes().enumerate() {
        match (byte, quote) {
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            (b';', None) => {
                parts.push(&style[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    // What a quote leaves open is no declaration.
    if quote.is_none() {
        parts.push(&style[start..]);
    }
    parts
}

/// A value whose functions are allowed. Escapes and comments could hide others.
pub(super) fn value_of(value: &str) -> Option<String> {
    let is_odd =
        |c: char| matches!(c, '\\' | '<' | '>' | '{' | '}' | '@' | ';' | '`') || c.is_control();
    let quotes = |quote: char| value.matches(quote).count();
    if value.is_empty()
        || value.contains(is_odd)
        || value.contains("/*")
        || quotes('"') % 2 + quotes('\'') % 2 > 0
        || value.matches('(').count() != value.matches(')').count()
    {
        return None;
    }
    let lower = value.to_ascii_lowercase();
    if let Some(reference) = lower.strip_prefix("url(") {
        let part = value["url(".len()..].split_once(')')?.0;
        // A colour may follow, for where the part is missing.
        let after = reference.split_once(')')?.1;
        let part = part.trim().trim_matches(['"', '\'']);
        let part = address(Use::Part, part)?;
        return (!after.contains('(')).then(|| format!("url({part}){after}"));
    }
    let mut rest = &*lower;
    while let Some((before, after)) = rest.split_once('(') {
        let name = before
            .rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .next()
            .unwrap_or_default();
        if !name.is_empty() && !is_in(FUNCTIONS, name) {
            return None;
        }
        rest = after;
    }
    Some(value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::declarations;

    #[test]
    fn looks_are_kept() {
        for style in [
            "color:red;",
            "background:linear-gradient(90deg, #f00, rgba(0,0,0,.5));",
            "font-family:\"A B\", 'C';",
            "width:calc(100% - 2em);",
            "border:1px solid var(--line);",
            "color:red !important;",
        ] {
            assert_eq!(declarations(style), style);
        }
        let style = "Fill: none; clip-path: url(#p1);stroke: url('#g') red";
        assert_eq!(
            declarations(style),
            "fill:none;clip-path:url(#content-p1);stroke:url(#content-g) red;"
        );
    }

    #[test]
    fn what_moves_covers_or_fetches_is_not() {
        for style in [
            "position:fixed",
            "inset:0",
            "top:0;left:0;z-index:9",
            "transform:scale(99)",
            "animation:x 1s",
            "transition:all 1s",
            "background:url(http://a/b)",
            "background:URL(http://a)",
            "background:u\\rl(http://a)",
            "background:image-set(\"a\" 1x)",
            "background:-webkit-image-set(\"a\" 1x)",
            "color:expression(alert(1))",
            "behavior:url(#x)",
            "-moz-binding:url(a)",
            "color:red/*",
            "color:/**/red",
            "--x:1",
            "content:\"a\"",
            "background:element(#a)",
            "font-family:\"a",
            "color:red}body{color:red",
            "cursor:url(a)",
            "list-style:url(http://a)",
            "fill:url(http://a#b)",
            "fill:url(#a) url(http://b)",
            "filter:url(#a)",
            "color:@import 'a'",
            "color",
            ":red",
            "",
        ] {
            assert_eq!(declarations(style), "", "{style}");
        }
        assert_eq!(declarations("position:fixed;color:red"), "color:red;");
        assert_eq!(declarations(&"color:red;".repeat(1_000)), "");
    }
}
