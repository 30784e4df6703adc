//! Files on their way to a server.
//!
//! A file is read piece by piece, no faster than the server takes it in: what has been sent and is
//! not acknowledged is at most [`MAX_UNTAKEN_BYTES`], so that neither this page nor the socket
//! holds more of it.

use scenecast_protocol::transfer::{FileTransferPartAck, FileTransferStartUpload};

/// Bytes of a part.
pub const PART_BYTES: u64 = 512 << 10;
/// The most bytes that are sent and not yet acknowledged.
pub const MAX_UNTAKEN_BYTES: u64 = 8 * PART_BYTES;
/// A file whose connection is lost begins anew so many times.
const MAX_RESTARTS: u32 = 3;

/// A file as far as it has gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    component: String,
    transfer: String,
    filename: String,
    mime_type: String,
    bytes: u64,
    /// The next part to be read.
    next: u64,
    /// A part is being read.
    is_reading: bool,
    taken: u64,
    restarts: u32,
}

/// A part that is to be read and sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its number.
    pub index: u64,
    /// Its first byte.
    pub start: u64,
    /// The byte after it.
    pub end: u64,
}

impl Upload {
    /// A file for an upload button; `transfer` names the transfer.
    pub fn new(
        component: &str,
        transfer: String,
        filename: String,
        mime_type: String,
        bytes: u64,
    ) -> Self {
        Self {
            component: component.to_owned(),
            transfer,
            filename,
            mime_type,
            bytes,
            next: 0,
            is_reading: false,
            taken: 0,
            restarts: 0,
        }
    }

    /// The name of the transfer.
    pub fn transfer(&self) -> &str {
        &self.transfer
    }

    /// The file's name.
    pub fn filename(&self) -> &str {
        &self.filename
    }

    /// The file's bytes.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// What announces the file.
    pub fn announcement(&self) -> FileTransferStartUpload {
        FileTransferStartUpload {
            source_component_uuid: self.component.clone(),
            transfer_uuid: self.transfer.clone(),
            filename: self.filename.clone(),
            mime_type: self.mime_type.clone(),
            part_count: self.part_count() as i64,
            size_bytes: self.bytes as i64,
        }
    }

    fn part_count(&self) -> u64 {
        self.bytes.div_ceil(PART_BYTES)
    }

    /// The part that is to be read now, one at a time; [`sent`](Self::sent) asks for the next.
    pub fn part(&mut self) -> Option<Part> {
        let start = self.next * PART_BYTES;
        let is_due = !self.is_reading && start < self.bytes && !self.is_done();
        if !is_due || start.saturating_sub(self.taken) >= MAX_UNTAKEN_BYTES {
            return None;
        }
        self.is_reading = true;
        Some(Part {
            index: self.next,
            start,
            end: self.bytes.min(start + PART_BYTES),
        })
    }

    /// The part that was asked for is on its way.
    pub fn sent(&mut self) {
        self.is_reading = false;
        self.next += 1;
    }

    /// The server has taken in so much.
    pub fn take(&mut self, ack: &FileTransferPartAck) {
        let taken = u64::try_from(ack.transferred_bytes).unwrap_or_default();
        self.taken = self.taken.max(taken.min(self.bytes));
        // An empty file is done when the server says so.
        if self.bytes == 0 {
            self.next = 1;
        }
    }

    /// How much the server has, 0 to 1.
    pub fn share(&self) -> f64 {
        if self.bytes == 0 {
            return f64::from(u8::from(self.is_done()));
        }
        self.taken as f64 / self.bytes as f64
    }

    /// Whether the server has all of it, or wants no more.
    pub fn is_done(&self) -> bool {
        match self.bytes {
            0 => self.next > 0,
            bytes => self.taken == bytes,
        }
    }

    /// Begins anew on another connection, as another transfer: the server has dropped what it had.
    /// Returns whether that is worth trying.
    pub fn restart(&mut self, transfer: String) -> bool {
        self.restarts += 1;
        self.transfer = transfer;
        (self.next, self.taken, self.is_reading) = (0, 0, false);
        self.restarts <= MAX_RESTARTS
    }
}

/// Whether a file is one of those that a button asks for; `accept` is a list such as
/// `image/*, .ply`.
pub fn is_accepted(accept: &str, filename: &str, mime_type: &str) -> bool {
    let filename = filename.to_ascii_lowercase();
    let mime_type = mime_type.to_ascii_lowercase();
    let mut kinds = accept
        .split(',')
        .map(str::trim)
        .filter(|kind| !kind.is_empty())
        .peekable();
    if kinds.peek().is_none() {
        return true;
    }
    kinds
        .map(str::to_ascii_lowercase)
        .any(|kind| match kind.split_once('/') {
            _ if kind.starts_with('.') => filename.ends_with(&kind),
            Some(("*", "*")) => true,
            Some((kind, "*")) => mime_type.split('/').next() == Some(kind),
            _ => mime_type == kind,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upload(bytes: u64) -> Upload {
        Upload::new(
            "button",
            "t".to_owned(),
            "a.ply".to_owned(),
            String::new(),
            bytes,
        )
    }

    fn ack(bytes: u64) -> FileTransferPartAck {
        FileTransferPartAck {
            source_component_uuid: None,
            transfer_uuid: "t".to_owned(),
            transferred_bytes: bytes as i64,
            total_bytes: 0,
        }
    }

    #[test]
    fn parts_cover_the_file() {
        let mut file = upload(2 * PART_BYTES + 1);
        assert_eq!(file.announcement().part_count, 3);
        let mut end = 0;
        for index in 0..3 {
            let part = file.part().unwrap();
            assert_eq!((part.index, part.start), (index, end));
            assert_eq!(file.part(), None, "one at a time");
            end = part.end;
            file.sent();
        }
        assert_eq!(end, file.bytes());
        assert_eq!(file.part(), None);
        file.take(&ack(PART_BYTES));
        assert!(file.share() > 0.3 && !file.is_done());
        file.take(&ack(end));
        assert!(file.is_done());
    }

    #[test]
    fn no_more_is_sent_than_is_taken_in() {
        let mut file = upload(1 << 40);
        let mut sent = 0;
        while let Some(part) = file.part() {
            sent = part.end;
            file.sent();
        }
        assert_eq!(sent, MAX_UNTAKEN_BYTES);
        file.take(&ack(PART_BYTES));
        assert_eq!(file.part().map(|part| part.start), Some(sent));
        file.sent();
        assert_eq!(file.part(), None);
    }

    #[test]
    fn an_empty_file_is_done_when_the_server_says_so() {
        let mut file = upload(0);
        assert_eq!((file.part(), file.announcement().part_count), (None, 0));
        assert_eq!((file.is_done(), file.share()), (false, 0.0));
        file.take(&ack(0));
        assert_eq!((file.is_done(), file.share()), (true, 1.0));
    }

    #[test]
    fn a_server_that_gives_up_gets_no_more() {
        let mut file = upload(1 << 30);
        file.part();
        file.sent();
        file.take(&ack(1 << 30));
        assert_eq!((file.part(), file.is_done()), (None, true));
        file.take(&ack(u64::MAX));
        assert!(file.share() <= 1.0);
    }

    #[test]
    fn begins_anew_a_few_times() {
        let mut file = upload(PART_BYTES);
        file.part();
        file.take(&ack(10));
        for attempt in 0..MAX_RESTARTS {
            assert!(file.restart(attempt.to_string()));
            assert_eq!(
                (file.transfer(), file.share()),
                (&*attempt.to_string(), 0.0)
            );
            assert_eq!(file.part().map(|part| part.index), Some(0));
        }
        assert!(!file.restart("last".to_owned()));
    }

    #[test]
    fn files_are_of_the_kinds_that_are_asked_for() {
        for (accept, accepted) in [
            ("*/*", true),
            ("", true),
            ("image/*", true),
            ("image/png", true),
            (".ply, .PNG", true),
            ("video/*,image/*", true),
            ("image/jpeg", false),
            (".ply", false),
            ("text/*", false),
            ("png", false),
        ] {
            assert_eq!(
                is_accepted(accept, "A.png", "image/PNG"),
                accepted,
                "{accept}"
            );
        }
        assert!(is_accepted(".ply", "scan.PLY", ""));
        assert!(!is_accepted("image/*", "scan.ply", ""));
    }
}
