//! Web addresses.

use url::{Host, Url};

use super::pasted::unwrap_round;
use super::text::fold;
use super::{Fault, text_value};

/// An `http` or `https` address at a host name with a dot, without credentials. An address that was typed as a URI is
/// sent exactly so: no slash is added that was not typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WebsiteUrl(String);
text_value!(WebsiteUrl);

impl WebsiteUrl {
    /// Reads an address; `https://` is added where no scheme is typed. What is pasted around it (`Website: <x.com>,`) and a
    /// stop at its end are left out.
    ///
    /// # Errors
    /// `website.format`.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        read(unwrap_round(&fold(typed))).map(Self).ok_or_else(|| Fault::new("website.format"))
    }
}

fn read(text: &str) -> Option<String> {
    let text = text.trim_end_matches(['.', ',', ';']);
    let whole = match text.split_once("://") {
        Some((scheme, rest)) => format!("{}://{rest}", scheme.to_ascii_lowercase()),
        None => format!("https://{}", text.trim_start_matches('/')),
    };
    let url = Url::parse(&whole).ok()?;
    let Some(Host::Domain(host)) = url.host() else { return None };
    let dotted = host.trim_end_matches('.').contains('.') && !host.starts_with('.') && !host.contains("..");
    let plain = url.username().is_empty() && url.password().is_none();
    if !dotted || !plain || !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    if is_uri(&whole) {
        return Some(whole);
    }
    let mut written = url.to_string();
    if url.path() == "/" && url.query().is_none() && url.fragment().is_none() && !whole.ends_with('/') {
        written.pop();
    }
    is_uri(&written).then_some(written)
}

/// Whether a text has only characters that RFC 3986 allows in a URI (brackets, which it allows in hosts, left out).
fn is_uri(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().all(|(at, &byte)| match byte {
        b'%' => bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)),
        b'#' => !bytes[..at].contains(&b'#'),
        _ => byte.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(&byte),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("lanternquay.example", "https://lanternquay.example")]
    #[case("https://lanternquay.example", "https://lanternquay.example")]
    #[case("https://lanternquay.example/", "https://lanternquay.example/")]
    #[case("http://www.lanternquay.example/shop?a=1#b", "http://www.lanternquay.example/shop?a=1#b")]
    #[case("//lanternquay.example:8443/x", "https://lanternquay.example:8443/x")]
    #[case("ＷＷＷ．lanternquay．example", "https://WWW.lanternquay.example")]
    #[case::at_in_the_path("lanternquay.example/@shop", "https://lanternquay.example/@shop")]
    #[case::international("münchen.example", "https://xn--mnchen-3ya.example")]
    #[case::international_path("lanternquay.example/灯", "https://lanternquay.example/%E7%81%AF")]
    #[case::spaces_and_a_break("www.lanternquay.example \n", "https://www.lanternquay.example")]
    #[case::upper("HTTPS://LANTERNQUAY.EXAMPLE/", "https://LANTERNQUAY.EXAMPLE/")]
    #[case::stop("lanternquay.example.", "https://lanternquay.example")]
    #[case::label("Website: lanternquay.example", "https://lanternquay.example")]
    #[case::label_and_scheme("Web: https://lanternquay.example", "https://lanternquay.example")]
    #[case::brackets("<https://lanternquay.example>", "https://lanternquay.example")]
    #[case::quotes("\u{201C}lanternquay.example\u{201D}", "https://lanternquay.example")]
    #[case::port("lanternquay.example:8080", "https://lanternquay.example:8080")]
    #[case::space_in_path("lanternquay.example/a b", "https://lanternquay.example/a%20b")]
    fn addresses_are_read(#[case] typed: &str, #[case] sent: &str) {
        assert_eq!(WebsiteUrl::parse(typed).unwrap().as_str(), sent);
    }

    #[rstest]
    #[case::no_dot("localhost")]
    #[case::only_a_trailing_dot("localhost.")]
    #[case::address("http://127.0.0.1/")]
    #[case::address6("http://[::1]/")]
    #[case::credentials("https://user:pass@lanternquay.example")]
    #[case::user("https://user@lanternquay.example")]
    #[case::email("accounts@lanternquay.example")]
    #[case::ftp("ftp://lanternquay.example")]
    #[case::script("javascript:alert(1)")]
    #[case::script_with_slashes("javascript://lanternquay.example/%0aalert(1)")]
    #[case::file("file:///etc/passwd")]
    #[case::words("no website")]
    #[case::none("none")]
    #[case::stops("...")]
    #[case::twice("https://https://lanternquay.example")]
    #[case::label_alone("Website:")]
    fn anything_else_is_not(#[case] typed: &str) {
        assert_eq!(WebsiteUrl::parse(typed).unwrap_err().code, "website.format");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(typed in any::<String>()) {
            let _ = WebsiteUrl::parse(&typed);
        }
    }
}
