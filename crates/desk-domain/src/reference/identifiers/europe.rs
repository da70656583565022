//! Switzerland, the Netherlands, Italy and Spain.

use super::check_digits::{digits, luhn, mod_97_10, weighted};
use super::format::{Format, Read, has_shape, is_digits};

/// Federal Statistical Office, UID (eCH-0097, 3.1): `CHE` and nine digits, the last by weights 5 4 3 2 7 6 5 4 and 11 less the rest; for VAT
/// `MWST`, `TVA` or `IVA` after it, which is kept.
pub(super) const CH_UID: Format = Format {
    name: "ch_uid",
    labels: &["UID", "IDE", "IDI"],
    read: |text| {
        let rest = text.strip_prefix("CHE")?;
        let (number, tax) = rest.split_at_checked(9)?;
        let fits = is_digits(number, 9) && matches!(tax, "" | "MWST" | "TVA" | "IVA" | "VAT");
        fits.then(|| {
            let check = (11 - weighted(&number[..8], &[5, 4, 3, 2, 7, 6, 5, 4]) % 11) % 11;
            let spelled = if tax.is_empty() { format!("CHE{number}") } else { format!("CHE{number} {tax}") };
            Read::new(spelled, Some(digits(&number[8..]).next() == Some(check)))
        })
    },
};

/// Kamer van Koophandel, "Wat is een KVK-nummer": eight digits, or twelve of an establishment. Nothing is checked.
pub(super) const NL_KVK: Format = Format {
    name: "nl_kvk",
    labels: &["KVKNUMMER", "KVK"],
    read: |text| (is_digits(text, 8) || is_digits(text, 12)).then(|| Read::new(text, None)),
};

/// Belastingdienst, "Opbouw btw-identificatienummer": `NL`, nine digits, `B`, two digits. Sole traders' since 2020 keep MOD 97-10 with the
/// letters in it; others' first nine are by weights 9 to 2 and less the last, by 11.
pub(super) const VAT_NL: Format = Format {
    name: "vat_nl",
    labels: &["BTWNUMMER", "BTWID", "BTW", "VAT"],
    read: |text| {
        let number = text.strip_prefix("NL").unwrap_or(text);
        has_shape(number, "999999999B99").then(|| {
            let by_weight = weighted(number, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
            let old = digits(&number[8..9]).next() == Some(by_weight);
            Read::new(text, Some(old || mod_97_10(&format!("NL{number}"))))
        })
    },
};

/// Decreto ministeriale 23 dicembre 1976, Agenzia delle Entrate: the partita IVA has eleven digits, the last by Luhn; a company's codice
/// fiscale is the same.
pub(super) const IT_PIVA: Format = Format {
    name: "it_piva",
    labels: &["PARTITAIVA", "PIVA", "CODICEFISCALE", "VAT", "CF", "PI"],
    read: |text| {
        let number = text.strip_prefix("IT").unwrap_or(text);
        is_digits(number, 11).then(|| Read::new(text, Some(luhn(number))))
    },
};

/// Real Decreto 1065/2007, articles 19 to 22 and Orden EHA/451/2008: of a body, a letter, seven digits and a digit or letter of control; of
/// a person, eight digits (foreigners X, Y, Z and seven) and the letter at the rest by 23.
pub(super) const ES_NIF: Format = Format {
    name: "es_nif",
    labels: &["NIFIVA", "NIF", "CIF", "VAT"],
    read: |text| {
        let number = text.strip_prefix("ES").filter(|rest| rest.len() == 9).unwrap_or(text);
        let right = if has_shape(number, "A9999999*") && !number.starts_with(['X', 'Y', 'Z', 'K', 'L', 'M']) {
            let control = nif_control(&number[1..8]);
            let last = number.as_bytes()[8];
            last == b'0' + control || last == b"JABCDEFGHI"[usize::from(control)]
        } else if has_shape(number, "99999999A") || has_shape(number, "A9999999A") {
            let spelled = number.replace('X', "0").replace('Y', "1").replace('Z', "2");
            let of_person = spelled[..8].parse::<usize>();
            let letter = of_person.map(|value| b"TRWAGMYFPDXBNJZSQVHLCKE"[value % 23]);
            if number.starts_with(['K', 'L', 'M']) {
                return Some(Read::new(text, None));
            }
            letter == Ok(number.as_bytes()[8])
        } else {
            return None;
        };
        Some(Read::new(text, Some(right)))
    },
};

/// The control of seven digits: those at odd places doubled and their digits summed, the others as they are, 10 less the last digit.
fn nif_control(seven: &str) -> u8 {
    let sum: u32 = digits(seven)
        .enumerate()
        .map(|(at, digit)| if at % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit })
        .sum();
    u8::try_from((10 - sum % 10) % 10).unwrap_or_default()
}
