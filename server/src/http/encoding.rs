//! Content coding: which form of a file a browser wants.

/// A form in which a file can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    Brotli,
    Gzip,
    Identity,
}

impl Coding {
    /// Its `Content-Encoding`; identity is said by leaving the header out.
    pub(crate) fn header(self) -> Option<&'static str> {
        match self {
            Coding::Brotli => Some("br"),
            Coding::Gzip => Some("gzip"),
            Coding::Identity => None,
        }
    }

    /// What a compressed sibling's file name ends with.
    pub(crate) fn suffix(self) -> &'static str {
        match self {
            Coding::Brotli => ".br",
            Coding::Gzip => ".gz",
            Coding::Identity => "",
        }
    }
}

/// The codings to try, best first: those that `Accept-Encoding` weighs most, the smaller of two
/// equals. Identity is always in the list, at the end if the header refuses it: a reply that the
/// browser may read is better than none.
pub(crate) fn preference(accept_encoding: Option<&str>) -> Vec<Coding> {
    let offers: Vec<(&str, u16)> = accept_encoding
        .unwrap_or_default()
        .split(',')
        .filter_map(offer)
        .collect();
    let weight = |names: &[&str]| {
        let named = |name: &str| offers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
        names.iter().find_map(|name| named(name)).map(|(_, q)| *q)
    };
    // Identity is acceptable without being listed, after everything that is.
    let mut weighed = [
        (Coding::Brotli, weight(&["br", "*"]).unwrap_or(0)),
        (Coding::Gzip, weight(&["gzip", "x-gzip", "*"]).unwrap_or(0)),
        (Coding::Identity, weight(&["identity"]).unwrap_or(1)),
    ];
    weighed.sort_by_key(|(_, q)| std::cmp::Reverse(*q));
    let mut codings: Vec<Coding> = weighed
        .iter()
        .filter(|(_, q)| *q > 0)
        .map(|(coding, _)| *coding)
        .collect();
    if !codings.contains(&Coding::Identity) {
        codings.push(Coding::Identity);
    }
    codings
}

/// A coding and its weight in thousandths; `None` for what cannot be read.
fn offer(text: &str) -> Option<(&str, u16)> {
    let mut parts = text.split(';').map(str::trim);
    let name = parts.next().filter(|name| !name.is_empty())?;
    let mut weight = 1000;
    for part in parts {
        let (key, value) = part.split_once('=')?;
        if key.trim().eq_ignore_ascii_case("q") {
            let q: f32 = value.trim().parse().ok()?;
            weight = (q.clamp(0.0, 1.0) * 1000.0).round() as u16;
        }
    }
    Some((name, weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_the_weights() {
        use Coding::{Brotli as B, Gzip as G, Identity as I};
        let cases: &[(Option<&str>, &[Coding])] = &[
            (None, &[I]),
            (Some(""), &[I]),
            (Some("gzip, deflate, br, zstd"), &[B, G, I]),
            (Some("gzip"), &[G, I]),
            (Some("x-gzip"), &[G, I]),
            (Some("GZIP"), &[G, I]),
            (Some("br;q=0.5, gzip"), &[G, B, I]),
            (Some("br ; q=0 , gzip ; q = 0.001"), &[G, I]),
            (Some("br;q=0, *"), &[G, I]),
            (Some("*"), &[B, G, I]),
            (Some("*;q=0"), &[I]),
            (Some("identity, br;q=0.2"), &[I, B]),
            (Some("br, identity;q=0"), &[B, I]),
            (Some("identity;q=0"), &[I]),
            (Some("gzip;q=nonsense"), &[I]),
            (Some("gzip;q=NaN"), &[I]),
            (Some("gzipped, bro"), &[I]),
            (Some(";;,=,q=1"), &[I]),
        ];
        for (header, expected) in cases {
            assert_eq!(preference(*header), *expected, "{header:?}");
        }
    }
}
