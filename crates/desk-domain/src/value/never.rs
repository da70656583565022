//! Words that say a document has no last day.

use super::date::{CivilDate, DateOrder};
use super::pasted::{fold_digits, unwrap_round};

/// Words for "no expiry", folded and in lower case: those of identity cards and licences of the countries that issue such
/// documents, and what people write for them.
const WORDS: &[&str] = &[
    "none",
    "no expiry",
    "no expiry date",
    "no expiration",
    "no expiration date",
    "no end date",
    "no date",
    "never",
    "never expires",
    "does not expire",
    "no expiration period",
    "valid indefinitely",
    "valid until cancelled",
    "until cancelled",
    "valid until revoked",
    "until revoked",
    "perpetual existence",
    "perpetual duration",
    "lifelong",
    "life long",
    "seumur hidup",
    "berlaku seumur hidup",
    "not applicable",
    "n/a",
    "na",
    "nil",
    "-",
    "--",
    "permanent",
    "permanently",
    "perpetual",
    "indefinite",
    "indefinitely",
    "unlimited",
    "no limit",
    "long-term",
    "long term",
    "longterm",
    "lifetime",
    "for life",
    "open-ended",
    "open ended",
    "长期",
    "長期",
    "长期有效",
    "長期有效",
    "永久",
    "永久有效",
    "无",
    "無",
    "无固定期限",
    "無固定期限",
    "不约定期限",
    "不約定期限",
    "不设期限",
    "无限期",
    "無限期",
    "终身",
    "終身",
    "无期限",
    "無期限",
    "無期限有效",
    "なし",
    "期限なし",
    "有効期限なし",
    "무기한",
    "영구",
    "없음",
    "unbefristet",
    "unbegrenzt",
    "keine",
    "illimité",
    "illimitée",
    "permanente",
    "indefinido",
    "indefinida",
    "indeterminado",
    "indeterminada",
    "sin vencimiento",
    "sem validade",
];

/// What stands between the first day and the last on cards and licences: `2015年01月20日至长期`, `2015.01.20-长期`.
const BETWEEN: [char; 4] = ['至', '到', '-', '~'];

/// Whether a text says that there is no last day, whatever its case, width and stops (`N.A.`), behind a label
/// (`营业期限：长期`) or the first day (`2015年01月20日至长期`).
#[must_use]
pub fn is_never(typed: &str) -> bool {
    // The longest word has fewer letters than this; a pasted page is not folded to find that out.
    if typed.len() > 200 {
        return false;
    }
    let folded = fold_digits(typed).to_lowercase();
    let text = unwrap_round(&folded).trim_matches(['.', '(', ')', '[', ']', '"', '\'', ' ']);
    is_word(text) || text.rsplit_once(BETWEEN).is_some_and(|(first, last)| is_word(last) && is_day(first))
}

fn is_word(text: &str) -> bool {
    let words: Vec<String> = text.split_whitespace().map(|word| word.replace('.', "")).collect();
    WORDS.contains(&words.join(" ").as_str())
}

/// Whether a text is a date, whichever of its numbers is the month.
fn is_day(text: &str) -> bool {
    CivilDate::parse(text.trim(), DateOrder::DayFirst).is_ok()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("none")]
    #[case(" None. ")]
    #[case("NO  EXPIRY")]
    #[case("(permanent)")]
    #[case("Long-term")]
    #[case("long\u{2013}term")]
    #[case("长期")]
    #[case("無期限")]
    #[case("\u{FF2E}\u{FF2F}\u{FF2E}\u{FF25}")]
    #[case("n/a")]
    #[case("--")]
    #[case("illimité")]
    #[case("illimite\u{301}")]
    #[case("SEUMUR HIDUP")]
    #[case("Berlaku: SEUMUR HIDUP")]
    #[case("Lifelong")]
    #[case("N.A.")]
    #[case("无固定期限")]
    #[case("不约定期限")]
    #[case("perpetual existence")]
    #[case("Valid until cancelled")]
    #[case("营业期限：长期")]
    #[case("Expiry date: none")]
    #[case("2015年01月20日至长期")]
    #[case("2015年01月20日 至 长期")]
    #[case("有效期限：2015.01.20-长期")]
    #[case("20 Jan 2015 - indefinite")]
    fn words_for_no_expiry(#[case] typed: &str) {
        assert!(is_never(typed));
    }

    #[rstest]
    #[case("")]
    #[case("non")]
    #[case("nonetheless")]
    #[case("long")]
    #[case("expired")]
    #[case("2039-05-05")]
    #[case("none 2039")]
    #[case("2015年01月20日至2035年01月19日")]
    #[case("至长期")]
    #[case("business-none")]
    #[case("长期至2035年01月19日")]
    #[case("Expiry:")]
    fn other_words_are_none(#[case] typed: &str) {
        assert!(!is_never(typed));
    }

    #[test]
    fn every_word_is_its_own_folded_form() {
        for word in WORDS {
            assert!(is_never(word) && is_never(&word.to_uppercase()), "{word}");
        }
    }
}
