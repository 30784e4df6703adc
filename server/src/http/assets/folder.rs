//! Static files from a folder on disk.

use super::Asset;
use crate::http::encoding::Coding;
use axum::body::Body;
use std::{io, path::Path, time::UNIX_EPOCH};
use tokio::fs::File;
use tokio_util::io::ReaderStream;

/// How much of a file is in memory at a time, per request.
const CHUNK_BYTES: usize = 64 * 1024;

pub(super) async fn find(root: &Path, path: &str, preference: &[Coding]) -> Option<Asset> {
    if path.split('/').any(|segment| segment.starts_with('.')) {
        return None;
    }
    for coding in preference {
        let candidate = root.join(format!("{path}{}", coding.suffix()));
        match open(root, &candidate, *coding).await {
            Ok(asset) => return Some(asset),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => tracing::debug!("{}: {error}", candidate.display()),
        }
    }
    None
}

/// A file of its own, wherever it is.
pub(super) async fn single(file: &Path) -> Option<Asset> {
    let open = async {
        let file = tokio::fs::canonicalize(file).await?;
        let folder = file.parent().unwrap_or(&file);
        open(folder, &file, Coding::Identity).await
    };
    let found = open.await;
    found
        .inspect_err(|error| tracing::warn!("{}: {error}", file.display()))
        .ok()
}

async fn open(root: &Path, candidate: &Path, coding: Coding) -> io::Result<Asset> {
    let resolved = tokio::fs::canonicalize(candidate).await?;
    if !resolved.starts_with(tokio::fs::canonicalize(root).await?) {
        return Err(io::Error::other("a link that leads out of the folder"));
    }
    // Looked at before it is opened: to open a pipe could wait for ever.
    if !tokio::fs::metadata(&resolved).await?.is_file() {
        return Err(io::ErrorKind::NotFound.into());
    }
    let file = File::open(&resolved).await?;
    let metadata = file.metadata().await?;
    let changed = metadata.modified()?.duration_since(UNIX_EPOCH);
    let changed = changed.map_or(0, |since| since.as_nanos());
    let length = metadata.len();
    // A file that grows while it is sent must not outgrow its announced length.
    let bytes = tokio::io::AsyncReadExt::take(file, length);
    Ok(Asset {
        body: Body::from_stream(ReaderStream::with_capacity(bytes, CHUNK_BYTES)),
        length,
        coding,
        etag: format!("\"{changed:x}-{length:x}{}\"", coding.suffix()),
    })
}
