//! Where a request comes from: the network and the browser, for counting refused tries and for the list of one's sessions.

use super::guard::App;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

/// Who is at the other end of the line, as far as one can tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// An IPv4 address, or the first 64 bits of an IPv6 one: what one household or one office holds.
    pub network: String,
    /// "Firefox on Windows".
    pub browser: String,
}

impl FromRequestParts<App> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let connection = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let header = app.config.signing_in.proxy_header.as_deref();
        let address = match header {
            Some(name) => forwarded(&parts.headers, name).or(connection),
            None => connection,
        };
        Ok(Self { network: address.map_or("unknown".into(), network_of), browser: browser(&parts.headers) })
    }
}

/// The last address in the header: our proxy wrote that one; what stands before it anybody may have sent.
fn forwarded(headers: &HeaderMap, name: &str) -> Option<IpAddr> {
    let value = headers.get_all(name).iter().next_back()?.to_str().ok()?;
    let last = value.rsplit(',').next()?.trim();
    last.parse().ok().or_else(|| last.parse::<SocketAddr>().ok().map(|a| a.ip()))
}

fn network_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// The browser in words. A list of known words, so that nothing a stranger sends stands on a page.
fn browser(headers: &HeaderMap) -> String {
    let said = headers.get("user-agent").and_then(|v| v.to_str().ok()).unwrap_or_default();
    let first = |pairs: &[(&str, &'static str)]| {
        pairs.iter().find(|(mark, _)| said.contains(mark)).map(|(_, words)| *words)
    };
    let name = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Windows", "Windows"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Mac OS", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (name, system) {
        (Some(name), Some(system)) => format!("{name} on {system}"),
        (Some(name), None) => name.to_owned(),
        _ => "Another program".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_what_our_own_proxy_wrote_is_believed() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_static("10.0.0.1, 203.0.113.9"));
        assert_eq!(forwarded(&headers, "x-forwarded-for").map(network_of).as_deref(), Some("203.0.113.9"));
        headers.append("x-forwarded-for", HeaderValue::from_static("198.51.100.7:4411"));
        assert_eq!(forwarded(&headers, "x-forwarded-for").map(network_of).as_deref(), Some("198.51.100.7"));
        assert_eq!(forwarded(&headers, "x-real-ip"), None);
    }

    #[test]
    fn a_household_is_one_network() {
        let one = network_of("2001:db8:1:2:3:4:5:6".parse().unwrap());
        assert_eq!(one, network_of("2001:db8:1:2:ffff::1".parse().unwrap()));
        assert_ne!(one, network_of("2001:db8:1:3::1".parse().unwrap()));
        assert_eq!(network_of("::ffff:192.0.2.1".parse().unwrap()), "192.0.2.1");
    }

    #[test]
    fn a_browser_is_told_in_known_words_only() {
        let mut headers = HeaderMap::new();
        headers.insert(
            "user-agent",
            HeaderValue::from_static(
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140 Safari/537 Edg/140",
            ),
        );
        assert_eq!(browser(&headers), "Edge on Windows");
        headers.insert("user-agent", HeaderValue::from_static("<script>alert(1)</script>"));
        assert_eq!(browser(&headers), "Another program");
    }
}
