//! Where recordings come from: addresses, files, the page itself.

use bytes::Bytes;
use js_sys::futures::JsFuture;
use js_sys::{ArrayBuffer, Function, JsString, Promise, Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, File, ReadableStream, ReadableStreamDefaultReader, Response, Window};

use crate::url_params::number;

/// The largest file that is taken in: 1 GiB.
pub(crate) const MAX_FILE_BYTES: usize = 1 << 30;

/// A recording that is to be read.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    /// At an address.
    Url(String),
    /// A file of the user's, or anything like it.
    Blob(Blob),
    /// In memory.
    Buffer(ArrayBuffer),
    /// In the page, as base64.
    Embedded(JsString),
}

impl Source {
    /// What programs may give: an address, an `ArrayBuffer` or a view of one, a `Blob` or `File`.
    pub(crate) fn from_js(value: &JsValue) -> Option<Self> {
        if let Some(url) = value.as_string() {
            return Some(Self::Url(url));
        }
        if let Some(blob) = value.dyn_ref::<Blob>() {
            return Some(Self::Blob(blob.clone()));
        }
        if let Some(buffer) = value.dyn_ref::<ArrayBuffer>() {
            return Some(Self::Buffer(buffer.clone()));
        }
        let view = value.dyn_ref::<Uint8Array>()?;
        let end = view.byte_offset() + view.byte_length();
        Some(Self::Buffer(
            view.buffer().slice_with_end(view.byte_offset(), end),
        ))
    }

    /// What to call it.
    pub(crate) fn name(&self) -> String {
        match self {
            Source::Url(url) => {
                let path = url.split(['?', '#']).next().unwrap_or_default();
                path.rsplit('/').next().unwrap_or_default().to_owned()
            }
            Source::Blob(blob) => blob
                .dyn_ref::<File>()
                .map_or_else(|| "the recording".to_owned(), File::name),
            Source::Buffer(_) | Source::Embedded(_) => "the recording".to_owned(),
        }
    }

    /// Reads it whole; `report` hears of each piece how much has come, and of how much if that is
    /// known.
    ///
    /// # Errors
    /// It cannot be read, or is too large; in words.
    pub(crate) async fn read(
        self,
        window: &Window,
        report: impl FnMut(f64, Option<f64>),
    ) -> Result<Bytes, String> {
        match self {
            Source::Url(url) => fetch(window, &url.into(), report).await,
            // The browser decodes it, piece by piece.
            Source::Embedded(digits) => {
                let url = JsString::from("data:;base64,").concat(&digits);
                let fetched = fetch(window, &url, report).await;
                fetched.map_err(|_| "the page's data is no base64".to_owned())
            }
            Source::Blob(blob) => {
                check_size(blob.size() as usize)?;
                read_stream(&blob.stream(), Some(blob.size()), report).await
            }
            Source::Buffer(buffer) => {
                check_size(buffer.byte_length() as usize)?;
                Ok(Uint8Array::new(&buffer).to_vec().into())
            }
        }
    }
}

async fn fetch(
    window: &Window,
    url: &JsString,
    report: impl FnMut(f64, Option<f64>),
) -> Result<Bytes, String> {
    // By name: a large address is not to be copied here and back.
    let fetch: Function = Reflect::get(window, &"fetch".into())
        .unwrap_or_default()
        .unchecked_into();
    let response = fetch.call1(window, url);
    let response = match response {
        Ok(promise) => JsFuture::from(promise.unchecked_into::<Promise>()).await,
        Err(error) => Err(error),
    };
    let response: Response = response.map_err(|error| describe(&error))?.unchecked_into();
    if !response.ok() {
        let (status, text) = (response.status(), response.status_text());
        let answer = format!("the server answered {status} {text}");
        return Err(answer.trim_end().to_owned());
    }
    let total = content_length(&response);
    let body = response
        .body()
        .ok_or("the server answered without content")?;
    read_stream(&body, total, report).await
}

/// How much will come, where the server says so and does not compress it.
fn content_length(response: &Response) -> Option<f64> {
    let header = |name| response.headers().get(name).ok().flatten();
    match header("content-encoding") {
        Some(_) => None,
        None => number(&header("content-length")?),
    }
}

async fn read_stream(
    stream: &ReadableStream,
    total: Option<f64>,
    mut report: impl FnMut(f64, Option<f64>),
) -> Result<Bytes, String> {
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut bytes = Vec::with_capacity(total.unwrap_or(0.0).min(64e6) as usize);
    loop {
        let piece = JsFuture::from(reader.read())
            .await
            .map_err(|error| describe(&error))?;
        let chunk = Reflect::get(&piece, &"value".into()).unwrap_or_default();
        let Some(chunk) = chunk.dyn_ref::<Uint8Array>() else {
            return Ok(bytes.into());
        };
        let start = bytes.len();
        if let Err(error) = check_size(start + chunk.length() as usize) {
            // What else comes is not wanted; nobody waits for the end of that.
            let _ = reader.cancel();
            return Err(error);
        }
        bytes.resize(start + chunk.length() as usize, 0);
        chunk.copy_to(&mut bytes[start..]);
        report(bytes.len() as f64, total);
    }
}

fn check_size(bytes: usize) -> Result<(), String> {
    if bytes > MAX_FILE_BYTES {
        return Err(format!("it is larger than {} MiB", MAX_FILE_BYTES >> 20));
    }
    Ok(())
}

/// A JavaScript error as text.
fn describe(error: &JsValue) -> String {
    crate::app::describe(error)
}
