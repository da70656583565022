//! Phone numbers in the international form of E.164, by Google's metadata (rlibphonenumber 2.2.15, metadata 9.0.42). The
//! library is used here and nowhere else, and sees nothing but digits and a plus.

mod parts;

use rlibphonenumber::{
    NumberLengthType, PHONE_NUMBER_UTIL as BOOK, ParseError, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region,
    ValidationError,
};

use self::parts::{Parts, last_group, parts};
use super::pasted::{MOST_PASTED, fold_digits, unwrap};
use super::{CountryCode, Fault, text_value};

/// Fewest digits of a number, calling code included: the contract's `^\+[1-9][0-9]{5,14}$`.
pub const PHONE_MIN_DIGITS: usize = 6;
/// Most digits of a number, calling code included: E.164, and the contract's pattern.
pub const PHONE_MAX_DIGITS: usize = 15;
/// Digits beyond which no region has numbers, its dialling prefixes included.
const MOST_DIALLED: usize = 24;
/// Digits of a Mexican number after its calling code.
const MEXICAN_DIGITS: usize = 10;
/// What was dialled before one until 2019, and stands in address books still: calls of the whole country, mobiles.
const MEXICAN_PREFIXES: [&str; 5] = ["521", "044", "045", "01", "1"];
/// Kinds of numbers that people and offices have.
const KINDS: [PhoneNumberType; 6] = [
    PhoneNumberType::FixedLine,
    PhoneNumberType::Mobile,
    PhoneNumberType::TollFree,
    PhoneNumberType::SharedCost,
    PhoneNumberType::PersonalNumber,
    PhoneNumberType::VoIP,
];

/// A number with its calling code: `+8613800138000`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct E164(String);
text_value!(E164);

impl E164 {
    /// Reads a number that begins with `+`, `00` or the region's own prefix for calls abroad, or a national number of the
    /// region. Spaces, hyphens, dots, slashes, brackets and a label (`Tel:`, `(office)`) are left out, and so are the
    /// `(0)` that is dialled inside a country, the old prefixes of Mexico and an extension ([`extension`]).
    ///
    /// # Errors
    /// `phone.letters`; `phone.country_code` without a region or with a calling code that nobody has; `phone.length`
    /// { found, max, min, region }: of the region's digits after its calling code, or of the contract's with it where no
    /// region is known.
    pub fn parse(typed: &str, region: Option<CountryCode>) -> Result<Self, Fault> {
        if typed.len() > MOST_PASTED {
            let found = typed.bytes().filter(u8::is_ascii_digit).count();
            return Err(if found > MOST_DIALLED { contract_length(found) } else { Fault::new("phone.letters") });
        }
        let folded = fold_digits(typed);
        let text = unwrap(&folded);
        Self::of_text(text, region)
            .or_else(|fault| without_last_group(text, &fault, region).map(|(number, _)| number).ok_or(fault))
    }

    fn of_text(text: &str, region: Option<CountryCode>) -> Result<Self, Fault> {
        let Some(Parts { digits, plus, trunk, .. }) = parts(text) else {
            return Err(Fault::new("phone.letters"));
        };
        if digits.len() > MOST_DIALLED {
            return Err(contract_length(digits.len()));
        }
        let region = region.and_then(known);
        let mut first: Option<Fault> = None;
        let mut doubtful: Option<PhoneNumber> = None;
        for (text, region) in spellings(&digits, plus, trunk, region) {
            match read(&text, region) {
                Ok(number) if BOOK.is_valid_number(&number) => return written(&number),
                Ok(number) => doubtful = doubtful.or(Some(number)),
                Err(fault) => first = first.or(Some(fault)),
            }
        }
        match (doubtful, first) {
            (Some(number), _) => written(&number),
            (None, Some(fault)) => Err(fault),
            (None, None) => Err(Fault::new("phone.country_code")),
        }
    }

    /// Whether the metadata knows the number as one that can be given out. It ages: a warning at most.
    #[must_use]
    pub fn is_assigned(&self) -> bool {
        BOOK.parse(self.as_str(), None).is_ok_and(|number| BOOK.is_valid_number(&number))
    }

    /// The country of the calling code: the first of several; `None` of a code that belongs to none, as `+800`.
    #[must_use]
    pub fn region(&self) -> Option<CountryCode> {
        let number = BOOK.parse(self.as_str(), None).ok()?;
        main_region(number.country_code)
    }
}

/// The extension beside a number of a region: `7` of `+61 2 5550 1234 ext 7`, `801` of `021-62345678-801`. It is not part of
/// the number and is not sent.
#[must_use]
pub fn extension(typed: &str, region: Option<CountryCode>) -> Option<String> {
    if typed.len() > MOST_PASTED {
        return None;
    }
    let folded = fold_digits(typed);
    let text = unwrap(&folded);
    parts(text)?.extension.or_else(|| {
        let fault = E164::of_text(text, region).err()?;
        without_last_group(text, &fault, region).map(|(_, extension)| extension)
    })
}

/// The number and its extension where a text has too many digits, and has not without the last three or four behind a
/// hyphen, as China writes extensions.
fn without_last_group(text: &str, fault: &Fault, region: Option<CountryCode>) -> Option<(E164, String)> {
    let said = |key| fault.params.get(key).and_then(|said: &String| said.parse::<usize>().ok());
    if said("found")? <= said("max")? {
        return None;
    }
    let (number, extension) = last_group(text)?;
    let number = E164::of_text(&number, region).ok().filter(E164::is_assigned)?;
    Some((number, extension))
}

/// What numbers of a country begin with when they are dialled from abroad: `+61`. `None` where it has none of its own.
#[must_use]
pub fn calling_code(country: CountryCode) -> Option<String> {
    BOOK.get_country_code_for_region(known(country)?).map(|code| format!("+{code}"))
}

/// Reads the metadata, which otherwise the first number does.
pub fn warm() {
    let _ = known_code(1);
}

/// The ways in which digits can be meant, the likelier before.
fn spellings(digits: &str, plus: bool, trunk: bool, region: Option<Region>) -> Vec<(String, Option<Region>)> {
    // The zero of "(0)" is dialled inside the country and is not in the number, but for Italy and a few others.
    let mut all = Vec::new();
    let without: Option<String> = trunk.then(|| digits.replacen('T', "", 1));
    all.extend(mexican(digits, plus, region).map(|number| (number, None)));
    for digits in without.into_iter().chain([digits.replacen('T', "0", 1)]) {
        if plus {
            all.push((format!("+{digits}"), None));
            continue;
        }
        if region.is_some() {
            all.push((digits.clone(), region));
        }
        if let Some(rest) = digits.strip_prefix("00") {
            all.push((format!("+{rest}"), None));
        }
    }
    all
}

/// A Mexican number without what was dialled before it.
fn mexican(digits: &str, plus: bool, region: Option<Region>) -> Option<String> {
    let ten = |rest: &&str| rest.len() == MEXICAN_DIGITS;
    let abroad = if plus { Some(digits) } else { digits.strip_prefix("00") };
    let number = abroad.and_then(|digits| digits.strip_prefix("521")).filter(ten).or_else(|| {
        let here = !plus && region.is_some_and(|region| Region::from_code("MX") == Ok(region));
        let mut prefixes = MEXICAN_PREFIXES.iter().filter(|_| here);
        prefixes.find_map(|prefix| digits.strip_prefix(prefix).filter(ten))
    })?;
    Some(format!("+52{number}"))
}

fn read(text: &str, region: Option<Region>) -> Result<PhoneNumber, Fault> {
    let found = text.bytes().filter(u8::is_ascii_digit).count();
    let number = BOOK.parse(text, region).map_err(|error| match error {
        ParseError::InvalidCountryCode => Fault::new("phone.country_code"),
        _ => region.map_or_else(|| contract_length(found), |region| length(region, found)),
    })?;
    match BOOK.is_possible_number_with_reason(&number) {
        Ok(NumberLengthType::IsPossible) | Err(ValidationError::InvalidLength) => within_lengths(number, region),
        // A number that is dialled without its area code only from next door is too short for everybody else.
        Ok(NumberLengthType::IsPossibleLocalOnly) | Err(ValidationError::TooShort | ValidationError::TooLong) => {
            let found = number.get_national_significant_number().len();
            Err(region_of(&number, region).map_or_else(|| contract_length(found), |region| length(region, found)))
        }
        Err(ValidationError::InvalidCountryCode) => Err(Fault::new("phone.country_code")),
    }
}

/// A number that somebody may have, by its length. Short codes and numbers of machines make the metadata's own lengths too
/// wide: what nobody is known to have is measured by the numbers of people and offices.
fn within_lengths(number: PhoneNumber, region: Option<Region>) -> Result<PhoneNumber, Fault> {
    let Some(region) = region_of(&number, region).filter(|_| !BOOK.is_valid_number(&number)) else { return Ok(number) };
    let found = number.get_national_significant_number().len();
    match lengths(region) {
        Some((least, most)) if !(least..=most).contains(&found) => Err(length(region, found)),
        _ => Ok(number),
    }
}

/// The region whose number it is: the one it was typed in where the calling code is its own.
fn region_of(number: &PhoneNumber, region: Option<Region>) -> Option<Region> {
    let region = region.filter(|region| BOOK.get_country_code_for_region(*region) == Some(number.country_code));
    region.or_else(|| known(main_region(number.country_code)?))
}

/// Least and most digits of a region's numbers of people and offices; `None` where it has none.
fn lengths(region: Region) -> Option<(usize, usize)> {
    let possible = |digits: &usize| {
        let ones = 10_u64.checked_pow(u32::try_from(*digits).unwrap_or(0)).map_or(0, |ten| ten / 9);
        let country_code = BOOK.get_country_code_for_region(region).unwrap_or(0);
        let number = PhoneNumber { country_code, national_number: ones, ..PhoneNumber::default() };
        let is = |kind| BOOK.is_possible_number_for_type_with_reason(&number, kind) == Ok(NumberLengthType::IsPossible);
        KINDS.into_iter().any(is)
    };
    let mut lengths = (1..=PHONE_MAX_DIGITS).filter(possible);
    let least = lengths.next()?;
    Some((least, lengths.next_back().unwrap_or(least)))
}

/// The number as it is sent, by the contract's own pattern.
fn written(number: &PhoneNumber) -> Result<E164, Fault> {
    let text = BOOK.format(number, PhoneNumberFormat::E164).into_owned();
    let digits = text.strip_prefix('+').unwrap_or_default();
    let of_contract = (PHONE_MIN_DIGITS..=PHONE_MAX_DIGITS).contains(&digits.len())
        && !digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    if of_contract { Ok(E164(text)) } else { Err(contract_length(digits.len())) }
}

fn contract_length(found: usize) -> Fault {
    length_fault("", PHONE_MIN_DIGITS, PHONE_MAX_DIGITS, found)
}

/// A number with too few or too many digits for its region: how many the region's numbers have.
fn length(region: Region, found: usize) -> Fault {
    let (least, most) = lengths(region).unwrap_or((PHONE_MIN_DIGITS, PHONE_MAX_DIGITS));
    length_fault(&region.as_region_str(), least, most, found)
}

fn length_fault(region: &str, min: usize, max: usize, found: usize) -> Fault {
    Fault::new("phone.length").with("min", min).with("max", max).with("found", found).with("region", region)
}

/// The library's name of a country; `None` where it knows no numbers of it.
fn known(country: CountryCode) -> Option<Region> {
    let region = Region::from_code(country.code()).ok()?;
    BOOK.get_country_code_for_region(region).map(|_| region)
}

fn known_code(code: i32) -> Option<Region> {
    BOOK.get_region_for_country_code(code)
}

fn main_region(code: i32) -> Option<CountryCode> {
    CountryCode::parse(&known_code(code)?.as_region_str()).ok()
}

#[cfg(test)]
mod tests;
