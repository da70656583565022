//! Brazil.

use super::format::{Format, Read, has_shape, is_digits};

/// Receita Federal, Instrução Normativa RFB 2119/2022 and, for letters from July 2026, 2229/2024: eight characters of the root, four of the
/// order, two check digits. A character's value is its ASCII code less 48; from the right, times 2 to 9 and again; the check digit is 11
/// less the rest by 11, 0 where that is 10 or 11.
pub(super) const CNPJ: Format = Format {
    name: "cnpj",
    labels: &["CNPJMF", "CNPJ"],
    read: |text| {
        has_shape(text, "************99").then(|| {
            let right = (12..14).all(|at| u32::from(text.as_bytes()[at] - b'0') == check_digit(&text[..at], 9));
            Read::new(text, Some(right))
        })
    },
};

/// Receita Federal, Cadastro de Pessoas Físicas: nine digits and two check digits, made as the CNPJ's with weights from 2 on without end.
/// The same digit eleven times keeps that rule and is nobody's.
pub(in crate::reference) const CPF: Format = Format {
    name: "cpf",
    labels: &["CPFMF", "CPF"],
    read: |text| is_digits(text, 11).then(|| Read::new(text, Some(is_cpf(text)))),
};

/// Whether the check digits of eleven digits are those of a CPF.
fn is_cpf(text: &str) -> bool {
    let digit = |at: usize| u32::from(text.as_bytes()[at] - b'0');
    (9..11).all(|at| digit(at) == check_digit(&text[..at], 11)) && (1..11).any(|at| digit(at) != digit(0))
}

fn check_digit(text: &str, last_weight: u32) -> u32 {
    let values = text.bytes().rev().map(|byte| u32::from(byte - b'0'));
    let sum: u32 = values.zip((2..=last_weight).cycle()).map(|(value, weight)| value * weight).sum();
    (11 - sum % 11) % 11 % 10
}
