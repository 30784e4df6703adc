use super::{TestServer, WELCOME};
use scenecast::http::{Access, Assets, Limits};
use std::{fs, path::PathBuf};

const HASHED: &str = "app-0123456789abcdef.js";

/// A folder of its own for each test, with a small site in it.
fn site(name: &str) -> PathBuf {
    let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    if root.exists() {
        fs::remove_dir_all(&root).unwrap();
    }
    fs::create_dir_all(root.join("public/deep")).unwrap();
    fs::write(root.join("secret.txt"), "secret").unwrap();
    let public = root.join("public");
    for (path, content) in [
        ("index.html", "the page"),
        (HASHED, "plain script"),
        ("app-0123456789abcdef.js.br", "brotli"),
        ("app-0123456789abcdef.js.gz", "gzip"),
        ("deep/only.css.gz", "gzip"),
        ("deep/only.css", "plain css"),
        (".hidden", "hidden"),
    ] {
        fs::write(public.join(path), content).unwrap();
    }
    public
}

fn serve(name: &str) -> TestServer {
    TestServer::with(
        Access::default(),
        Assets::folder(site(name)),
        Limits::default(),
    )
}

#[test]
fn serves_files_with_their_types() {
    let server = serve("types");
    for (path, content, content_type) in [
        ("/", "the page", "text/html; charset=utf-8"),
        ("/index.html?a=b", "the page", "text/html; charset=utf-8"),
        ("//deep/./only.css", "plain css", "text/css; charset=utf-8"),
        ("/deep%5Conly.css", "plain css", "text/css; charset=utf-8"),
        (
            "/app-0123456789abcdef.js",
            "plain script",
            "application/javascript",
        ),
    ] {
        let reply = server.get(path, &[]);
        assert_eq!((reply.status, reply.text()), (200, content), "{path}");
        assert_eq!(reply.header("content-type"), content_type, "{path}");
        assert_eq!(
            reply.header("content-length"),
            content.len().to_string(),
            "{path}"
        );
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert_eq!(reply.header("referrer-policy"), "no-referrer");
        assert!(
            reply
                .header("content-security-policy")
                .contains("frame-ancestors 'self'")
        );
    }
}

#[test]
fn hides_what_is_outside_or_absent() {
    let server = serve("outside");
    #[cfg(unix)]
    {
        let public = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("outside/public");
        std::os::unix::fs::symlink("../secret.txt", public.join("link.txt")).unwrap();
    }
    for path in [
        "/absent",
        "/deep",
        "/deep/",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/deep/../../secret.txt",
        "/.hidden",
        "/link.txt",
        "/%00",
        "/%ff",
        "/C:/secret.txt",
    ] {
        let reply = server.get(path, &[]);
        assert_eq!((reply.status, reply.text()), (404, "NOT FOUND"), "{path}");
    }
}

#[test]
fn sends_compressed_forms_to_those_who_take_them() {
    let server = serve("codings");
    for (path, accept, coding, content) in [
        (HASHED, "gzip, deflate, br", "br", "brotli"),
        (HASHED, "gzip", "gzip", "gzip"),
        (HASHED, "br;q=0, gzip", "gzip", "gzip"),
        (HASHED, "identity", "", "plain script"),
        ("deep/only.css", "br, gzip", "gzip", "gzip"),
        ("index.html", "br, gzip", "", "the page"),
    ] {
        let reply = server.get(
            &format!("/{path}"),
            &[&format!("Accept-Encoding: {accept}")],
        );
        assert_eq!(
            (reply.header("content-encoding"), reply.text()),
            (coding, content),
            "{path} {accept}"
        );
        assert_eq!(reply.header("vary"), "Accept-Encoding");
        assert!(!reply.header("content-type").contains("octet"), "{path}");
    }
}

#[test]
fn lets_browsers_keep_what_they_have() {
    let server = serve("caching");
    let page = server.get("/", &[]);
    assert_eq!(page.header("cache-control"), "no-cache");
    let script = server.get(&format!("/{HASHED}"), &[]);
    assert_eq!(
        script.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    let tag = script.header("etag");

    let again = server.get(
        &format!("/{HASHED}"),
        &[&format!("If-None-Match: \"x\", {tag}")],
    );
    assert_eq!(
        (again.status, again.body.len(), again.header("etag")),
        (304, 0, tag)
    );
    let other_form = [&format!("If-None-Match: {tag}")[..], "Accept-Encoding: br"];
    assert_eq!(server.get(&format!("/{HASHED}"), &other_form).status, 200);

    fs::write(
        PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("caching/public/index.html"),
        "new page",
    )
    .unwrap();
    let stale = server.get("/", &[&format!("If-None-Match: {}", page.header("etag"))]);
    assert_eq!((stale.status, stale.text()), (200, "new page"));
}

#[test]
fn answers_head_and_refuses_other_methods() {
    let server = serve("methods");
    let head = server.request("HEAD", "/", &[]);
    assert_eq!(
        (head.status, head.header("content-length"), head.body.len()),
        (200, "8", 0)
    );
    let post = server.request("POST", "/", &["Content-Length: 0"]);
    assert_eq!((post.status, post.header("allow")), (405, "GET, HEAD"));
}

#[test]
fn the_built_in_page_runs_only_its_own_code() {
    let server = TestServer::start(Access::default());
    let page = server.get("/", &[]);
    assert_eq!(page.status, 200);
    assert!(page.text().contains("<html"), "{}", page.text());
    let policy = page.header("content-security-policy");
    let scripts = policy
        .split(';')
        .find(|d| d.trim().starts_with("script-src"))
        .unwrap();
    assert!(
        scripts.contains("'self'") && scripts.contains("'wasm-unsafe-eval'"),
        "{scripts}"
    );
    assert!(
        !scripts.contains("'unsafe-inline'") && !scripts.contains("'unsafe-eval'"),
        "{scripts}"
    );
    assert!(policy.contains("frame-ancestors"), "{policy}");
    assert_ne!(page.text(), WELCOME);
}
