use super::{TestServer, sockets::open};
use scenecast::http::{Access, Secret, Token};

const TOKEN: &str = "open-Sesame_1";

fn server() -> TestServer {
    TestServer::with_token(TOKEN)
}

/// `NAME=VALUE` of the cookie that a reply sets.
fn cookie(reply: &super::Reply) -> String {
    let cookie = reply.header("set-cookie");
    for attribute in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    cookie.split(';').next().unwrap().to_owned()
}

#[test]
fn nothing_without_the_token() {
    let server = server();
    for target in [
        "/",
        "/index.html",
        "/absent/../x",
        "/?token=wrong",
        "/?Token=open-Sesame_1",
    ] {
        let reply = server.get(target, &[]);
        assert_eq!(reply.status, 401, "{target}");
        assert!(reply.header("www-authenticate").starts_with("Basic"));
        assert!(reply.header("set-cookie").is_empty());
        assert!(!reply.text().contains(TOKEN));
        let (status, _) = open(&server, target, &[]).unwrap_err();
        assert_eq!(status, 401, "{target}");
    }
    let wrong = open(&server, "/", &[("authorization", "Bearer wrong")]).unwrap_err();
    assert!(wrong.1.contains("not this server's"), "{}", wrong.1);
}

#[test]
fn the_printed_url_becomes_a_cookie() {
    let server = server();
    let target = format!("/?token={TOKEN}&initialCameraFov=1");
    assert_eq!(
        server.security.url(),
        format!("http://{}/?token={TOKEN}", server.address)
    );
    let reply = server.get(&target, &[]);
    assert_eq!(
        (reply.status, reply.header("location")),
        (303, "./?initialCameraFov=1")
    );
    assert_eq!(reply.header("cache-control"), "no-store");
    let cookie = cookie(&reply);

    let page = server.get("/", &[&format!("Cookie: {cookie}")]);
    assert_eq!((page.status, page.header("set-cookie")), (200, ""));
    open(&server, "/", &[("cookie", &cookie)]).unwrap();
    let stale = [("cookie", &*cookie.replace("Sesame", "Onion"))];
    assert_eq!(open(&server, "/", &stale).unwrap_err().0, 401);
}

#[test]
fn a_link_on_another_site_signs_in_without_a_redirect() {
    let reply = server().get(
        &format!("/?a='onclick=&token={TOKEN}"),
        &["Sec-Fetch-Site: cross-site", "Sec-Fetch-Dest: document"],
    );
    assert_eq!(reply.status, 200);
    cookie(&reply);
    let text = reply.text();
    assert!(text.contains("http-equiv=\"refresh\""), "{text}");
    assert!(
        !text.contains(TOKEN) && text.contains("url='./?a=&#39;onclick='"),
        "{text}"
    );
}

#[test]
fn a_frame_on_another_site_gets_the_page_itself() {
    let reply = server().get(
        &format!("/?token={TOKEN}"),
        &["Sec-Fetch-Site: cross-site", "Sec-Fetch-Dest: iframe"],
    );
    assert_eq!((reply.status, reply.header("location")), (200, ""));
    assert!(reply.text().contains("<html"));
}

#[test]
fn programs_pass_the_token_as_they_can() {
    let server = server();
    open(&server, &format!("/?token={TOKEN}"), &[]).unwrap();
    open(
        &server,
        "/",
        &[("authorization", &format!("Bearer {TOKEN}"))],
    )
    .unwrap();
    // any:open-Sesame_1
    let basic = "Basic YW55Om9wZW4tU2VzYW1lXzE=";
    open(&server, "/", &[("authorization", basic)]).unwrap();
    let page = server.get("/", &[&format!("Authorization: {basic}")]);
    assert_eq!(page.status, 200);
    cookie(&page);
}

#[test]
fn a_foreign_page_with_the_token_is_still_foreign() {
    let server = server();
    let target = format!("/?token={TOKEN}");
    let refused = open(&server, &target, &[("origin", "http://evil.example")]).unwrap_err();
    assert_eq!(refused.0, 403);
}

#[test]
fn random_tokens_work_like_chosen_ones() {
    let token = Secret::random().unwrap();
    let server = TestServer::start(Access {
        token: Token::Fixed(token.clone()),
        ..Access::default()
    });
    assert_eq!(
        server
            .get(&format!("/?token={}", token.as_str()), &[])
            .status,
        303
    );
}

#[test]
fn a_page_learns_why_its_socket_was_refused() {
    let server = server();
    let page = format!("Origin: http://{}", server.address);
    let about = |query: &str, header: &str| {
        server.get(&format!("/scenecast.json{query}"), &[&page, header])
    };
    let missing = about("", "Accept: */*");
    assert_eq!(
        (missing.status, missing.header("www-authenticate")),
        (401, "")
    );
    assert!(missing.text().contains("asks for a token"));
    let wrong = about("?token=no", "Accept: */*");
    assert_eq!(wrong.status, 401);
    assert!(wrong.text().contains("not this server's"));
    let right = about(&format!("?token={TOKEN}"), "Accept: */*");
    assert_eq!(
        (right.status, right.header("content-type")),
        (200, "application/json")
    );
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        right.text(),
        format!(r#"{{"protocol":"viser-v1.1.1","server":"scenecast","version":"{version}"}}"#)
    );
}

#[test]
fn pages_of_other_origins_learn_it_only_where_they_may_connect() {
    let access = Access {
        allow_origins: vec!["https://a.example".parse().unwrap()],
        token: Token::Fixed(TOKEN.parse().unwrap()),
        ..Access::default()
    };
    let server = TestServer::start(access);
    let allowed = server.get("/scenecast.json", &["Origin: https://a.example"]);
    assert_eq!(allowed.status, 401);
    assert_eq!(
        allowed.header("access-control-allow-origin"),
        "https://a.example"
    );
    let other = server.get("/scenecast.json", &["Origin: https://b.example"]);
    assert_eq!(
        (other.status, other.header("access-control-allow-origin")),
        (403, "")
    );
}
