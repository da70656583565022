//! Email addresses, by the options of UX D.

mod hosts;

use email_address::Options;
use url::Host;

use super::pasted::unwrap_round;
use super::text::fold;
use super::{Fault, text_value};

/// Most characters of an address (RFC 5321 4.5.3.1.3: a path of 256 with its brackets).
pub const EMAIL_MAX_CHARS: usize = 254;

/// An email address: unquoted, ASCII, at a host name with at least one dot.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EmailAddress(String);
text_value!(EmailAddress);

impl EmailAddress {
    /// Reads an address, also as people paste it: `mailto:a@b.co`, `<a@b.co>`, `Name <a@b.co>`, `Email: a@b.co`. An
    /// international host is written in its ASCII form; all else stays as typed.
    ///
    /// # Errors
    /// `email.long` { found, max }, `email.format`.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        let folded = fold(typed);
        let text = unwrapped(&folded);
        let found = text.chars().count();
        if found > EMAIL_MAX_CHARS && text.contains('@') {
            return Err(Fault::new("email.long").with("found", found).with("max", EMAIL_MAX_CHARS));
        }
        read(text).map(Self).ok_or_else(|| Fault::new("email.format"))
    }

    /// The address at the well-known host that a slip of one letter missed: `a@gmail.com` of `a@gmial.com`.
    #[must_use]
    pub fn near_miss(&self) -> Option<String> {
        let (local, host) = self.0.rsplit_once('@')?;
        let meant = hosts::meant(&host.to_ascii_lowercase())?;
        Some(format!("{local}@{meant}"))
    }
}

/// The address without what was pasted around it.
fn unwrapped(folded: &str) -> &str {
    let text = unwrap_round(folded);
    // "Name <a@b.co>", the name of which may hold anything but another address.
    let inner = text.strip_suffix('>').and_then(|text| text.split_once('<'));
    let inner = inner.filter(|(name, inner)| !name.contains('@') && !inner.contains('<'));
    let text = inner.map_or(text, |(_, inner)| inner);
    let text = without_scheme(text);
    // No host has a question mark: what follows it are the settings of a link.
    let text = text.split_once('@').and_then(|(_, host)| host.split_once('?')).map_or(text, |(_, settings)| {
        text.strip_suffix(settings).and_then(|text| text.strip_suffix('?')).unwrap_or(text)
    });
    text.trim().trim_end_matches('.')
}

fn without_scheme(text: &str) -> &str {
    match text.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => &text[7..],
        _ => text,
    }
}

fn read(text: &str) -> Option<String> {
    let (local, host) = text.rsplit_once('@')?;
    let (local, host) = (local.trim_end(), host.trim_start());
    // An address or a bracketed literal is a host for the standard, but no place where a customer gets mail.
    let Ok(Host::Domain(ascii_host)) = Host::parse(host) else { return None };
    let host = if host.is_ascii() { host } else { ascii_host.as_str() };
    let address = format!("{local}@{host}");
    let options = Options::default().with_required_tld().without_domain_literal().without_display_text();
    let accepted = address.is_ascii()
        && address.len() <= EMAIL_MAX_CHARS
        && !local.starts_with('"')
        && email_address::EmailAddress::parse_with_options(&address, options).is_ok();
    accepted.then_some(address)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("service@gemini.com", "service@gemini.com")]
    #[case(" accounts@lanternquay.example ", "accounts@lanternquay.example")]
    #[case("a.b+tag@Mail.Example.COM", "a.b+tag@Mail.Example.COM")]
    #[case("o'neill_1=x@example.com", "o'neill_1=x@example.com")]
    #[case("ｓｈｅｎ＠mingyue.example", "shen@mingyue.example")]
    #[case("kontakt@münchen.example", "kontakt@xn--mnchen-3ya.example")]
    #[case::brackets("<shen@example.com>", "shen@example.com")]
    #[case::display("Shen Yun <shen@example.com>", "shen@example.com")]
    #[case::quoted_display("\"Shen, Yun\" <shen@example.com>;", "shen@example.com")]
    #[case::local_name("沈云 <shen@example.com>", "shen@example.com")]
    #[case::link("mailto:shen@example.com?subject=Hi", "shen@example.com")]
    #[case::upper_link("MAILTO:shen@example.com", "shen@example.com")]
    #[case::bracketed_link("<mailto:shen@example.com>", "shen@example.com")]
    #[case::copied_twice("shen@example.com <mailto:shen@example.com>", "")]
    #[case::label("E-mail: shen@example.com", "shen@example.com")]
    #[case::stop("shen@example.com.", "shen@example.com")]
    #[case::comma("shen@example.com,", "shen@example.com")]
    #[case::spaces_at("shen @ example.com", "shen@example.com")]
    #[case::round("(shen@example.com)", "shen@example.com")]
    #[case::zero_width("shen@\u{200B}example.com", "shen@example.com")]
    fn addresses_are_read(#[case] typed: &str, #[case] sent: &str) {
        let read = EmailAddress::parse(typed);
        assert_eq!(read.as_ref().map_or("", EmailAddress::as_str), sent, "{read:?}");
    }

    #[rstest]
    #[case::no_at("accounts.example.com")]
    #[case::no_dot("a@b")]
    #[case::literal("x@[127.0.0.1]")]
    #[case::ip("x@127.0.0.1")]
    #[case::quoted("\"q q\"@example.com")]
    #[case::two("a@b@example.com")]
    #[case::two_addresses("a@example.com, b@example.com")]
    #[case::two_named("A <a@example.com>, B <b@example.com>")]
    #[case::space("a b@example.com")]
    #[case::dots("a..b@example.com")]
    #[case::local_script("沈@example.com")]
    #[case::no_local("@example.com")]
    #[case::words("no email")]
    fn anything_else_is_not(#[case] typed: &str) {
        assert_eq!(EmailAddress::parse(typed).unwrap_err().code, "email.format");
    }

    #[test]
    fn an_address_has_at_most_254_characters() {
        let host = format!("{}.{}.{}.example", "h".repeat(60), "h".repeat(60), "h".repeat(60));
        let longest = format!("{}@{host}", "a".repeat(254 - 1 - host.len()));
        assert_eq!(longest.len(), 254);
        assert!(EmailAddress::parse(&longest).is_ok());
        let fault = EmailAddress::parse(&format!("a{longest}")).unwrap_err();
        assert_eq!(fault, Fault::new("email.long").with("found", 255).with("max", 254));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(typed in any::<String>()) {
            let _ = EmailAddress::parse(&typed).map(|address| address.near_miss());
        }
    }
}
