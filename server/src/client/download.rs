//! Files for viewers to save.

use super::Client;
use crate::{
    error::{Error, Result},
    infra::ClientId,
    random,
    scope::Scope,
};
use bytes::Bytes;
use scenecast_protocol::transfer::{FileTransferPart, FileTransferStartDownload};
use std::{
    fs::File,
    path::{Path, PathBuf},
    sync::PoisonError,
    time::Duration,
};
use tokio::{io::AsyncReadExt, sync::oneshot};

/// Bytes of a file in one message, unless asked for another number.
const CHUNK_SIZE: usize = 1 << 20;

/// A file of at most this size is sent by the caller, others beside it.
const SMALL: usize = 4 << 20;

/// How often to look whether a viewer has taken what was sent.
const POLL: Duration = Duration::from_millis(10);

/// A file for viewers to save: bytes, or a file on this machine that is read piece by piece while
/// it is sent. However large it is, little of it is in memory at a time.
///
/// ```no_run
/// # fn main() -> scenecast::Result<()> {
/// use scenecast::{Download, Server};
/// # let server = Server::builder().start()?;
/// server.send_file_download(Download::new("notes.txt", "a cube and a ball"))?;
/// server.send_file_download(Download::from_path("scan.ply").save_immediately(true))?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Download {
    filename: String,
    content: Content,
    chunk_size: usize,
    save_immediately: bool,
}

#[derive(Debug, Clone)]
enum Content {
    Bytes(Bytes),
    Path(PathBuf),
}

impl Download {
    /// These bytes, under this name.
    pub fn new(filename: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self::with(filename.into(), Content::Bytes(content.into()))
    }

    /// A file on this machine, under its own name.
    pub fn from_path(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        let name = path.file_name().unwrap_or(path.as_os_str());
        Self::with(
            name.to_string_lossy().into_owned(),
            Content::Path(path.to_owned()),
        )
    }

    fn with(filename: String, content: Content) -> Self {
        Self {
            filename,
            content,
            chunk_size: CHUNK_SIZE,
            save_immediately: false,
        }
    }

    /// Under another name.
    #[must_use]
    pub fn filename(mut self, filename: impl Into<String>) -> Self {
        self.filename = filename.into();
        self
    }

    /// Whether the browser saves the file at once; unless set, it shows a link.
    #[must_use]
    pub fn save_immediately(mut self, save_immediately: bool) -> Self {
        self.save_immediately = save_immediately;
        self
    }

    /// How many bytes are sent at a time; 1 MiB unless set, at least 1, and at most a quarter of
    /// [`max_queued_bytes`](crate::Builder::max_queued_bytes).
    #[must_use]
    pub fn chunk_size(mut self, bytes: usize) -> Self {
        self.chunk_size = bytes;
        self
    }
}

impl Client {
    /// Sends the viewer a file to save. A large one is sent beside other messages, no faster than
    /// the viewer takes it; what goes wrong then, as when the file is cut short meanwhile, is
    /// logged.
    ///
    /// # Errors
    /// The file cannot be read, or the viewer has left.
    pub fn send_file_download(&self, download: Download) -> Result<()> {
        let outbox = &self.inner.scene.inner.scope.outbox;
        let Some((queued, limit)) = outbox.queued(self.id()) else {
            return Err(Error::Disconnected { client: self.id() });
        };
        let chunk_size = download.chunk_size.min(limit / 4).max(1);
        let (source, size) = match download.content {
            Content::Bytes(bytes) => (Source::Bytes(bytes.clone()), bytes.len() as u64),
            Content::Path(path) => open(path)?,
        };
        let transfer = Transfer {
            scope: self.inner.scene.inner.scope.clone(),
            client: self.id(),
            uuid: random::uuid(),
            chunk_size,
        };
        let start = FileTransferStartDownload {
            save_immediately: download.save_immediately,
            transfer_uuid: transfer.uuid.clone(),
            mime_type: mime_type(&download.filename),
            filename: download.filename,
            part_count: size.div_ceil(chunk_size as u64) as i64,
            size_bytes: size as i64,
        };
        match source {
            Source::Bytes(bytes) if bytes.len() <= SMALL && queued + bytes.len() <= limit / 2 => {
                transfer.scope.send(start);
                transfer.send_all(bytes);
            }
            source => {
                // One after the other in the order of calls, so that together they stay within the
                // limit.
                let (done, after) = oneshot::channel::<()>();
                let before = self.inner.downloads.lock();
                let before = before
                    .unwrap_or_else(PoisonError::into_inner)
                    .replace(after);
                self.runtime().spawn(async move {
                    let _until_the_end = done;
                    if let Some(before) = before {
                        // An error, since nothing is ever said: it is done.
                        let _ = before.await;
                    }
                    transfer.scope.send(start);
                    if let Err(error) = transfer.stream(source, size).await {
                        let client = transfer.client;
                        tracing::warn!("a download of viewer {client} is incomplete: {error}");
                    }
                });
            }
        }
        Ok(())
    }
}

fn open(path: PathBuf) -> Result<(Source, u64)> {
    let opened = File::open(&path).and_then(|file| {
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Err(std::io::ErrorKind::InvalidInput.into());
        }
        Ok((file, metadata.len()))
    });
    match opened {
        Ok((file, size)) => Ok((Source::File(tokio::fs::File::from_std(file)), size)),
        Err(source) => Err(Error::File { path, source }),
    }
}

fn mime_type(filename: &str) -> String {
    let guess = mime_guess::from_path(filename).first_or_octet_stream();
    guess.essence_str().to_owned()
}

/// Where the bytes of a file come from.
enum Source {
    Bytes(Bytes),
    File(tokio::fs::File),
}

impl Source {
    async fn read(&mut self, len: usize) -> std::io::Result<Bytes> {
        match self {
            Source::Bytes(bytes) => Ok(bytes.split_to(len.min(bytes.len()))),
            Source::File(file) => {
                let mut part = vec![0; len];
                file.read_exact(&mut part).await?;
                Ok(part.into())
            }
        }
    }
}

/// A file on its way to one viewer.
struct Transfer {
    scope: Scope,
    client: ClientId,
    uuid: String,
    chunk_size: usize,
}

impl Transfer {
    fn send_part(&self, part_index: i64, content: Bytes) {
        self.scope.send(FileTransferPart {
            source_component_uuid: None,
            transfer_uuid: self.uuid.clone(),
            part_index,
            content,
        });
        self.scope.outbox.flush();
    }

    fn send_all(&self, mut bytes: Bytes) {
        for index in 0.. {
            if bytes.is_empty() {
                break;
            }
            let part = bytes.split_to(self.chunk_size.min(bytes.len()));
            self.send_part(index, part);
        }
    }

    /// Sends part after part, each once the viewer has taken most of those before.
    async fn stream(&self, mut source: Source, size: u64) -> std::io::Result<()> {
        let mut sent = 0;
        for index in 0.. {
            if sent == size {
                break;
            }
            // Fits, since it is at most the chunk size.
            let len = (size - sent).min(self.chunk_size as u64) as usize;
            let part = source.read(len).await?;
            if !self.wait_for_room(part.len()).await {
                // The viewer has left.
                return Ok(());
            }
            self.send_part(index, part);
            sent += len as u64;
        }
        Ok(())
    }

    /// Waits until so many bytes fit into the viewer's queue; `false` if it has left.
    async fn wait_for_room(&self, bytes: usize) -> bool {
        while let Some((queued, limit)) = self.scope.outbox.queued(self.client) {
            if queued == 0 || queued + bytes <= limit / 4 {
                return true;
            }
            tokio::time::sleep(POLL).await;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::mime_type;

    #[test]
    fn types_follow_from_names() {
        assert_eq!(mime_type("hello.txt"), "text/plain");
        assert_eq!(mime_type("a.b/Picture.PNG"), "image/png");
        for unknown in ["", "scan", "scan.viser"] {
            assert_eq!(mime_type(unknown), "application/octet-stream", "{unknown}");
        }
    }
}
