//! Postcodes as people type them, in the form of their country.

use super::table::Known;
use crate::value::pasted;

/// Longest text that may be a postcode, in bytes.
const LONGEST_BYTES: usize = 64;

/// Countries where codes are digits alone and some begin with a zero.
const LEADING_ZERO: &[&str] = &[
    "AM", "AU", "BR", "CN", "CO", "DE", "DO", "DZ", "EC", "ES", "FI", "FR", "GE", "GT", "IT", "JP", "KR", "KZ", "LK",
    "MX", "MY", "NO", "NZ", "PE", "PR", "RO", "SG", "SK", "TR", "UA", "US", "VI", "ZA",
];

/// A code of a French big customer without its office: `75001 CEDEX 08`.
fn without_cedex(text: &str) -> &str {
    text.split_once("CEDEX").map_or(text, |(code, office)| {
        let is_office = office.trim().bytes().all(|byte| byte.is_ascii_digit());
        if is_office { code.trim() } else { text }
    })
}

impl Known {
    /// A postcode in its country's own form; `None` where it has not the form.
    pub(super) fn postcode(&self, typed: &str) -> Option<String> {
        if typed.len() > LONGEST_BYTES {
            return None;
        }
        let folded: String = pasted::fold_digits(typed).chars().filter(|char| *char != '〒').collect();
        let typed = folded.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
        // Nearest first: as typed, without what names the country, with the letters that all examples begin with.
        let bare = || self.without_country(&typed).and_then(|bare| self.in_form(bare));
        let prefixed = || {
            let prefix = Some(self.common_prefix()).filter(|prefix| !prefix.is_empty())?;
            self.in_form(&format!("{prefix}{typed}"))
        };
        let alone = || self.without_place(without_cedex(&typed)).and_then(|code| self.in_form(code));
        self.in_form(&typed).or_else(bare).or_else(prefixed).or_else(alone).or_else(|| self.with_zeros(&typed))
    }

    /// A text without the region or the country that stands before a code: `NY 10001`, `QLD, 4000`, `Singapore 049483`.
    fn without_place<'a>(&self, text: &'a str) -> Option<&'a str> {
        let Some(digit) = text.find(|char: char| char.is_ascii_digit()) else { return Some(text) };
        // A code may itself begin with letters: then they stand behind the last gap.
        let gap = text[..digit].trim_end().rfind(' ').map(|at| at + 1);
        let cuts = [Some(digit), gap.filter(|_| !text[..digit].ends_with(' '))];
        let is_place = |place: &str| place.is_empty() || self.is_own(place) || self.region_of_field(place).is_some();
        cuts.into_iter().flatten().find_map(|at| {
            let place = text[..at].trim_matches(|char: char| !char.is_alphanumeric());
            is_place(place).then(|| text[at..].trim())
        })
    }

    /// A number with the zeros that a spreadsheet took from its front, where exactly that fits: `800` is 0800 in Australia.
    fn with_zeros(&self, text: &str) -> Option<String> {
        const MOST_ZEROS: usize = 2;
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() && !text.starts_with('0');
        if !is_number || !LEADING_ZERO.contains(&self.country.code()) {
            return None;
        }
        (1..=MOST_ZEROS).find_map(|zeros| {
            let code = self.in_form(&format!("{:0<zeros$}{text}", ""))?;
            let of_region: Vec<bool> = (0..self.zips.len()).filter_map(|at| self.has_postcode(at, &code)).collect();
            // Two zeros are a guess where no region says that its codes begin so.
            let fits = if of_region.is_empty() { zeros == 1 } else { of_region.contains(&true) };
            fits.then_some(code)
        })
    }

    /// A text as it stands where it parts its letters, else with the separators of the examples.
    fn in_form(&self, text: &str) -> Option<String> {
        let fits = |text: &str| self.zip.as_ref().is_some_and(|zip| zip.is_match(text));
        if fits(text) && text.contains([' ', '-']) {
            return Some(text.to_owned());
        }
        self.separated(text).into_iter().find(|text| fits(text)).or_else(|| fits(text).then(|| text.to_owned()))
    }

    /// A text without the letters that name the country before a postcode: `CH-8001`, `D-80331`, `AT 1010`, `S 049483`.
    fn without_country<'a>(&self, text: &'a str) -> Option<&'a str> {
        let letters = text.find(|char: char| !char.is_ascii_alphabetic())?;
        let (country, rest) = text.split_at(letters);
        let rest = rest.trim_start_matches([' ', '-', '.', '(']).trim_end_matches(')');
        let known = self.prefix.trim_end_matches([' ', '-']);
        let is = !country.is_empty() && (self.country.code().starts_with(country) || country == known);
        is.then_some(rest)
    }

    /// The same letters and digits with the separators of each example that is as long and has its letters in the same
    /// places, else of each that parts them in a way that fits.
    fn separated(&self, text: &str) -> Vec<String> {
        let bare: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
        let same_shape =
            |a: &str, b: &str| a.bytes().map(|it| it.is_ascii_digit()).eq(b.bytes().map(|it| it.is_ascii_digit()));
        let examples = self.format.postcode_examples.iter().map(|example| {
            let parts: Vec<&str> = example.split([' ', '-']).collect();
            (*example, parts.concat(), parts)
        });
        let mut exact = Vec::new();
        let mut near = Vec::new();
        for (example, letters, parts) in examples {
            if letters.len() == bare.len() && same_shape(&letters, &bare) {
                exact.push(like(example, &bare));
            } else if let ([first, last], Some(separator)) =
                (&parts[..], example.chars().find(|char| matches!(char, ' ' | '-')))
            {
                let cuts = [bare.len().checked_sub(last.len()), Some(first.len()).filter(|cut| *cut < bare.len())];
                near.extend(
                    cuts.into_iter().flatten().map(|cut| format!("{}{separator}{}", &bare[..cut], &bare[cut..])),
                );
            }
        }
        exact.extend(near);
        exact
    }

    /// The letters that every example begins with, and what parts them from the rest: `LV-`, `BB`.
    fn common_prefix(&self) -> &'static str {
        let of =
            |example: &'static str| &example[..example.find(|char: char| char.is_ascii_digit()).unwrap_or_default()];
        let mut prefixes = self.format.postcode_examples.iter().map(|example| of(example));
        let first = prefixes.next().unwrap_or_default();
        if prefixes.all(|prefix| prefix == first) { first } else { "" }
    }
}

/// Letters and digits put into the places of an example's.
fn like(example: &str, bare: &str) -> String {
    let mut letters = bare.chars();
    example.chars().filter_map(|char| if char.is_ascii_alphanumeric() { letters.next() } else { Some(char) }).collect()
}
