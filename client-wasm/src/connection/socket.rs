//! The browser's WebSocket.

use bytes::Bytes;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{BinaryType, CloseEvent, MessageEvent, WebSocket};

/// While more than this waits to leave the browser, nothing that can wait is added.
const MAX_BUFFERED_BYTES: u32 = 1 << 20;

/// What happens to a socket.
pub(crate) enum Event {
    /// It is open.
    Open,
    /// The server sent a binary frame.
    Window(Bytes),
    /// The server sent text, which no server of ours does.
    Text,
    /// It is closed, or could not be opened.
    Close {
        /// The code; 1006 where there is none.
        code: u16,
        /// The server's reason.
        reason: String,
    },
}

/// A WebSocket that reports its events to a callback. Dropping it closes it and ends the reports.
pub(crate) struct Socket {
    socket: WebSocket,
    // The browser calls these for as long as the socket lives.
    _on_open: Closure<dyn FnMut()>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_close: Closure<dyn FnMut(CloseEvent)>,
}

impl Socket {
    /// Starts to connect, offering one subprotocol.
    ///
    /// # Errors
    /// The address is none.
    pub(crate) fn open(
        url: &str,
        protocol: &str,
        report: impl Fn(Event) + Clone + 'static,
    ) -> Result<Self, JsValue> {
        let socket = WebSocket::new_with_str(url, protocol)?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let on_open = Closure::new({
            let report = report.clone();
            move || report(Event::Open)
        });
        let on_message = Closure::new({
            let report = report.clone();
            move |event: MessageEvent| match event.data().dyn_into::<ArrayBuffer>() {
                // The one copy: from the browser's memory to ours.
                Ok(buffer) => report(Event::Window(Uint8Array::new(&buffer).to_vec().into())),
                Err(_) => report(Event::Text),
            }
        });
        let on_close = Closure::new(move |event: CloseEvent| {
            report(Event::Close {
                code: event.code(),
                reason: event.reason(),
            });
        });
        let this = Self {
            socket,
            _on_open: on_open,
            _on_message: on_message,
            _on_close: on_close,
        };
        this.socket
            .set_onopen(Some(this._on_open.as_ref().unchecked_ref()));
        this.socket
            .set_onmessage(Some(this._on_message.as_ref().unchecked_ref()));
        this.socket
            .set_onclose(Some(this._on_close.as_ref().unchecked_ref()));
        Ok(this)
    }

    /// Whether what is sent leaves soon.
    pub(crate) fn has_room(&self) -> bool {
        self.socket.buffered_amount() < MAX_BUFFERED_BYTES
    }

    /// Sends a message; while the socket is not open it is lost.
    pub(crate) fn send(&self, message: &[u8]) {
        if self.socket.ready_state() == WebSocket::OPEN {
            // It fails while connecting only.
            let _ = self.socket.send_with_u8_array(message);
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        // It may be closed already.
        let _ = self.socket.close();
    }
}
