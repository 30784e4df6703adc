//! Makes the glue smaller: wasm-bindgen adds a hash to the name of each import, which no compression
//! shortens, and a page carries every name twice.

use std::collections::BTreeMap;
use wasm_bindgen_cli_support::Output;

/// How many hexadecimal digits a hash has.
const HASH_DIGITS: usize = 16;

/// Gives the module's imports names without hashes; returns the new names by the old.
pub(super) fn imports(output: &mut Output) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let mut uses = BTreeMap::<String, u32>::new();
    for import in output.wasm_mut().imports.iter_mut() {
        if let Some(plain) = without_hash(&import.name) {
            let count = uses.entry(plain.to_owned()).or_default();
            // The hash told apart what is called alike, as a method of two classes is.
            let name = format!("{plain}.{count}");
            *count += 1;
            let old = std::mem::replace(&mut import.name, name.clone());
            names.insert(old, name);
        }
    }
    names
}

fn without_hash(name: &str) -> Option<&str> {
    let (plain, hash) = name.strip_prefix("__wbg_")?.rsplit_once('_')?;
    let is_hash = hash.len() == HASH_DIGITS && hash.bytes().all(|b| b.is_ascii_hexdigit());
    is_hash.then_some(plain)
}

/// The script with the new names, without comments and indentation.
pub(super) fn script(js: &str, names: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(js.len());
    for line in js.lines().map(str::trim) {
        if line.is_empty()
            || ["//", "/*", "*"]
                .iter()
                .any(|start| line.starts_with(start))
        {
            continue;
        }
        match line
            .split_once(": ")
            .map(|(key, rest)| (names.get(key), rest))
        {
            Some((Some(name), rest)) => out.extend(["\"", name, "\": ", rest]),
            _ => out.push_str(line),
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_found_at_the_end_of_names() {
        let plain = without_hash("__wbg_get_index_0123456789abcdef");
        assert_eq!(plain, Some("get_index"));
        assert_eq!(without_hash("__wbg_get_index"), None);
        assert_eq!(without_hash("__wbindgen_cast_0000000000000001"), None);
    }

    #[test]
    fn keys_are_renamed_and_the_rest_stays() {
        let js = "/**\n * Starts.\n */\nconst a = {\n    __wbg_b_1: function(x) {\n\
                  \x20       // why\n        return x.c ? \"b: 1\" : 2;\n    },\n};\n";
        let names = BTreeMap::from([("__wbg_b_1".to_owned(), "b.0".to_owned())]);
        assert_eq!(
            script(js, &names),
            "const a = {\n\"b.0\": function(x) {\nreturn x.c ? \"b: 1\" : 2;\n},\n};\n"
        );
    }
}
