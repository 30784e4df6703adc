//! Recordings, `.viser` files: written without a server, exported as pages.
//!
//! A server's scene is recorded by
//! [`Server::get_scene_serializer`](crate::Server::get_scene_serializer). What is here is for
//! messages from elsewhere and for files that are there already.

mod display;
mod static_page;
mod whole_file;
mod writer;

pub use crate::infra::serializer::StateSerializer;
#[doc(no_inline)]
pub use scenecast_protocol::recording::{Summary, SummaryError, summarize};
pub use whole_file::WholeFile;
pub use writer::Writer;

pub(crate) use display::show;
pub(crate) use static_page::StaticPage;

use crate::error::{Error, Result};
use std::io::{self, Read, Write};

/// Writes a page that plays a recording without a server, from a file too. It has no bytes but its
/// own. What `recording` yields is put on the page as it is.
///
/// # Errors
/// [`NoClient`](Error::NoClient) where this build has no browser client,
/// [`Recording`](Error::Recording) where `recording` or `out` fails.
pub fn export_html(mut recording: impl Read, out: impl Write, dark_mode: bool) -> Result<()> {
    StaticPage::new(dark_mode)?.write(out, |out| match io::copy(&mut recording, out) {
        Ok(_) => Ok(()),
        Err(error) => Err(Error::Recording(error)),
    })
}
