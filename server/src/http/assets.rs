//! The files that are served: built into the binary, in a folder, or in memory.

mod embedded;
mod folder;
mod memory;
mod path;

pub(crate) use embedded::client_files;
pub(crate) use path::{INDEX, is_content_hashed, static_path};

use super::encoding::Coding;
use axum::body::{Body, Bytes};
use std::{path::PathBuf, sync::Arc};

/// Where the static files come from. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct Assets {
    source: Source,
    /// Files beside it, by the path in the URL.
    more: Vec<(String, Extra)>,
}

/// A file that is served beside the others.
#[derive(Debug, Clone)]
enum Extra {
    /// On disk; who may see the page may see it.
    File(Arc<PathBuf>),
    /// On disk, and no secret.
    Public(Arc<PathBuf>),
    /// In memory, and no secret.
    Memory(Arc<memory::Files>),
}

#[derive(Debug, Clone)]
enum Source {
    Embedded(&'static [embedded::File]),
    Folder(Arc<PathBuf>),
    Memory(Arc<memory::Files>),
}

/// A file that is ready to be sent.
#[derive(Debug)]
pub(crate) struct Asset {
    pub(crate) body: Body,
    pub(crate) length: u64,
    pub(crate) coding: Coding,
    /// A quoted entity tag; the codings of a file have different ones.
    pub(crate) etag: String,
}

impl Assets {
    /// The client that was built into this crate: what `server/dist` held when it was compiled.
    /// Without one there is a page that says how to build it.
    pub fn embedded() -> Assets {
        Assets::of(Source::Embedded(embedded::files()))
    }

    /// The files of a folder, read anew for each request. Files that are already compressed are
    /// used where they stand beside the plain ones (`app.js.br`, `app.js.gz`). Hidden files, and
    /// links that lead out of the folder, are not served.
    pub fn folder(path: impl Into<PathBuf>) -> Assets {
        Assets::of(Source::Folder(Arc::new(path.into())))
    }

    fn of(source: Source) -> Assets {
        let more = Vec::new();
        Assets { source, more }
    }

    /// Adds a file on disk at a path such as `scan.viser`, read anew for each request. It goes
    /// before one of the others at that path.
    pub fn with_file(mut self, url_path: &str, file: impl Into<PathBuf>) -> Assets {
        let path = url_path.trim_start_matches('/').to_owned();
        self.more.push((path, Extra::File(Arc::new(file.into()))));
        self
    }

    /// The same for a file that anybody may see.
    pub(crate) fn with_public_file(mut self, path: &str, file: PathBuf) -> Assets {
        self.more
            .push((path.to_owned(), Extra::Public(Arc::new(file))));
        self
    }

    /// The same for a text in memory that anybody may see.
    pub(crate) fn with_public_text(mut self, path: &str, text: String) -> Assets {
        let files = memory::Files::new([(path, text)]);
        self.more
            .push((path.to_owned(), Extra::Memory(Arc::new(files))));
        self
    }

    /// Files in memory, such as those that a program embeds with `include_bytes!`, by their path
    /// below the root. `index.html` stands for the root itself.
    pub fn files<P, B>(files: impl IntoIterator<Item = (P, B)>) -> Assets
    where
        P: Into<String>,
        B: Into<Bytes>,
    {
        Assets::of(Source::Memory(Arc::new(memory::Files::new(files))))
    }

    /// No files: every request but for a WebSocket is answered 404.
    pub fn none() -> Assets {
        Assets::files(std::iter::empty::<(String, Bytes)>())
    }

    /// Logs what is missing for these to be served, if anything.
    pub(crate) fn warn_if_missing(&self) {
        match &self.source {
            Source::Embedded(_) => embedded::warn_if_missing(),
            Source::Folder(root) if !root.join(path::INDEX).is_file() => {
                tracing::warn!("{} has no {}", root.display(), path::INDEX);
            }
            Source::Folder(_) | Source::Memory(_) => {}
        }
    }

    /// Finds the file at a path that [`static_path`] made, in the first coding that there is.
    pub(crate) async fn find(&self, path: &str, preference: &[Coding]) -> Option<Asset> {
        match self.extra(path) {
            Some(Extra::File(file) | Extra::Public(file)) => return folder::single(file).await,
            Some(Extra::Memory(files)) => return files.find(path),
            None => {}
        }
        match &self.source {
            Source::Embedded(files) => embedded::find(files, path, preference),
            Source::Folder(root) => folder::find(root, path, preference).await,
            Source::Memory(files) => files.find(path),
        }
    }

    /// Whether the file is part of the published client, the same for everyone and no secret. The
    /// page is not: to see it is to use the server. Nothing is known about other files.
    pub(crate) fn is_public(&self, path: &str) -> bool {
        match self.extra(path) {
            Some(Extra::Public(_) | Extra::Memory(_)) => true,
            Some(Extra::File(_)) => false,
            None => matches!(self.source, Source::Embedded(_)) && path != path::INDEX,
        }
    }

    fn extra(&self, path: &str) -> Option<&Extra> {
        let mut extra = self.more.iter();
        extra.find(|(known, _)| known == path).map(|(_, file)| file)
    }

    /// The Content-Security-Policy of the built-in page, without `frame-ancestors`. What other
    /// pages may need is not known.
    pub(crate) fn content_security_policy(&self) -> Option<&'static str> {
        match self.source {
            Source::Embedded(_) => Some(embedded::content_security_policy()),
            Source::Folder(_) | Source::Memory(_) => None,
        }
    }
}
