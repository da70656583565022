//! Germany.

use super::check_digits::mod_11_10;
use super::format::{Format, Read, is_digits};

/// Handelsregisterverordnung, sections 3 and 13: the register's part (HRA, HRB; GnR, PR, VR, GsR of the other registers) and a number, which a
/// court gives: it stands before or after in any words. Some courts add letters. Nothing is checked.
pub(super) const DE_REGISTER: Format = Format {
    name: "de_register",
    labels: &["HANDELSREGISTERNUMMER", "HANDELSREGISTER"],
    read: |text| {
        if let Some((part, number)) = PARTS.iter().find_map(|part| Some((*part, unlabelled(text.strip_prefix(part)?))))
            && let Some(number) = register_number(part, number)
        {
            return Some(Read::new(number, None));
        }
        let (_, after) = text.split_once("HRA").or_else(|| text.split_once("HRB"))?;
        after.starts_with(|char: char| char.is_ascii_digit()).then(Read::as_typed)
    },
};

/// `HRB Nr. 12345`.
fn unlabelled(number: &str) -> &str {
    number.strip_prefix("NUMMER").or_else(|| number.strip_prefix("NR")).unwrap_or(number)
}

/// The parts of the registers.
const PARTS: &[&str] = &["HRA", "HRB", "GNR", "GSR", "PR", "VR"];

/// `12345B` of HRB as `HRB 12345 B`.
fn register_number(part: &str, number: &str) -> Option<String> {
    let digits = number.trim_end_matches(|char: char| char.is_ascii_uppercase());
    let letters = &number[digits.len()..];
    let fits = (1..=6).contains(&digits.len()) && letters.len() <= 3 && is_digits(digits, digits.len());
    fits.then(|| format!("{part} {digits} {letters}").trim_end().to_owned())
}

/// Bundeszentralamt für Steuern, "Aufbau der USt-IdNr." : `DE` and nine digits, the last by ISO/IEC 7064 MOD 11,10.
pub(super) const VAT_DE: Format = Format {
    name: "vat_de",
    labels: &["UMSATZSTEUERIDENTIFIKATIONSNUMMER", "USTIDNR", "USTID", "UID", "VAT"],
    read: |text| {
        let number = text.strip_prefix("DE").unwrap_or(text);
        let fits = is_digits(number, 9) && !number.starts_with('0');
        fits.then(|| Read::new(text, Some(mod_11_10(number))))
    },
};
