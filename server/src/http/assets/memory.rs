//! Files that a program holds in memory.

use super::Asset;
use crate::http::encoding::Coding;
use axum::body::{Body, Bytes};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// How much of a file's hash tells it from others.
const TAG_BYTES: usize = 8;

#[derive(Debug)]
struct File {
    bytes: Bytes,
    etag: String,
}

/// Files by their path below the root.
#[derive(Debug)]
pub(super) struct Files(BTreeMap<String, File>);

impl Files {
    pub(super) fn new<P, B>(files: impl IntoIterator<Item = (P, B)>) -> Self
    where
        P: Into<String>,
        B: Into<Bytes>,
    {
        let file = |(path, bytes): (P, B)| {
            let bytes: Bytes = bytes.into();
            let hash = Sha256::digest(&bytes);
            let hash: String = hash
                .iter()
                .take(TAG_BYTES)
                .map(|b| format!("{b:02x}"))
                .collect();
            let etag = format!("\"{hash}\"");
            let path: String = path.into();
            (
                path.trim_start_matches('/').to_owned(),
                File { bytes, etag },
            )
        };
        Self(files.into_iter().map(file).collect())
    }

    pub(super) fn find(&self, path: &str) -> Option<Asset> {
        let file = self.0.get(path)?;
        Some(Asset {
            body: Body::from(file.bytes.clone()),
            length: file.bytes.len() as u64,
            coding: Coding::Identity,
            etag: file.etag.clone(),
        })
    }
}
