//! Files on their way from a server.
//!
//! Parts are handed on as they come: what is kept here is who waits for what. A file may be larger
//! than the page's memory if whoever keeps the parts can.

use scenecast_protocol::transfer::{FileTransferPart, FileTransferStartDownload};

use crate::ordered::OrderedMap;

/// The most files under way at one time.
const MAX_FILES: usize = 64;
/// The most bytes of a file.
const MAX_BYTES: i64 = 16 << 30;
/// The most parts of a file.
const MAX_PARTS: i64 = 1 << 20;

/// A file as far as it has come; `P` is what its parts are kept as.
#[derive(Debug)]
pub struct Download<P> {
    /// Its name.
    pub filename: String,
    /// Its type.
    pub mime_type: String,
    /// Save it without being asked.
    pub save_immediately: bool,
    size_bytes: i64,
    part_count: i64,
    received_bytes: i64,
    /// By number.
    parts: OrderedMap<i64, P>,
}

/// All files under way, by the names of their transfers.
#[derive(Debug)]
pub struct Downloads<P>(OrderedMap<String, Download<P>>);

/// What a message about a file comes to.
#[derive(Debug)]
pub enum Progress<P> {
    /// So much of it, 0 to 1, is here.
    Receiving(f64),
    /// All of it is here.
    Done(Download<P>),
}

/// Why a file does not come.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DownloadError {
    /// It is too large, or too many are under way.
    #[error(
        "the file {filename:?} of {size_bytes} bytes in {part_count} parts is not taken; \
         at most {MAX_FILES} files of {MAX_BYTES} bytes in {MAX_PARTS} parts are"
    )]
    Limit {
        /// Its name.
        filename: String,
        /// Its bytes.
        size_bytes: i64,
        /// Its parts.
        part_count: i64,
    },
    /// A part is of no file that has been announced.
    #[error("a part of the unknown transfer {0:?}")]
    Unknown(String),
    /// A part does not belong there, or there are more bytes than announced.
    #[error("part {part} of the file {filename:?} does not fit")]
    Part {
        /// The file.
        filename: String,
        /// The part's number.
        part: i64,
    },
}

impl<P> Default for Downloads<P> {
    fn default() -> Self {
        Self(OrderedMap::default())
    }
}

impl<P> Downloads<P> {
    /// A file is announced. An empty one is done.
    ///
    /// # Errors
    /// It is more than this page takes.
    pub fn start(
        &mut self,
        start: &FileTransferStartDownload,
    ) -> Result<Progress<P>, DownloadError> {
        let FileTransferStartDownload {
            size_bytes,
            part_count,
            ..
        } = *start;
        let fits = (0..=MAX_BYTES).contains(&size_bytes)
            && (0..=MAX_PARTS).contains(&part_count)
            && self.0.len() < MAX_FILES;
        if !fits {
            return Err(DownloadError::Limit {
                filename: start.filename.clone(),
                size_bytes,
                part_count,
            });
        }
        let download = Download {
            filename: start.filename.clone(),
            mime_type: start.mime_type.clone(),
            save_immediately: start.save_immediately,
            size_bytes,
            part_count,
            received_bytes: 0,
            parts: OrderedMap::default(),
        };
        if size_bytes == 0 {
            return Ok(Progress::Done(download));
        }
        self.0.insert(start.transfer_uuid.clone(), download);
        Ok(Progress::Receiving(0.0))
    }

    /// A part is here; `keep` makes of its bytes what is kept. A part that is here already is left
    /// out.
    ///
    /// # Errors
    /// It belongs to no file under way, or not to that file, which is given up then.
    pub fn part(
        &mut self,
        part: &FileTransferPart,
        keep: impl FnOnce(&[u8]) -> P,
    ) -> Result<Progress<P>, DownloadError> {
        let uuid = &part.transfer_uuid;
        let Some(download) = self.0.get_mut(uuid) else {
            return Err(DownloadError::Unknown(uuid.clone()));
        };
        let bytes = part.content.len() as i64;
        let fits = (0..download.part_count).contains(&part.part_index)
            && download.received_bytes + bytes <= download.size_bytes;
        let is_new = download.parts.get(&part.part_index).is_none();
        if !fits && is_new {
            let filename = download.filename.clone();
            self.0.remove(uuid);
            return Err(DownloadError::Part {
                filename,
                part: part.part_index,
            });
        }
        if is_new {
            download.parts.insert(part.part_index, keep(&part.content));
            download.received_bytes += bytes;
        }
        if download.received_bytes < download.size_bytes {
            let share = download.received_bytes as f64 / download.size_bytes as f64;
            return Ok(Progress::Receiving(share));
        }
        match self.0.remove(uuid) {
            Some(done) => Ok(Progress::Done(done)),
            None => Err(DownloadError::Unknown(uuid.clone())),
        }
    }

    /// The server is gone: no more parts will come. Returns the transfers given up.
    pub fn abandon(&mut self) -> Vec<String> {
        std::mem::take(&mut self.0)
            .into_entries()
            .map(|(uuid, _)| uuid)
            .collect()
    }
}

impl<P> Download<P> {
    /// The parts in order.
    pub fn into_parts(self) -> impl Iterator<Item = P> {
        self.parts.into_entries().map(|(_, part)| part)
    }
}

/// Name and size as people read them: `scan.ply (1.2M)`.
pub fn described(filename: &str, size_bytes: i64) -> String {
    let mut size = size_bytes.max(0) as f64;
    let mut unit = "B";
    for larger in ["K", "M", "G", "T", "P"] {
        if size < 100.0 {
            break;
        }
        size /= 1024.0;
        unit = larger;
    }
    format!("{filename} ({size:.1}{unit})")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(size_bytes: i64, part_count: i64) -> FileTransferStartDownload {
        FileTransferStartDownload {
            save_immediately: true,
            transfer_uuid: "t".to_owned(),
            filename: "a.txt".to_owned(),
            mime_type: "text/plain".to_owned(),
            part_count,
            size_bytes,
        }
    }

    fn part(part_index: i64, content: &'static [u8]) -> FileTransferPart {
        FileTransferPart {
            source_component_uuid: None,
            transfer_uuid: "t".to_owned(),
            part_index,
            content: content.into(),
        }
    }

    fn receive(
        downloads: &mut Downloads<Vec<u8>>,
        part: &FileTransferPart,
    ) -> Result<Progress<Vec<u8>>, DownloadError> {
        downloads.part(part, <[u8]>::to_vec)
    }

    #[test]
    fn files_are_put_together_in_order() {
        let mut downloads = Downloads::default();
        assert!(matches!(
            downloads.start(&start(5, 3)),
            Ok(Progress::Receiving(0.0))
        ));
        for late in [part(2, b"e"), part(0, b"ab"), part(0, b"ab")] {
            let progress = receive(&mut downloads, &late);
            assert!(matches!(progress, Ok(Progress::Receiving(share)) if share < 1.0));
        }
        match receive(&mut downloads, &part(1, b"cd")) {
            Ok(Progress::Done(file)) => {
                assert_eq!(file.into_parts().flatten().collect::<Vec<u8>>(), b"abcde");
            }
            other => panic!("{other:?}"),
        }
        let after = receive(&mut downloads, &part(1, b"cd"));
        assert!(matches!(after, Err(DownloadError::Unknown(_))));
    }

    #[test]
    fn empty_files_are_complete() {
        let mut downloads = Downloads::<Vec<u8>>::default();
        assert!(matches!(
            downloads.start(&start(0, 0)),
            Ok(Progress::Done(_))
        ));
        assert!(downloads.abandon().is_empty());
    }

    #[test]
    fn what_does_not_fit_ends_the_file() {
        for wrong in [part(3, b"a"), part(-1, b"a"), part(0, b"abcdef")] {
            let mut downloads = Downloads::default();
            downloads.start(&start(5, 3)).unwrap();
            let error = receive(&mut downloads, &wrong).unwrap_err();
            assert!(error.to_string().contains("a.txt"), "{error}");
            assert!(downloads.abandon().is_empty());
        }
    }

    #[test]
    fn there_are_limits() {
        let mut downloads = Downloads::<Vec<u8>>::default();
        for (bytes, parts) in [(MAX_BYTES + 1, 1), (-1, 1), (1, MAX_PARTS + 1)] {
            assert!(downloads.start(&start(bytes, parts)).is_err());
        }
        for i in 0..MAX_FILES {
            let transfer_uuid = i.to_string();
            let started = downloads.start(&FileTransferStartDownload {
                transfer_uuid,
                ..start(5, 1)
            });
            assert!(started.is_ok());
        }
        assert!(downloads.start(&start(5, 1)).is_err());
        assert_eq!(downloads.abandon().len(), MAX_FILES);
    }

    #[test]
    fn sizes_are_readable() {
        let sizes = [
            (0, "0.0B"),
            (99, "99.0B"),
            (100, "0.1K"),
            (1_500_000, "1.4M"),
            (-5, "0.0B"),
        ];
        for (bytes, text) in sizes {
            assert_eq!(described("f", bytes), format!("f ({text})"));
        }
    }
}
