//! Check digits that several registries share. All take ASCII digits and letters; another character counts as nothing fits.

/// The digits of a text; empty where it holds anything else.
pub(in crate::reference) fn digits(text: &str) -> impl DoubleEndedIterator<Item = u32> + '_ {
    text.bytes().map(|byte| u32::from(byte.wrapping_sub(b'0')))
}

/// The digits, each times the weight at its place, summed.
pub(in crate::reference) fn weighted(text: &str, weights: &[u32]) -> u32 {
    digits(text).zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// ISO/IEC 7812-1 annex B (Luhn): from the right every second digit is doubled, the digits of the products are summed, and the sum
/// is a multiple of 10.
pub(super) fn luhn(text: &str) -> bool {
    let doubled = |(at, digit): (usize, u32)| if at % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { digit };
    digits(text).rev().enumerate().map(doubled).sum::<u32>().is_multiple_of(10)
}

/// ISO/IEC 7064, MOD 97-10: letters stand for 10 to 35, and the number that the digits then make leaves 1.
pub(super) fn mod_97_10(text: &str) -> bool {
    let step = |rest: u32, byte: u8| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        _ => (rest * 100 + u32::from(byte.wrapping_sub(b'A')) + 10) % 97,
    };
    text.bytes().fold(0, step) == 1
}

/// ISO/IEC 7064, MOD 11,10: the hybrid system with two moduli, its check digit at the end.
pub(super) fn mod_11_10(text: &str) -> bool {
    let Some((body, check)) = text.split_at_checked(text.len().saturating_sub(1)) else { return false };
    let product = digits(body).fold(10, |product, digit| {
        let sum = (digit + product) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    digits(check).next() == Some((11 - product) % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_standards() {
        assert!(luhn("79927398713") && !luhn("79927398710"));
        assert!(mod_97_10("529900T8BM49AURSDO55") && !mod_97_10("529900T8BM49AURSDO56"));
        assert!(mod_11_10("136695976") && !mod_11_10("136695978"));
    }
}
