use super::*;

fn policy(access: Access, bound: &str) -> SecurityPolicy {
    SecurityPolicy::new(access, bound.parse().unwrap()).unwrap()
}

fn check(
    policy: &SecurityPolicy,
    target: Target,
    uri: &str,
    headers: &[(&str, &str)],
) -> Result<Option<Carrier>, Refusal> {
    pass(policy, target, uri, headers).map(|pass| pass.carrier)
}

fn pass(
    policy: &SecurityPolicy,
    target: Target,
    uri: &str,
    headers: &[(&str, &str)],
) -> Result<Pass, Refusal> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(
            header::HeaderName::from_bytes(name.as_bytes()).unwrap(),
            value.parse().unwrap(),
        );
    }
    policy.check(target, &uri.parse().unwrap(), &map)
}

#[test]
fn a_second_token_is_for_looking() {
    let fixed = Access {
        token: Token::Fixed("full".parse().unwrap()),
        ..Access::default()
    };
    for (access, without) in [(fixed, false), (Access::default(), true)] {
        let policy = policy(access, "127.0.0.1:8080");
        let policy = policy.with_read_only(Some("look".parse().unwrap()));
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, "127.0.0.1:8080".parse().unwrap());
        let pass = |query: &str| {
            let uri = format!("/?{query}").parse().unwrap();
            policy.check(Target::Page, &uri, &headers)
        };
        let look = pass("token=look").unwrap();
        assert!(look.is_read_only);
        let cookie = policy.cookie(&look).unwrap();
        assert!(cookie.contains("=look;"), "{cookie}");
        assert_eq!(pass("").is_ok_and(|pass| !pass.is_read_only), without);
        // A page that has both may do more.
        let cookie = "scenecast-8080=look".parse().unwrap();
        headers.insert(header::COOKIE, cookie);
        let uri = "/?token=full".parse().unwrap();
        let both = policy.check(Target::Page, &uri, &headers).unwrap();
        assert_eq!(both.is_read_only, without);
    }
}

#[test]
fn loopback_needs_no_token_and_the_network_does() {
    assert_eq!(policy(Access::default(), "127.0.0.1:8080").token(), None);
    assert_eq!(policy(Access::default(), "[::1]:8080").token(), None);
    assert_eq!(
        policy(Access::default(), "[::ffff:127.0.0.1]:8080").token(),
        None
    );
    for bound in ["0.0.0.0:8080", "[::]:8080", "10.0.0.7:8080"] {
        assert_eq!(
            policy(Access::default(), bound).token().unwrap().len(),
            22,
            "{bound}"
        );
    }
    let open = Access {
        token: Token::None,
        ..Access::default()
    };
    assert_eq!(policy(open, "0.0.0.0:8080").token(), None);
    let fixed = Access {
        token: Token::Fixed("abc".parse().unwrap()),
        ..Access::default()
    };
    assert_eq!(policy(fixed, "127.0.0.1:8080").token(), Some("abc"));
}

#[test]
fn urls_can_be_opened() {
    let fixed = Access {
        token: Token::Fixed("abc".parse().unwrap()),
        ..Access::default()
    };
    let open = Access {
        token: Token::None,
        ..Access::default()
    };
    for (access, bound, url) in [
        (&open, "127.0.0.1:8080", "http://127.0.0.1:8080"),
        (&open, "[::1]:80", "http://[::1]:80"),
        (&fixed, "0.0.0.0:9", "http://127.0.0.1:9/?token=abc"),
        (&fixed, "[::]:9", "http://[::1]:9/?token=abc"),
        (&fixed, "10.0.0.7:9", "http://10.0.0.7:9/?token=abc"),
    ] {
        assert_eq!(policy(access.clone(), bound).url(), url);
    }
}

#[test]
fn rules_apply_in_order() {
    let fixed = Access {
        token: Token::Fixed("abc".parse().unwrap()),
        ..Access::default()
    };
    let policy = policy(fixed, "0.0.0.0:8080");
    let own = ("host", "10.0.0.7:8080");
    let foreign = ("origin", "http://evil.example");
    let origin_error = || Err(Refusal::Origin("http://evil.example".into()));
    type Case<'a> = (
        Target,
        &'a str,
        &'a [(&'a str, &'a str)],
        Result<Option<Carrier>, Refusal>,
    );
    let cases: &[Case] = &[
        (Target::Page, "/", &[], Err(Refusal::NoHost)),
        (Target::Page, "/", &[own, own], Err(Refusal::NoHost)),
        (Target::Page, "/", &[("host", "a b")], Err(Refusal::NoHost)),
        (
            Target::Page,
            "/?token=abc",
            &[("host", "evil:80")],
            Err(Refusal::Host("evil".into())),
        ),
        (
            Target::Page,
            "http://evil/?token=abc",
            &[own],
            Err(Refusal::Host("evil".into())),
        ),
        (Target::Page, "/", &[own], Err(Refusal::NoToken)),
        (Target::Page, "/?token=x", &[own], Err(Refusal::WrongToken)),
        (
            Target::Page,
            "/?token=abc",
            &[own],
            Ok(Some(Carrier::Query)),
        ),
        (
            Target::Page,
            "/?token=abc",
            &[own, foreign],
            Ok(Some(Carrier::Query)),
        ),
        (Target::PublicFile, "/a.js", &[own], Ok(None)),
        (
            Target::PublicFile,
            "/a.js",
            &[("host", "evil")],
            Err(Refusal::Host("evil".into())),
        ),
        (
            Target::Socket,
            "/?token=abc",
            &[own, foreign],
            origin_error(),
        ),
        (Target::Socket, "/", &[own], Err(Refusal::NoToken)),
        (
            Target::Socket,
            "/",
            &[own, ("cookie", "scenecast-8080=abc")],
            Ok(Some(Carrier::Cookie)),
        ),
        (
            Target::Socket,
            "/",
            &[own, ("authorization", "Bearer abc")],
            Ok(Some(Carrier::Authorization)),
        ),
    ];
    for (target, uri, headers, expected) in cases {
        assert_eq!(
            check(&policy, *target, uri, headers),
            *expected,
            "{uri} {headers:?}"
        );
    }
}

#[test]
fn while_a_tunnel_leads_in_everybody_needs_a_token() {
    let policy = policy(Access::default(), "127.0.0.1:8080");
    let (far, near) = (("host", "a.example"), ("host", "localhost:8080"));
    let (page, forged) = (
        ("origin", "https://a.example"),
        ("origin", "http://localhost:8080"),
    );
    let refused = Err(Refusal::Host("a.example".into()));
    assert_eq!(check(&policy, Target::Page, "/", &[far]), refused);
    let before = pass(&policy, Target::Page, "/", &[near]).unwrap();
    let home = policy.cookie(&before).unwrap();
    let home = ("cookie", home.split(';').next().unwrap());
    assert_eq!(
        pass(&policy, Target::Page, "/", &[near, home]).map(|pass| policy.cookie(&pass)),
        Ok(None)
    );

    let no_token = || Err(Refusal::NoToken);
    // From the moment on at which the tunnel may be there, though its URL is not known.
    policy.guard().unwrap();
    assert_eq!(check(&policy, Target::Socket, "/", &[near]), no_token());
    assert_eq!(check(&policy, Target::Page, "/", &[far]), refused);
    let url = policy.clone().admit("https://A.example/x").unwrap();
    let token = url.strip_prefix("https://A.example/x?token=").unwrap();
    let query = format!("/?token={token}");
    let (by_query, by_cookie) = (Ok(Some(Carrier::Query)), Ok(Some(Carrier::Cookie)));
    for (target, uri, headers, expected) in [
        (Target::Page, "/", &[far][..], no_token()),
        (Target::Page, &query, &[far], by_query.clone()),
        (Target::Socket, "/", &[far, page], no_token()),
        (Target::Socket, &query, &[far, page], by_query.clone()),
        // Tunnels that name this machine as host, whatever comes through them.
        (Target::Socket, "/", &[near, page], no_token()),
        (Target::Socket, &query, &[near, page], by_query.clone()),
        (Target::Page, "/", &[near], no_token()),
        (Target::Socket, "/", &[near], no_token()),
        (Target::Socket, "/", &[near, forged], no_token()),
        (
            Target::Socket,
            "/",
            &[near, ("cookie", "scenecast-8080=x")],
            Err(Refusal::WrongToken),
        ),
        (Target::PublicFile, "/a.js", &[near], Ok(None)),
        // Programs of this machine.
        (Target::Socket, &query, &[near], by_query),
        // Its page.
        (Target::Page, "/", &[near, home], by_cookie.clone()),
        (Target::Socket, "/", &[near, forged, home], by_cookie),
    ] {
        assert_eq!(
            check(&policy, target, uri, headers),
            expected,
            "{uri} {headers:?}"
        );
    }
    let http = ("origin", "http://a.example");
    assert!(check(&policy, Target::Socket, &query, &[near, http]).is_err());
    // Whoever needs no token is not given one.
    let file = pass(&policy, Target::PublicFile, "/a.js", &[near]).unwrap();
    assert_eq!(policy.cookie(&file), None);

    policy.shut();
    assert_eq!(check(&policy, Target::Page, &query, &[far]), refused);
    assert_eq!(check(&policy, Target::Socket, "/", &[near]), no_token());
    policy.dismiss();
    assert_eq!(check(&policy, Target::Socket, "/", &[near]), Ok(None));
    // The next visitors get another token.
    policy.guard().unwrap();
    assert_ne!(policy.admit("https://A.example/x").unwrap(), url);
}

#[test]
fn pages_keep_something_for_sharing_only_where_no_token_is_needed() {
    let headers = [("host", "127.0.0.1:8080")];
    for (token, kept) in [(Token::Auto, true), (Token::None, false)] {
        let access = Access {
            token,
            ..Access::default()
        };
        let policy = policy(access, "127.0.0.1:8080");
        let pass = pass(&policy, Target::Page, "/", &headers).unwrap();
        assert_eq!(policy.cookie(&pass).is_some(), kept);
        policy.guard().unwrap();
        assert_eq!(check(&policy, Target::Page, "/", &headers).is_err(), kept);
    }
}

#[test]
fn public_urls_keep_what_they_had() {
    let token = |token| Access {
        token,
        ..Access::default()
    };
    let fixed = policy(token(Token::Fixed("abc".parse().unwrap())), "127.0.0.1:1");
    let open = policy(token(Token::None), "127.0.0.1:1");
    fixed.guard().unwrap();
    open.guard().unwrap();
    for (url, shared) in [
        ("https://a.example", "https://a.example/?token=abc"),
        ("http://a.example:8/b/", "http://a.example:8/b/?token=abc"),
        (
            "https://a.example/?b=c#d",
            "https://a.example/?b=c&token=abc",
        ),
        ("https://a.example?b", "https://a.example/?b&token=abc"),
    ] {
        assert_eq!(fixed.admit(url).unwrap(), shared);
    }
    assert_eq!(
        open.admit("https://a.example").unwrap(),
        "https://a.example"
    );
    for wrong in [
        "",
        "a.example",
        "ftp://a.example",
        "https://",
        "https://a b",
        "https://u@a/",
    ] {
        assert!(open.admit(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn two_origins_are_refused_even_where_the_first_is_right() {
    let policy = policy(Access::default(), "127.0.0.1:8080");
    let host = ("host", "localhost:8080");
    let good = ("origin", "http://localhost:8080");
    assert_eq!(check(&policy, Target::Socket, "/", &[host, good]), Ok(None));
    assert!(check(&policy, Target::Socket, "/", &[host, good, good]).is_err());
}
