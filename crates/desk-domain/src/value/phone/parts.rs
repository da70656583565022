//! A typed phone number taken apart: its digits, whether it says its calling code, its extension.

/// Fewest digits before an extension: a shorter number has none, and `x7` after it is a slip.
const FEWEST_BEFORE_EXTENSION: usize = 5;
/// Most digits of an extension.
const MOST_OF_EXTENSION: usize = 8;
/// Words between a number and its extension, in lower case, the longer before the shorter.
const EXTENSION_WORDS: &[&str] = &[
    ";ext=",
    "extension",
    "extn",
    "ext",
    "durchwahl",
    "poste",
    "ramal",
    "interno",
    "anexo",
    "内线",
    "內線",
    "分机",
    "分機",
    "转",
    "轉",
    "内線",
    "내선",
    "доб",
    "x",
    "#",
];
/// Words before or behind a number, in lower case, where no colon parts them from it ([`super::pasted`] takes those).
const LABELS: &[&str] = &[
    "telephone",
    "telefono",
    "teléfono",
    "telefone",
    "telefon",
    "téléphone",
    "tel",
    "tél",
    "phone",
    "ph",
    "mobile",
    "mob",
    "cellphone",
    "cell",
    "celular",
    "móvil",
    "mobil",
    "whatsapp",
    "work",
    "home",
    "main",
    "landline",
    "handy",
    "office",
    "direct",
    "hotline",
    "call",
    "fon",
    "电话",
    "電話",
    "手机",
    "手機",
    "座机",
    "固话",
    "전화",
    "휴대폰",
    "тел",
];

pub(super) struct Parts {
    /// The digits; a `T` where `(0)` stood.
    pub(super) digits: String,
    /// Whether a plus was before them.
    pub(super) plus: bool,
    /// Whether `(0)` stood in them.
    pub(super) trunk: bool,
    pub(super) extension: Option<String>,
}

/// Takes a folded text apart; `None` where something is left that no number has.
pub(super) fn parts(text: &str) -> Option<Parts> {
    let lower = text.to_lowercase();
    let text = without_last_label(without_label(&lower));
    let (number, extension) = split_extension(text);
    let mut parts = Parts { digits: String::new(), plus: false, trunk: false, extension };
    let mut rest = number;
    while let Some(char) = rest.chars().next() {
        if !parts.trunk
            && let Some(after) = rest.strip_prefix("(0)")
        {
            (parts.trunk, rest) = (true, after);
            parts.digits.push('T');
            continue;
        }
        rest = &rest[char.len_utf8()..];
        match char {
            '0'..='9' => parts.digits.push(char),
            '+' if parts.digits.is_empty() => parts.plus = true,
            ' ' | '-' | '.' | '/' | '(' | ')' | '[' | ']' | '~' | '\'' | '\u{30FB}' | '\u{B7}' | ',' => {}
            _ => return None,
        }
    }
    // A number of dialled digits only: "(0)" alone is none.
    if parts.digits.starts_with('T') && !parts.plus {
        parts.digits.replace_range(..1, "0");
        parts.trunk = false;
    }
    Some(parts)
}

fn without_label(text: &str) -> &str {
    let text = text.trim_start_matches(|char: char| !char.is_alphanumeric() && !matches!(char, '+' | '('));
    for label in LABELS {
        if let Some(rest) = text.strip_prefix(label)
            && !rest.starts_with(char::is_alphabetic)
        {
            return rest.trim_start_matches(['.', ' ', '-', '#', ':']);
        }
    }
    text
}

/// Without a word for the kind of number at the end: `+1 212 555 0100 (office)`.
fn without_last_label(text: &str) -> &str {
    let closed = text.trim_end_matches([')', ']', '.', ' ']);
    let words = LABELS.iter().filter_map(|label| closed.strip_suffix(label));
    let mut numbers = words.filter(|rest| !rest.ends_with(char::is_alphabetic));
    numbers.next().map_or(text, |rest| rest.trim_end_matches([' ', '(', '[', '-', ',', ';', '/']))
}

/// The digits of a last group of three or four behind a hyphen, and what stands before it.
pub(super) fn last_group(text: &str) -> Option<(String, String)> {
    let lower = text.to_lowercase();
    let (number, group) = without_last_label(&lower).rsplit_once('-')?;
    let fits = (3..=4).contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| (number.to_owned(), group.to_owned()))
}

/// The number before the extension and its digits: the last word for it that digits follow to the end.
fn split_extension(text: &str) -> (&str, Option<String>) {
    let closed = text.trim_end_matches([')', '.', ' ', '#']);
    let head = closed.trim_end_matches(|char: char| char.is_ascii_digit());
    let digits = &closed[head.len()..];
    if digits.is_empty() || digits.len() > MOST_OF_EXTENSION {
        return (text, None);
    }
    let before = head.trim_end_matches([' ', '.', ':', '-', '=', '(']);
    for word in EXTENSION_WORDS {
        let Some(number) = before.strip_suffix(word).or_else(|| head.strip_suffix(word)) else { continue };
        let number = number.trim_end_matches([' ', ',', ';', '(', '-', '.', '/']);
        let long = number.bytes().filter(u8::is_ascii_digit).count() >= FEWEST_BEFORE_EXTENSION;
        if long && !number.ends_with(char::is_alphabetic) {
            return (number, Some(digits.to_owned()));
        }
    }
    (text, None)
}
