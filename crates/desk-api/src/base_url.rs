//! [`BaseUrl`]: what a user typed as the address of a platform, once it is safe to send keys to.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// The address of a platform: https anywhere, http only on this computer; no credentials, query or fragment. Paths are
/// appended to its own path, never joined as absolute (DECISIONS 2: the sandbox serves `/untyped/api/...`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    url: Url,
    loopback: bool,
}

/// Why a text is no [`BaseUrl`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BaseUrlError {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// Not an http or https address.
    #[error("not an http or https address")]
    Unreadable,
    /// http to a host that is not this computer: keys would cross the network in plain form (RELIABILITY promise 8).
    #[error("http to {host}")]
    Insecure {
        /// The host.
        host: String,
    },
    /// A user name or password stands in the address.
    #[error("credentials in the address")]
    Credentials,
    /// A query or a fragment stands in the address.
    #[error("a query or fragment in the address")]
    Extra,
}

impl BaseUrlError {
    /// The code of the page's catalogue.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "field.required",
            Self::Unreadable => "field.url",
            Self::Insecure { .. } => "field.url_insecure",
            Self::Credentials => "field.url_credentials",
            Self::Extra => "field.url_extra",
        }
    }
}

impl BaseUrl {
    /// Reads what a user typed. White space around it is ignored; nothing is guessed, a missing scheme least of all.
    ///
    /// # Errors
    /// [`BaseUrlError`] says which rule the text breaks.
    pub fn parse(typed: &str) -> Result<Self, BaseUrlError> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(BaseUrlError::Empty);
        }
        // The URL standard drops tabs and line ends and turns backslashes; what is sent should be what was seen.
        if typed.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\') {
            return Err(BaseUrlError::Unreadable);
        }
        let mut url = Url::parse(typed).map_err(|_| BaseUrlError::Unreadable)?;
        let secure = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return Err(BaseUrlError::Unreadable),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(BaseUrlError::Credentials);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(BaseUrlError::Extra);
        }
        let loopback = url.host().is_some_and(|host| is_loopback(&host));
        if !secure && !loopback {
            return Err(BaseUrlError::Insecure { host: url.host_str().unwrap_or_default().to_owned() });
        }
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self { url, loopback })
    }

    /// Whether its host is this computer.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.loopback
    }

    /// Whether it is spoken to over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// The address itself, as it is spoken to when nothing is appended.
    pub(crate) fn url(&self) -> Url {
        self.url.clone()
    }

    /// The host, without a port.
    #[must_use]
    pub fn host(&self) -> String {
        self.url.host_str().unwrap_or_default().to_owned()
    }

    /// The host and the port that is spoken to.
    pub(crate) fn host_and_port(&self) -> Option<(Host<&str>, u16)> {
        Some((self.url.host()?, self.url.port_or_known_default()?))
    }

    /// The address with these segments appended to its path, each percent-encoded as one segment. `None` for a segment
    /// that no address can carry: `""`, `.` and `..` are steps of a path however they are encoded.
    #[must_use]
    pub fn endpoint(&self, segments: &[&str]) -> Option<Url> {
        let walks = |segment: &&str| matches!(*segment, "" | "." | "..") || is_encoded_dots(segment);
        if segments.iter().any(walks) {
            return None;
        }
        let mut url = self.url.clone();
        url.path_segments_mut().ok()?.pop_if_empty().extend(segments);
        Some(url)
    }
}

impl fmt::Display for BaseUrl {
    /// Without a slash at its end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.url.as_str().trim_end_matches('/'))
    }
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Ipv4(address) => Ipv4Addr::is_loopback(address),
        Host::Ipv6(address) => Ipv6Addr::is_loopback(address),
        Host::Domain(name) => *name == "localhost",
    }
}

/// `%2e` and the like: encoded once more by [`BaseUrl::endpoint`], but a careless server decodes twice.
fn is_encoded_dots(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    matches!(plain.as_str(), "." | "..")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::https("https://api.example.com", "https://api.example.com", false)]
    #[case::slash_at_the_end("https://api.example.com/", "https://api.example.com", false)]
    #[case::path("https://api.example.com/v1//", "https://api.example.com/v1", false)]
    #[case::white_space("  https://api.example.com \n", "https://api.example.com", false)]
    #[case::upper_case("HTTPS://API.Example.COM", "https://api.example.com", false)]
    #[case::port("https://api.example.com:8443", "https://api.example.com:8443", false)]
    #[case::http_ipv4("http://127.0.0.1:8083", "http://127.0.0.1:8083", true)]
    #[case::http_ipv4_of_the_block("http://127.8.9.10:8083/untyped", "http://127.8.9.10:8083/untyped", true)]
    #[case::http_ipv6("http://[::1]:8083", "http://[::1]:8083", true)]
    #[case::http_localhost("http://localhost:8083", "http://localhost:8083", true)]
    #[case::https_localhost("https://localhost", "https://localhost", true)]
    fn an_address_is_read(#[case] typed: &str, #[case] shown: &str, #[case] loopback: bool) {
        let base = BaseUrl::parse(typed).unwrap();
        assert_eq!((base.to_string().as_str(), base.is_loopback()), (shown, loopback));
    }

    #[rstest]
    #[case::empty("", BaseUrlError::Empty)]
    #[case::blank(" \t", BaseUrlError::Empty)]
    #[case::no_scheme("api.example.com", BaseUrlError::Unreadable)]
    #[case::host_and_port("localhost:8083", BaseUrlError::Unreadable)]
    #[case::other_scheme("ftp://api.example.com", BaseUrlError::Unreadable)]
    #[case::file("file:///etc/passwd", BaseUrlError::Unreadable)]
    #[case::no_host("https://", BaseUrlError::Unreadable)]
    #[case::inner_line_end("https://api.exa\nmple.com", BaseUrlError::Unreadable)]
    #[case::backslash("https:\\\\api.example.com", BaseUrlError::Unreadable)]
    #[case::user("https://me@api.example.com", BaseUrlError::Credentials)]
    #[case::password("https://:secret@api.example.com", BaseUrlError::Credentials)]
    #[case::credentials_over_http("http://me:secret@127.0.0.1", BaseUrlError::Credentials)]
    #[case::query("https://api.example.com/?key=1", BaseUrlError::Extra)]
    #[case::empty_query("https://api.example.com/?", BaseUrlError::Extra)]
    #[case::fragment("https://api.example.com/#top", BaseUrlError::Extra)]
    #[case::http("http://api.example.com", BaseUrlError::Insecure { host: "api.example.com".to_owned() })]
    #[case::http_lan("http://192.168.0.7", BaseUrlError::Insecure { host: "192.168.0.7".to_owned() })]
    #[case::http_any("http://0.0.0.0:8083", BaseUrlError::Insecure { host: "0.0.0.0".to_owned() })]
    #[case::http_looks_local("http://127.0.0.1.example.com", BaseUrlError::Insecure { host: "127.0.0.1.example.com".to_owned() })]
    #[case::http_sub_localhost("http://localhost.example.com", BaseUrlError::Insecure { host: "localhost.example.com".to_owned() })]
    fn an_address_is_refused(#[case] typed: &str, #[case] why: BaseUrlError) {
        assert_eq!(BaseUrl::parse(typed), Err(why));
    }

    #[rstest]
    #[case::plain("cus_1", Some("https://h.example/v1/api/customers/cus_1/update"))]
    #[case::climbing("../../admin", Some("https://h.example/v1/api/customers/..%2F..%2Fadmin/update"))]
    #[case::slash("a/b", Some("https://h.example/v1/api/customers/a%2Fb/update"))]
    #[case::query("a?b#c", Some("https://h.example/v1/api/customers/a%3Fb%23c/update"))]
    #[case::space("a b", Some("https://h.example/v1/api/customers/a%20b/update"))]
    #[case::percent("a%2Fb", Some("https://h.example/v1/api/customers/a%252Fb/update"))]
    #[case::script("客户", Some("https://h.example/v1/api/customers/%E5%AE%A2%E6%88%B7/update"))]
    #[case::absolute(
        "https://evil.example/",
        Some("https://h.example/v1/api/customers/https:%2F%2Fevil.example%2F/update")
    )]
    #[case::two_dots("..", None)]
    #[case::one_dot(".", None)]
    #[case::encoded_dots("%2E%2e", None)]
    #[case::nothing("", None)]
    fn an_id_is_one_segment_of_the_path(#[case] id: &str, #[case] address: Option<&str>) {
        let base = BaseUrl::parse("https://h.example/v1/").unwrap();
        let url = base.endpoint(&["api", "customers", id, "update"]);
        assert_eq!(url.as_ref().map(Url::as_str), address);
    }
}
