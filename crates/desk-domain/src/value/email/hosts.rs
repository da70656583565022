//! Hosts of mail that everybody knows, and slips of one letter beside them. Our own list (UX D: "hand list").

/// Hosts that a slip may have meant. Names of five letters and more only: beside shorter ones every letter is a name.
const KNOWN: &[&str] = &[
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "outlook.com",
    "yahoo.com",
    "icloud.com",
    "protonmail.com",
    "fastmail.com",
    "yandex.com",
    "foxmail.com",
    "comcast.net",
    "verizon.net",
    "naver.com",
    "bigpond.com",
    "orange.fr",
    "wanadoo.fr",
    "t-online.de",
];

/// Real hosts of mail one letter beside a known one.
const REAL: &[&str] = &[
    "ymail.com",
    "mail.com",
    "email.com",
    "gmx.com",
    "hmail.com",
    "xmail.com",
    "zmail.com",
    "imail.com",
    "jmail.com",
    "nmail.com",
    "tmail.com",
    "umail.com",
    "vmail.com",
    "wmail.com",
    "qmail.com",
    "fmail.com",
    "rmail.com",
    "gmail.co",
    "boxmail.com",
    "postmail.com",
    "hotmail.co",
    "yahoo.co",
    "outlook.co",
    "yandex.co",
    "nader.com",
    "naver.co",
    "orange.nl",
];

/// The known host that one slip made this host of; `None` of a host that is known or real itself.
pub(super) fn meant(host: &str) -> Option<&'static str> {
    if host.len() > 20 || KNOWN.contains(&host) || REAL.contains(&host) {
        return None;
    }
    KNOWN.iter().copied().find(|known| is_one_slip(host.as_bytes(), known.as_bytes()))
}

/// One letter wrong, missing or too many, or two neighbours in the other order.
fn is_one_slip(typed: &[u8], meant: &[u8]) -> bool {
    let same = typed.iter().zip(meant).take_while(|(a, b)| a == b).count();
    let (typed, meant) = (&typed[same..], &meant[same..]);
    let rest = |of: &[u8], at: usize| of.get(at..).map(<[u8]>::to_vec);
    let equal = |a: usize, b: usize| rest(typed, a).is_some() && rest(typed, a) == rest(meant, b);
    let swapped = typed.len() > 1 && meant.len() > 1 && typed[0] == meant[1] && typed[1] == meant[0] && equal(2, 2);
    equal(1, 1) || equal(0, 1) || equal(1, 0) || swapped
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("gmial.com", "gmail.com")]
    #[case("gmai.com", "gmail.com")]
    #[case("gmaill.com", "gmail.com")]
    #[case("gmail.con", "gmail.com")]
    #[case("gmail.cm", "gmail.com")]
    #[case("gmail.comm", "gmail.com")]
    #[case("gnail.com", "gmail.com")]
    #[case("hotmial.com", "hotmail.com")]
    #[case("homail.com", "hotmail.com")]
    #[case("outlok.com", "outlook.com")]
    #[case("yaho.com", "yahoo.com")]
    #[case("iclould.com", "icloud.com")]
    #[case("orange.ft", "orange.fr")]
    fn a_slip_of_one_letter(#[case] host: &str, #[case] known: &str) {
        assert_eq!(meant(host), Some(known));
    }

    #[rstest]
    #[case("gmail.com")]
    #[case("gmx.com")]
    #[case("gmx.de")]
    #[case("ymail.com")]
    #[case("mail.com")]
    #[case("email.com")]
    #[case("hotmail.co.uk")]
    #[case("hotmail.fr")]
    #[case("hotmail.dk")]
    #[case("hotmail.ca")]
    #[case("outlook.de")]
    #[case("yahoo.co.uk")]
    #[case("yahoo.co.jp")]
    #[case("yahoo.com.au")]
    #[case("yahoo.ca")]
    #[case("yahoo.cn")]
    #[case("icloud.com.cn")]
    #[case("qq.com")]
    #[case("163.com")]
    #[case("126.com")]
    #[case("me.com")]
    #[case("mac.com")]
    #[case("aol.com")]
    #[case("live.com")]
    #[case("msn.com")]
    #[case("pm.me")]
    #[case("proton.me")]
    #[case("web.de")]
    #[case("yandex.ru")]
    #[case("sina.com")]
    #[case("lanternquay.example")]
    #[case("x.co")]
    fn real_hosts_are_none(#[case] host: &str) {
        assert_eq!(meant(host), None);
    }
}
