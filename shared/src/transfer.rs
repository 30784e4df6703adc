//! Files, share links, local storage, and what else passes between a server and one viewer.

message! {
    /// The replay of what happened before a viewer joined is complete.
    pub struct ReplayDone as "ReplayDoneMessage" {}
}

message! {
    /// A viewer begins to upload a file.
    pub struct FileTransferStartUpload as "FileTransferStartUpload" {
        /// The upload button.
        source_component_uuid: String,
        /// Names the transfer.
        transfer_uuid: String,
        /// Name of the file.
        filename: String,
        /// Type of the file.
        mime_type: String,
        /// How many parts follow.
        part_count: i64,
        /// How many bytes they hold together.
        size_bytes: i64,
    }
}

message! {
    /// The server begins to send a file.
    pub struct FileTransferStartDownload as "FileTransferStartDownload" {
        /// Save at once, instead of showing a link.
        save_immediately: bool,
        /// Names the transfer.
        transfer_uuid: String,
        /// Name of the file.
        filename: String,
        /// Type of the file.
        mime_type: String,
        /// How many parts follow.
        part_count: i64,
        /// How many bytes they hold together.
        size_bytes: i64,
    }
}

message! {
    /// A part of a file.
    pub struct FileTransferPart as "FileTransferPart" {
        /// The upload button, if a viewer sends.
        source_component_uuid: Option<String>,
        /// Which transfer.
        transfer_uuid: String,
        /// Which part, from 0.
        part_index: i64,
        /// Its bytes.
        content: bytes::Bytes,
    }
}

message! {
    /// The server has taken in parts of a file.
    pub struct FileTransferPartAck as "FileTransferPartAck" {
        /// The upload button.
        source_component_uuid: Option<String>,
        /// Which transfer.
        transfer_uuid: String,
        /// Bytes taken in.
        transferred_bytes: i64,
        /// Bytes in all.
        total_bytes: i64,
    }
}

message! {
    /// A viewer asks for a public link.
    pub struct ShareUrlRequest as "ShareUrlRequest" {}
}

message! {
    /// The public link.
    pub struct ShareUrlUpdated as "ShareUrlUpdated" {
        /// `None` when there is none.
        share_url: Option<String>,
    }
}

message! {
    /// A viewer ends the public link.
    pub struct ShareUrlDisconnect as "ShareUrlDisconnect" {}
}

message! {
    /// Source for the viewer to run; ours never does.
    pub struct RunJavascript as "RunJavascriptMessage" {
        /// The source.
        source: String,
    }
}

message! {
    /// Keeps a text in the viewer's browser.
    pub struct LocalStorageSetItem as "LocalStorageSetItemMessage" {
        /// Its name.
        key: String,
        /// The text.
        value: String,
    }
}

message! {
    /// Forgets a text kept in the viewer's browser.
    pub struct LocalStorageRemoveItem as "LocalStorageRemoveItemMessage" {
        /// Its name.
        key: String,
    }
}

message! {
    /// Forgets all texts kept in the viewer's browser.
    pub struct LocalStorageClear as "LocalStorageClearMessage" {}
}

message! {
    /// Asks for a text kept in the viewer's browser.
    pub struct LocalStorageGetItemRequest as "LocalStorageGetItemRequestMessage" {
        /// Its name.
        key: String,
        /// Names the answer.
        request_uuid: String,
    }
}

message! {
    /// The text that was asked for.
    pub struct LocalStorageGetItemResponse as "LocalStorageGetItemResponseMessage" {
        /// `None` if there is none.
        value: Option<String>,
        /// Why it could not be read.
        error: Option<String>,
        /// Which request this answers.
        request_uuid: String,
    }
}
