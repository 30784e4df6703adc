//! Names of nodes: paths such as `/robot/arm`.

use crate::error::{Error, Result};
use std::sync::Arc;

/// The name with a slash at the front.
///
/// # Errors
/// The name has no parts or an empty one.
pub(crate) fn normalize(name: &str) -> Result<Arc<str>> {
    let reject = |reason| {
        Err(Error::InvalidName {
            name: name.to_owned(),
            reason,
        })
    };
    let path = name.strip_prefix('/').unwrap_or(name);
    if path.is_empty() {
        return reject("it is empty");
    }
    if path.split('/').any(str::is_empty) {
        return reject("a part between two slashes is empty");
    }
    Ok(if name.starts_with('/') {
        name.into()
    } else {
        format!("/{name}").into()
    })
}

/// The parent's name; empty for the root.
pub(crate) fn parent(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// The names of all nodes above this one, outermost first, without the root.
pub(crate) fn ancestors(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices('/').skip(1).map(|(at, _)| &name[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_get_a_slash_and_no_empty_parts() {
        assert_eq!(&*normalize("box").unwrap(), "/box");
        assert_eq!(&*normalize("/a/b").unwrap(), "/a/b");
        for bad in ["", "/", "/a/", "/a//b", "//a"] {
            assert!(normalize(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn ancestors_come_outermost_first() {
        assert_eq!(ancestors("/a/b/c").collect::<Vec<_>>(), ["/a", "/a/b"]);
        assert_eq!(ancestors("/a").count(), 0);
        assert_eq!(parent("/a/b"), "/a");
        assert_eq!(parent("/a"), "");
    }
}
