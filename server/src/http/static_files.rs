//! Replies for static files, and the headers that every reply carries.

use super::{
    assets::{Assets, is_content_hashed},
    content_type::content_type,
    encoding::preference,
    security::{Refusal, SecurityPolicy},
};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::Response,
};

/// The reply to a request for a path that [`static_path`] made.
pub(crate) async fn serve(
    assets: &Assets,
    method: &Method,
    path: &str,
    headers: &HeaderMap,
) -> Response {
    let accept = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|v| v.to_str().ok());
    let Some(asset) = assets.find(path, &preference(accept)).await else {
        return text(StatusCode::NOT_FOUND, "NOT FOUND");
    };
    let known = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|tags| names_tag(tags, &asset.etag));

    let mut reply = Response::new(Body::empty());
    let out = reply.headers_mut();
    set(out, header::ETAG, &asset.etag);
    set(out, header::VARY, "Accept-Encoding");
    let caching = if is_content_hashed(path) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    set(out, header::CACHE_CONTROL, caching);
    if let Some(policy) = assets.content_security_policy() {
        set(out, header::CONTENT_SECURITY_POLICY, policy);
    }
    if known {
        *reply.status_mut() = StatusCode::NOT_MODIFIED;
        return reply;
    }
    set(out, header::CONTENT_TYPE, content_type(path));
    set(out, header::CONTENT_LENGTH, &asset.length.to_string());
    if let Some(coding) = asset.coding.header() {
        set(out, header::CONTENT_ENCODING, coding);
    }
    if method != Method::HEAD {
        *reply.body_mut() = asset.body;
    }
    reply
}

/// A short plain reply.
pub(crate) fn text(status: StatusCode, body: impl Into<String>) -> Response {
    let mut reply = Response::new(Body::from(body.into()));
    *reply.status_mut() = status;
    set(
        reply.headers_mut(),
        header::CONTENT_TYPE,
        "text/plain; charset=utf-8",
    );
    set(reply.headers_mut(), header::CACHE_CONTROL, "no-store");
    reply
}

/// The reply to a refused request: one sentence that says what to do about it.
pub(crate) fn refuse(refusal: &Refusal) -> Response {
    let mut reply = text(refusal.status(), format!("{refusal}\n"));
    if refusal.status() == StatusCode::UNAUTHORIZED {
        // Browsers then ask for a password: any user name, the token as password.
        set(
            reply.headers_mut(),
            header::WWW_AUTHENTICATE,
            "Basic realm=\"scenecast\"",
        );
    }
    reply
}

/// Adds the headers that protect every reply. The token may stand in the URL, so no other site may
/// learn it as a referrer.
pub(crate) fn protect(reply: &mut Response, policy: &SecurityPolicy) {
    let headers = reply.headers_mut();
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, header::REFERRER_POLICY, "no-referrer");
    let frames = policy.frame_ancestors();
    let content_policy = headers
        .get(header::CONTENT_SECURITY_POLICY)
        .and_then(|value| value.to_str().ok())
        .map_or_else(|| frames.to_owned(), |policy| format!("{policy}; {frames}"));
    set(headers, header::CONTENT_SECURITY_POLICY, &content_policy);
}

/// Sets a header; a value that no header can hold is left out.
pub(crate) fn set(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// Whether an `If-None-Match` list names a tag. Weak and strong tags count as equal.
fn names_tag(list: &str, etag: &str) -> bool {
    list.split(',')
        .map(|tag| tag.trim())
        .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

#[cfg(test)]
mod tests {
    use super::names_tag;

    #[test]
    fn matches_tags() {
        for (list, expected) in [
            ("\"a\"", true),
            ("W/\"a\"", true),
            ("\"b\", \"a\"", true),
            ("*", true),
            ("\"ab\"", false),
            ("a", false),
            ("", false),
        ] {
            assert_eq!(names_tag(list, "\"a\""), expected, "{list}");
        }
    }
}
