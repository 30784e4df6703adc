//! A hub whose ports are encrypted.

use crate::setting::{PATIENCE, publisher, wait_until};
use scenecast::{
    Server,
    http::{Tls, TlsError},
    remote::{Options, RemoteNode, RemoteViewer},
};
use std::{
    io::{Read, Write},
    net::TcpStream,
    path::Path,
    process::Command,
    sync::Arc,
};
use tokio_rustls::rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};

const FILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tls");

/// Tells a test that it is the publisher of another one, and where that one's hub is.
const HUB: &str = "SCENECAST_TEST_HUB";

fn file(name: &str) -> String {
    format!("{FILES}/{name}.pem")
}

fn hub() -> Server {
    let tls = Tls::from_pem_files(file("certificate"), file("key")).unwrap();
    let builder = Server::builder().port(0).tls(tls).remote(0);
    builder.start().unwrap()
}

/// The answer to a request over an encrypted connection.
fn ask(port: u16, request: &str) -> String {
    let mut roots = RootCertStore::empty();
    let issuer = CertificateDer::from_pem_file(file("issuer")).unwrap();
    roots.add(issuer).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = "localhost".try_into().unwrap();
    let session = ClientConnection::new(Arc::new(config), name).unwrap();
    let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut stream = StreamOwned::new(session, stream);
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = vec![0; 4096];
    let length = stream.read(&mut answer).unwrap();
    String::from_utf8_lossy(&answer[..length]).into_owned()
}

#[test]
fn pages_and_viewers_come_over_tls_and_in_no_other_way() {
    let server = hub();
    assert!(
        server.url().starts_with("https://127.0.0.1:"),
        "{}",
        server.url()
    );
    let host = format!("Host: localhost:{}\r\n", server.port());
    let page = ask(server.port(), &format!("GET / HTTP/1.1\r\n{host}\r\n"));
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    let socket = format!(
        "GET / HTTP/1.1\r\n{host}Origin: https://localhost:{}\r\nConnection: Upgrade\r\n\
         Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\
         Sec-WebSocket-Protocol: viser-v1.1.1\r\n\r\n",
        server.port()
    );
    let socket = ask(server.port(), &socket);
    assert!(socket.starts_with("HTTP/1.1 101"), "{socket}");
    let mut plain = TcpStream::connect(("127.0.0.1", server.port())).unwrap();
    plain
        .write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .unwrap();
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP"), "{answer:?}");
}

#[test]
fn publishers_come_over_tls_and_from_this_machine_without() {
    if let Ok(url) = std::env::var(HUB) {
        let viewer = RemoteViewer::connect(url).unwrap();
        RemoteNode::new(&viewer, Options::new().name("encrypted")).unwrap();
        return;
    }
    let server = hub();
    let plain = publisher(&server);
    RemoteNode::new(&plain, Options::new()).unwrap();
    wait_until(|| server.hub().nodes().len() == 1);
    // What a program trusts is the environment's to say, so that this is another program.
    let port = server.hub().address().unwrap().port();
    let publish = |host: &str, trusted: &str| {
        Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "encrypted::publishers_come_over_tls_and_from_this_machine_without",
            ])
            .env(HUB, format!("wss://{host}:{port}"))
            .env("SSL_CERT_FILE", trusted)
            .output()
            .unwrap()
    };
    for host in ["localhost", "127.0.0.1"] {
        let output = publish(host, &file("issuer"));
        assert!(output.status.success(), "{output:?}");
    }
    wait_until(|| server.hub().nodes().len() == 3);
}

#[test]
fn files_without_a_certificate_are_an_error() {
    let [certificate, key] = [file("certificate"), file("key")];
    for (certificate, key) in [
        (&key, &key),
        (&certificate, &certificate),
        (&"none".into(), &key),
    ] {
        let error = Tls::from_pem_files(Path::new(certificate), key).unwrap_err();
        assert!(matches!(error, TlsError::Pem { .. }), "{error}");
    }
    // Of another certificate.
    let error = Tls::from_pem_files(file("issuer"), &key).unwrap_err();
    assert!(matches!(error, TlsError::Certificate(_)), "{error}");
}
