//! What the page's address asks for.

use glam::DVec3;
use scenecast_protocol::camera::ViewerCamera;

use crate::camera::FromUrl;

/// The parameters of the page's address.
#[derive(Clone, Debug, Default)]
pub struct UrlParams {
    /// The server's address.
    pub server: String,
    /// A recording to be played instead, by its address.
    pub playback: Option<String>,
    /// Dark colours, whatever the server's theme says.
    pub dark: bool,
    /// No logo, until the server's theme says otherwise.
    pub hide_logo: bool,
    /// Numbers about drawing are shown over the scene.
    pub show_stats: bool,
    /// Pixels of the canvas for each CSS pixel, whatever the screen has.
    pub fixed_dpr: Option<f64>,
    /// The camera is written to the console, as parameters for this address.
    pub log_camera: bool,
    /// The point that the camera orbits has a gizmo.
    pub show_orbit_tool: bool,
    /// What frames of sequences may take in memory, bytes.
    pub sequence_bytes: Option<usize>,
    /// Where the camera starts.
    pub camera: FromUrl,
}

impl UrlParams {
    /// Reads an address such as `http://host:8080/?darkMode`. What cannot be read counts as
    /// absent: an address is typed by hand.
    pub fn parse(href: &str) -> Self {
        let (page, query) = split_query(href);
        let mut params = Self {
            server: default_server(page),
            ..Self::default()
        };
        let mut page_token = None;
        for (name, value) in query
            .split('&')
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        {
            let value = percent_decode(value);
            match name {
                "websocket" if !value.is_empty() => params.server = websocket_url(&value),
                "playbackPath" if !value.is_empty() => params.playback = Some(value),
                "token" if !value.is_empty() => page_token = Some(value),
                "darkMode" => params.dark = true,
                "hideViserLogo" => params.hide_logo = true,
                "showStats" => params.show_stats = true,
                "logCamera" => params.log_camera = true,
                "forceOrbitOriginTool" => params.show_orbit_tool = value == "1",
                "sequenceMemory" => {
                    let mebibytes =
                        positive(&value).map(|mebibytes| mebibytes * f64::from(1 << 20));
                    params.sequence_bytes = mebibytes.map(|bytes| bytes as usize);
                }
                "fixedDpr" => params.fixed_dpr = positive(&value).map(|dpr| dpr.clamp(0.25, 8.0)),
                "initialCameraPosition" => params.camera.position = vector(&value),
                "initialCameraLookAt" => params.camera.look_at = vector(&value),
                "initialCameraUp" => {
                    params.camera.up = vector(&value).filter(|up| *up != DVec3::ZERO);
                }
                "initialCameraFov" => {
                    params.camera.fov = positive(&value).filter(|fov| *fov < std::f64::consts::PI);
                }
                "initialCameraNear" => params.camera.near = positive(&value),
                "initialCameraFar" => params.camera.far = positive(&value),
                _ => {}
            }
        }
        // A page that was opened with a token is shown by a server that wants it.
        if let Some(token) = page_token
            && without_token(&params.server) == params.server
        {
            params.server = with_token(&params.server, &token);
        }
        params
    }
}

/// A server's address with this token in place of any other.
pub fn with_token(server: &str, token: &str) -> String {
    let server = without_token(server);
    let separator = if server.contains('?') { '&' } else { '?' };
    format!("{server}{separator}token={}", percent_encode(token))
}

/// A server's address without its token, to be shown.
pub fn without_token(server: &str) -> String {
    let (address, query) = split_query(server);
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("token="))
        .collect();
    match kept.is_empty() {
        true => address.to_owned(),
        false => format!("{address}?{}", kept.join("&")),
    }
}

/// What a user types as a server's address: perhaps a page's.
pub fn typed_server(text: &str) -> String {
    websocket_url(text.trim())
}

/// Where a server tells what it is, and why it refuses a connection.
pub fn about_server(server: &str) -> String {
    let (address, query) = split_query(server);
    let address = match address.strip_prefix("ws") {
        Some(rest) => format!("http{rest}"),
        None => address.to_owned(),
    };
    let mark = if query.is_empty() { "" } else { "?" };
    format!(
        "{}/scenecast.json{mark}{query}",
        address.trim_end_matches('/')
    )
}

/// The page's address, with this server as its `?websocket=`, or without one if it is the server
/// that serves the page. Tokens are left out of it.
pub fn page_for_server(href: &str, server: &str) -> String {
    let (page, query) = split_query(href);
    let fragment = href.find('#').map_or("", |at| &href[at..]);
    let kept = query.split('&').filter(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        !matches!(name, "" | "websocket" | "token")
    });
    let mut pairs: Vec<String> = kept.map(str::to_owned).collect();
    let server = without_token(server);
    if server != default_server(page) {
        pairs.insert(0, format!("websocket={}", percent_encode(&server)));
    }
    match pairs.is_empty() {
        true => format!("{page}{fragment}"),
        false => format!("{page}?{}{fragment}", pairs.join("&")),
    }
}

/// Whether this server serves the page.
pub fn serves_page(href: &str, server: &str) -> bool {
    without_token(server) == default_server(split_query(href).0)
}

/// A camera as parameters for the page's address, to start there.
pub fn camera_query(camera: &ViewerCamera) -> String {
    let vector = |[x, y, z]: [f64; 3]| format!("{x:.3},{y:.3},{z:.3}");
    format!(
        "&initialCameraPosition={}&initialCameraLookAt={}&initialCameraUp={}\
         &initialCameraFov={:.4}&initialCameraNear={}&initialCameraFar={}",
        vector(camera.position),
        vector(camera.look_at),
        vector(camera.up_direction),
        camera.fov,
        camera.near,
        camera.far,
    )
}

/// An address without its fragment: what is before `?`, and what is after it.
fn split_query(href: &str) -> (&str, &str) {
    let href = href.split_once('#').map_or(href, |(before, _)| before);
    href.split_once('?').unwrap_or((href, ""))
}

/// The server that serves the page, on the same path.
fn default_server(page: &str) -> String {
    websocket_url(page.trim_end_matches('/').trim_end_matches("/index.html"))
}

/// Allows what people copy from a browser: `http://…` for `ws://…`.
fn websocket_url(url: &str) -> String {
    match url.strip_prefix("http") {
        Some(rest) => format!("ws{rest}"),
        None => url.to_owned(),
    }
}

/// Reads a number.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok()
}

/// Reads a number, as the browser does it: std's tables for that are 12 KB more to download.
#[cfg(target_arch = "wasm32")]
pub(crate) fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let number = wasm_bindgen::JsValue::from_str(text).unchecked_into_f64();
    (!text.is_empty() && !number.is_nan()).then_some(number)
}

fn positive(text: &str) -> Option<f64> {
    number(text).filter(|value| value.is_finite() && *value > 0.0)
}

/// Three numbers with commas between them.
fn vector(text: &str) -> Option<DVec3> {
    let mut numbers = text.split(',').map(number);
    let vector = DVec3::new(numbers.next()??, numbers.next()??, numbers.next()??);
    (vector.is_finite() && numbers.next().is_none()).then_some(vector)
}

/// `+` and `%2C` of a query back to what they stand for; bytes that are not UTF-8 are replaced.
fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        let escaped = match (first, after) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)),
            _ => None,
        };
        match escaped {
            Some((high, low)) => {
                bytes.push(high << 4 | low);
                rest = &after[2..];
            }
            None if *first == b'+' => bytes.push(b' '),
            None => bytes.push(*first),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|value| value as u8)
}

fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(byte.into());
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(href: &str) -> String {
        UrlParams::parse(href).server
    }

    #[test]
    fn the_server_is_the_one_that_serves_the_page() {
        assert_eq!(server("http://localhost:8080/"), "ws://localhost:8080");
        assert_eq!(
            server("https://a.example/lab/view/?darkMode#top"),
            "wss://a.example/lab/view"
        );
        assert_eq!(server("http://[::1]:8080/index.html"), "ws://[::1]:8080");
    }

    #[test]
    fn the_server_can_be_another() {
        let href = "http://localhost:8090/?websocket=ws%3A%2F%2F127.0.0.1%3A8080&showStats";
        assert_eq!(server(href), "ws://127.0.0.1:8080");
        assert_eq!(server("http://a/?websocket=http://b:1"), "ws://b:1");
        assert_eq!(server("http://a/?websocket="), "ws://a");
    }

    #[test]
    fn a_recording_takes_the_server_s_place() {
        let playback = |href: &str| UrlParams::parse(href).playback;
        let href = "http://a/?playbackPath=files%2Frun%201.viser&websocket=ws://b";
        assert_eq!(playback(href).as_deref(), Some("files/run 1.viser"));
        assert_eq!(playback("http://a/?playbackPath="), None);
    }

    #[test]
    fn tokens_reach_the_server() {
        assert_eq!(server("http://a/?token=x%2Fy"), "ws://a?token=x%2Fy");
        assert_eq!(
            server("http://a/?websocket=ws://b&token=t"),
            "ws://b?token=t"
        );
        assert_eq!(
            server("http://a/?websocket=ws://b/%3Fq%3D1&token=t"),
            "ws://b/?q=1&token=t"
        );
        assert_eq!(
            server("http://a/?websocket=ws://b%3Ftoken%3Dmine&token=t"),
            "ws://b?token=mine"
        );
    }

    #[test]
    fn a_token_takes_another_s_place_and_is_not_shown() {
        assert_eq!(with_token("ws://a", "x/y"), "ws://a?token=x%2Fy");
        assert_eq!(
            with_token("ws://a/b?c=1&token=old", "new"),
            "ws://a/b?c=1&token=new"
        );
        assert_eq!(without_token("ws://a?token=x"), "ws://a");
        assert_eq!(without_token("ws://a?b&token=x&c"), "ws://a?b&c");
    }

    #[test]
    fn servers_are_asked_beside_their_socket() {
        assert_eq!(about_server("ws://a:1"), "http://a:1/scenecast.json");
        let about = "https://a/lab/scenecast.json?token=t";
        assert_eq!(about_server("wss://a/lab/?token=t"), about);
    }

    #[test]
    fn the_page_s_address_follows_the_server() {
        let page = |href, server| page_for_server(href, server);
        let other = "http://a/?websocket=ws%3A%2F%2Fb%3A1";
        assert_eq!(page("http://a/", "ws://b:1"), other);
        assert_eq!(page("http://a/?token=t", "ws://b:1?token=u"), other);
        assert_eq!(
            page("http://a/?websocket=ws://c&darkMode#x", "ws://a"),
            "http://a/?darkMode#x"
        );
        assert_eq!(
            page("http://a/?websocket=ws://c", "ws://a?token=t"),
            "http://a/"
        );
        assert_eq!(
            server(&page("http://a/", "ws://b:1/p?q=1")),
            "ws://b:1/p?q=1"
        );
        assert!(serves_page("http://a/?darkMode", "ws://a?token=t"));
        assert!(!serves_page("http://a/", "ws://b"));
    }

    #[test]
    fn flags_are_set_by_their_presence() {
        let params = UrlParams::parse(
            "http://a/?darkMode&hideViserLogo=&showStats=1&logCamera&fixedDpr=1.5\
             &forceOrbitOriginTool=1",
        );
        assert!(params.dark && params.hide_logo && params.show_stats && params.log_camera);
        assert!(params.show_orbit_tool);
        assert_eq!(params.fixed_dpr, Some(1.5));
        let none = UrlParams::parse("http://a/");
        assert!(!none.dark && !none.hide_logo && !none.show_stats && !none.log_camera);
        assert_eq!(none.fixed_dpr, None);
    }

    #[test]
    fn the_camera_is_read() {
        let camera = UrlParams::parse(
            "http://a/?initialCameraPosition=1,-2.5,3e1&initialCameraLookAt=0%2C0%2C%201\
             &initialCameraUp=0,0,-1&initialCameraFov=0.9&initialCameraNear=0.1&initialCameraFar=50",
        )
        .camera;
        assert_eq!(camera.position, Some(DVec3::new(1.0, -2.5, 30.0)));
        assert_eq!(camera.look_at, Some(DVec3::Z));
        assert_eq!(camera.up, Some(DVec3::NEG_Z));
        assert_eq!(
            (camera.fov, camera.near, camera.far),
            (Some(0.9), Some(0.1), Some(50.0))
        );
    }

    #[test]
    fn a_logged_camera_can_be_read_back() {
        let camera = crate::camera::Camera::new(&FromUrl::default());
        let query = camera_query(&camera.report(4, 3));
        let again =
            crate::camera::Camera::new(&UrlParams::parse(&format!("http://a/?{query}")).camera);
        let [before, after] = [camera, again].map(|camera| camera.render_from_camera());
        assert!(before.abs_diff_eq(after, 1e-3), "{query}");
    }

    #[test]
    fn what_cannot_be_read_is_absent() {
        let params = UrlParams::parse(
            "http://a/?initialCameraPosition=1,2&initialCameraLookAt=1,2,3,4&initialCameraUp=0,0,0\
             &initialCameraFov=0&initialCameraNear=-1&initialCameraFar=inf&fixedDpr=x&%ff=%e&&=",
        );
        let camera = params.camera;
        assert!(camera.position.is_none() && camera.look_at.is_none() && camera.up.is_none());
        assert!(camera.fov.is_none() && camera.near.is_none() && camera.far.is_none());
        assert_eq!(params.fixed_dpr, None);
    }
}
