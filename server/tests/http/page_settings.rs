//! What the page learns of its server's settings.

use super::Reply;
use std::{
    io::Write,
    net::{Ipv4Addr, TcpStream},
};

fn get(server: &scenecast::Server, path: &str) -> Reply {
    let port = server.port();
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    Reply::read(stream)
}

fn settings(server: &scenecast::Server) -> serde_json::Value {
    let reply = get(server, "/page.json");
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("cache-control"), "no-cache");
    serde_json::from_str(reply.text()).unwrap()
}

#[test]
fn nothing_is_allowed_unless_the_program_says_so() {
    let server = scenecast::Server::builder().port(0).start().unwrap();
    let settings = settings(&server);
    assert_eq!(
        settings,
        serde_json::json!({ "trustHtml": false, "plotly": null })
    );
    assert_eq!(get(&server, "/plotly.js").status, 404);
    let as_bundled = std::fs::read_to_string("../client-wasm/page.json").unwrap();
    assert_eq!(
        settings,
        serde_json::from_str::<serde_json::Value>(&as_bundled).unwrap()
    );
}

#[test]
fn html_is_trusted_and_plotly_served_when_it_does() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plotly.min.js");
    std::fs::write(&file, "var Plotly;").unwrap();
    // The folder's files, chosen later, change nothing about the settings.
    let server = scenecast::Server::builder()
        .port(0)
        .trust_html(true)
        .plotly_js(&file);
    let server = server.assets(folder.path()).start().unwrap();
    let expected = serde_json::json!({ "trustHtml": true, "plotly": "plotly.js" });
    assert_eq!(settings(&server), expected);
    let plotly = get(&server, "/plotly.js");
    assert_eq!((plotly.status, plotly.text()), (200, "var Plotly;"));
    assert_eq!(plotly.header("content-type"), "application/javascript");
}

#[test]
fn they_are_no_secret() {
    let token = scenecast::http::Token::Fixed("secret-secret-secret".parse().unwrap());
    let server = scenecast::Server::builder()
        .port(0)
        .token(token)
        .start()
        .unwrap();
    assert_eq!(get(&server, "/").status, 401);
    assert_eq!(settings(&server)["trustHtml"], false);
}
