//! Makes the glue smaller: a page carries the name of each import twice, with a hash that no
//! compression shortens, and a method that two crates bind is imported once for each.

use crate::unindented;
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};
use wasm_bindgen_cli_support::Output;

/// A number for each of the module's imports, by its old name; the same for those that the script
/// implements alike.
pub(super) fn imports(output: &mut Output) -> BTreeMap<String, usize> {
    let numbers = numbers(&plain(output.js()));
    for import in output.wasm_mut().imports.iter_mut() {
        if let Some(number) = numbers.get(&import.name) {
            import.name = number.to_string();
        }
    }
    numbers
}

/// Short names for the module's exports that stand for closures and other generic functions, by the
/// old ones, which hold all their types. No old name is a part of a later one.
pub(super) fn exports(output: &mut Output) -> Vec<(String, String)> {
    let mut names = Vec::new();
    for export in output.wasm_mut().exports.iter_mut() {
        if export.name.starts_with("wasm_bindgen_") {
            let new = format!("generic{}", names.len());
            names.push((std::mem::replace(&mut export.name, new.clone()), new));
        }
    }
    names.sort_by_key(|(old, _)| std::cmp::Reverse(old.len()));
    names
}

fn numbers(js: &str) -> BTreeMap<String, usize> {
    let mut number_of = BTreeMap::new();
    functions(js)
        .map(|Function { name, text }| {
            let next = number_of.len();
            let number = number_of.entry(&js[text]).or_insert(next);
            (js[name].to_owned(), *number)
        })
        .collect()
}

/// The script with the numbers, each function once, without comments and indentation.
pub(super) fn script(js: &str, numbers: &BTreeMap<String, usize>) -> String {
    let js = &plain(js);
    let mut out = String::with_capacity(js.len());
    let mut copied = 0;
    let mut written = BTreeSet::new();
    for Function { name, text } in functions(js) {
        let Some(number) = numbers.get(&js[name.clone()]) else {
            continue;
        };
        out.push_str(&js[copied..name.start]);
        if written.insert(number) {
            out.push_str(&number.to_string());
            out.push_str(&js[text.clone()]);
        }
        copied = text.end;
    }
    out.push_str(&js[copied..]);
    out
}

fn plain(js: &str) -> String {
    let is_comment = |line: &str| {
        ["//", "/*", "*"]
            .iter()
            .any(|start| line.starts_with(start))
    };
    unindented(js, is_comment)
}

/// A property of the object that the module imports from: where in the script it is.
struct Function {
    name: Range<usize>,
    /// From the colon after the name to the next property.
    text: Range<usize>,
}

/// The functions that a plain script has for the module: they follow each other.
fn functions(js: &str) -> impl Iterator<Item = Function> {
    let mut line_end = 0;
    let mut names = Vec::new();
    for line in js.split_inclusive('\n') {
        let start = line_end;
        line_end += line.len();
        if let Some((name, _)) = line.split_once(": function")
            && name.starts_with("__wb")
            && name.bytes().all(|b| b == b'_' || b.is_ascii_alphanumeric())
        {
            names.push(start..start + name.len());
        }
    }
    // The last one ends with the object.
    let last = names.last().map_or(0, |name| name.end);
    let end = js[last..].find("\n};").map_or(last, |at| last + at + 1);
    let ends: Vec<usize> = names.iter().skip(1).map(|n| n.start).chain([end]).collect();
    names.into_iter().zip(ends).map(|(name, end)| Function {
        text: name.end..end,
        name,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const JS: &str = r#"/**
 * Starts.
 */
function imports() {
    const import0 = {
        __wbg_b_1: function(x) {
            // why
            return x.c ? "b: 1" : 2;
        },
        __wbg_other_2: function() { return handleError(function (x) {
            return x.__wbg_b_1;
        }, arguments); },
        __wbg_b_3: function(x) {
            // why
            return x.c ? "b: 1" : 2;
        },
    };
}
"#;

    #[test]
    fn functions_that_are_alike_are_there_once() {
        let numbers = numbers(&plain(JS));
        let by_name = [("__wbg_b_1", 0), ("__wbg_b_3", 0), ("__wbg_other_2", 1)];
        let by_name = by_name.map(|(name, number)| (name.to_owned(), number));
        assert_eq!(numbers, BTreeMap::from(by_name));
        assert_eq!(
            script(JS, &numbers),
            "function imports() {\nconst import0 = {\n\
             0: function(x) {\nreturn x.c ? \"b: 1\" : 2;\n},\n\
             1: function() { return handleError(function (x) {\nreturn x.__wbg_b_1;\n}, arguments); },\n\
             };\n}\n"
        );
    }
}
