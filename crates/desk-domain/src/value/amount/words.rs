//! What stands around the digits of an amount: signs and codes of currencies, `k` and `万`, "approx." and "per month".

use crate::value::CurrencyCode;

/// An amount's digits and marks, and what the words around them say.
pub(super) struct Words {
    /// Digits, marks and spaces.
    pub(super) digits: String,
    /// Zeros that a suffix stands for.
    pub(super) zeros: usize,
    pub(super) minus: bool,
}

/// Signs that say no more than that it is money (UX B5: symbols are ignored).
const SIGNS: [char; 22] =
    ['$', '€', '£', '¥', '￥', '₩', '₹', '￡', '￦', '฿', '₫', '₱', '₽', '₺', '₴', '₪', '₦', '₵', '₸', '₼', '₡', '₾'];
/// Signs in letters, in lower case, each with the currencies that it can mean: with another one chosen it contradicts.
const LETTERS: &[(&str, &[&str])] = &[
    ("us$", &["USD"]),
    ("au$", &["AUD"]),
    ("a$", &["AUD"]),
    ("hk$", &["HKD"]),
    ("nz$", &["NZD"]),
    ("nt$", &["TWD"]),
    ("sg$", &["SGD"]),
    ("s$", &["SGD"]),
    ("ca$", &["CAD"]),
    ("c$", &["CAD", "NIO"]),
    ("r$", &["BRL"]),
    ("mx$", &["MXN"]),
    ("rmb", &["CNY"]),
    ("人民币", &["CNY"]),
    ("人民幣", &["CNY"]),
    ("港币", &["HKD"]),
    ("港元", &["HKD"]),
    ("美元", &["USD"]),
    ("日元", &["JPY"]),
    ("日圓", &["JPY"]),
    ("元", &["CNY", "TWD", "HKD"]),
    ("圆", &["CNY"]),
    ("圓", &["CNY", "TWD", "HKD"]),
    ("円", &["JPY"]),
    ("원", &["KRW"]),
    ("rm", &["MYR"]),
    ("rp.", &["IDR"]),
    ("rp", &["IDR"]),
    ("rs.", &["INR", "PKR", "LKR", "NPR", "MUR"]),
    ("rs", &["INR", "PKR", "LKR", "NPR", "MUR"]),
    ("kr.", &["SEK", "NOK", "DKK", "ISK"]),
    ("kr", &["SEK", "NOK", "DKK", "ISK"]),
    ("zł", &["PLN"]),
    ("kč", &["CZK"]),
    ("ft", &["HUF"]),
    ("sfr.", &["CHF"]),
    ("fr.", &["CHF"]),
    ("đ", &["VND"]),
    ("kshs.", &["KES"]),
    ("kshs", &["KES"]),
    ("ksh.", &["KES"]),
    ("ksh", &["KES"]),
    ("tshs", &["TZS"]),
    ("tsh", &["TZS"]),
    ("ushs", &["UGX"]),
    ("ush", &["UGX"]),
    ("dhs.", &["AED", "MAD"]),
    ("dhs", &["AED", "MAD"]),
    ("dh", &["AED", "MAD"]),
    ("s/.", &["PEN"]),
    ("s/", &["PEN"]),
];
/// The rand's sign: before the digits only, since behind them it ends other words (`5 kr`).
const RAND: (&str, &str) = ("r", "ZAR");
/// Suffixes, in lower case, the longer before the shorter, each with its zeros.
const SUFFIXES: &[(&str, usize)] = &[
    ("thousands", 3),
    ("thousand", 3),
    ("million", 6),
    ("millions", 6),
    ("millones", 6),
    ("milhões", 6),
    ("millionen", 6),
    ("billion", 9),
    ("billions", 9),
    ("juta", 6),
    ("jt", 6),
    ("ribu", 3),
    ("miliar", 9),
    ("milyar", 9),
    ("lakhs", 5),
    ("lakh", 5),
    ("crores", 7),
    ("crore", 7),
    ("mio.", 6),
    ("mio", 6),
    ("mln", 6),
    ("mn", 6),
    ("bn", 9),
    ("cr", 7),
    ("k", 3),
    ("mm", 6),
    ("m", 6),
    ("百万", 6),
    ("百萬", 6),
    ("千万", 7),
    ("千萬", 7),
    ("千", 3),
    ("万", 4),
    ("萬", 4),
    ("만", 4),
    ("亿", 8),
    ("億", 8),
    ("억", 8),
];
const BEFORE: &[&str] =
    &["approximately", "approx.", "approx", "about", "around", "circa", "ca.", "~", "≈", "约", "約"];
const AFTER: &[&str] = &[
    "per month",
    "a month",
    "monthly",
    "/month",
    "/ month",
    "/mth",
    "/mo",
    "p.m.",
    "pm",
    "每月",
    "/月",
    "月額",
    "only",
    "/-",
    "/=",
];

/// Takes the words off a folded text.
pub(super) fn words(text: &str, currency: Option<CurrencyCode>) -> Words {
    let mut text = text.to_lowercase();
    text.retain(|char| !SIGNS.contains(&char) || char == '$');
    let mut rest = text.trim();
    for word in AFTER {
        rest = rest.strip_suffix(word).map_or(rest, str::trim_end);
    }
    for word in BEFORE {
        rest = rest.strip_prefix(word).map_or(rest, str::trim_start);
    }
    let (mut minus, mut zeros) = (false, 0);
    // A currency may stand on either side of the sign and of the suffix: `-$5`, `$-5`, `12k USD`, `12 USD k`.
    for _ in 0..2 {
        rest = without_currency(rest, currency);
        let signed = rest.strip_prefix('-').or_else(|| in_brackets(rest));
        (minus, rest) = (minus || signed.is_some(), signed.unwrap_or(rest).trim());
        rest = rest.strip_prefix('+').unwrap_or(rest).trim_start();
        if zeros == 0
            && let Some((word, of_word)) = SUFFIXES.iter().find(|(word, _)| rest.ends_with(word))
        {
            (rest, zeros) = (rest[..rest.len() - word.len()].trim_end(), *of_word);
        }
    }
    // A dash for the coins: "120.-", "120,--".
    let whole = rest.trim_end_matches('-');
    let rest = if whole.len() < rest.len() { whole.strip_suffix(['.', ',']).unwrap_or(rest) } else { rest };
    Words { digits: rest.to_owned(), zeros, minus }
}

fn in_brackets(text: &str) -> Option<&str> {
    text.strip_prefix('(')?.strip_suffix(')')
}

/// Without the code of the currency that is chosen anyway, and without signs that can mean it.
fn without_currency(text: &str, currency: Option<CurrencyCode>) -> &str {
    let code = currency.map(|currency| currency.code().to_ascii_lowercase()).unwrap_or_default();
    let means = |codes: &[&str]| currency.is_none_or(|currency| codes.contains(&currency.code()));
    let letters = LETTERS.iter().filter(|(_, codes)| means(codes)).map(|(letters, _)| *letters);
    let mut rest = text;
    for word in letters.chain([code.as_str(), "$"]).filter(|word| !word.is_empty()) {
        rest = rest.strip_prefix(word).map_or(rest, str::trim_start);
        rest = rest.strip_suffix(word).map_or(rest, str::trim_end);
    }
    match rest.strip_prefix(RAND.0) {
        Some(digits)
            if means(&[RAND.1])
                && digits.starts_with([' ', '-', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']) =>
        {
            digits.trim_start()
        }
        _ => rest,
    }
}
