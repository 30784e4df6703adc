//! Upper and lower case, as the browser has them: std's tables for that are 8 KB more to download.

/// The text in lower case.
#[cfg(target_arch = "wasm32")]
pub(crate) fn lowercase(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

/// The text in upper case.
#[cfg(target_arch = "wasm32")]
pub(crate) fn uppercase(text: &str) -> String {
    js_sys::JsString::from(text).to_upper_case().into()
}

/// The text in lower case.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn lowercase(text: &str) -> String {
    text.to_lowercase()
}

/// The text in upper case.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn uppercase(text: &str) -> String {
    text.to_uppercase()
}

/// A letter whose case does not matter, for texts that are compared letter by letter.
pub(crate) fn folded(letter: char) -> char {
    match letter.is_ascii() {
        true => letter.to_ascii_lowercase(),
        false => lowercase(letter.encode_utf8(&mut [0; 4]))
            .chars()
            .next()
            .unwrap_or(letter),
    }
}
