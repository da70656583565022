//! What was understood, where it differs from what was typed.

use super::{Sheet, address};
use crate::check::Echo;
use crate::field::Field;
use crate::path::FieldPath;
use crate::problem::Params;
use crate::reference::address::AddressPart;
use crate::value::Value;

pub(crate) fn echoes(sheet: &Sheet<'_>) -> Vec<Echo> {
    let echo = |path: FieldPath, typed: &str, value: &Value| {
        let (code, key, text) = match value {
            Value::Date(date) => ("date", "date", date.to_string()),
            Value::Phone(phone) => ("phone", "e164", phone.to_string()),
            Value::Country(country) => ("country", "code", country.to_string()),
            Value::Currency(currency) => ("currency", "code", currency.to_string()),
            Value::Amount(amount) => ("amount", "amount", amount.to_string()),
            Value::Email(email) => ("email", "email", email.to_string()),
            Value::Website(url) => ("website", "url", url.to_string()),
            Value::Never => ("no_expiry", "none", "none".to_owned()),
            Value::Text(number) if matches!(path.field(), Field::BusinessIdentifierNumber | Field::IdNumber) => {
                ("identifier", "number", number.to_string())
            }
            Value::Text(text) => match address::part(path.field()) {
                Some(AddressPart::State) => ("state", "state", text.to_string()),
                Some(AddressPart::Postcode) => ("postcode", "postcode", text.to_string()),
                _ => return None,
            },
            Value::PartnerCustomerId(_) | Value::FileId(_) => return None,
        };
        // "None" is said back whatever it was typed as: that nothing will be sent is worth a look.
        let differs = *value == Value::Never || text != typed.trim();
        differs.then(|| Echo { path, code: code.to_owned(), params: Params::from([(key.to_owned(), text)]) })
    };
    let entries = sheet.entries.iter().filter(|entry| sheet.counts(entry.path));
    entries.filter_map(|entry| echo(entry.path, entry.typed, entry.understood.as_ref().ok()?)).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use crate::check::check;
    use crate::codes::ECHO_CODES;
    use crate::field::Field;
    use crate::tests::sample::{CONTEXT, with};

    #[rstest]
    #[case(Field::BirthDate, "3 apr 1988", Some(("date", "1988-04-03")))]
    #[case(Field::BirthDate, "1988-04-03", None)]
    #[case(Field::IdExpirationDate, "20200101", Some(("date", "2020-01-01")))]
    #[case(Field::IdExpirationDate, "长期", Some(("no_expiry", "none")))]
    #[case(Field::BusinessIdentifierExpiryDate, "none", Some(("no_expiry", "none")))]
    #[case(Field::BirthDate, "none", None)]
    #[case(Field::ContactPhone, "0061 2 5550 1234", Some(("phone", "+61255501234")))]
    #[case(Field::ContactPhone, "+61255501234", None)]
    #[case(Field::OperatingCountry, "china", Some(("country", "CN")))]
    #[case(Field::OperatingCountry, " CN ", None)]
    #[case(Field::EstimatedMonthlyRevenueCurrency, "aud", Some(("currency", "AUD")))]
    #[case(Field::EstimatedMonthlyRevenueAmount, "120k", Some(("amount", "120000")))]
    #[case(Field::EstimatedMonthlyRevenueAmount, "12345678901234567.80", None)]
    #[case(Field::ContactEmail, "Shen <shen@example.com>", Some(("email", "shen@example.com")))]
    #[case(Field::ContactEmail, " shen@example.com ", None)]
    #[case(Field::Website, "lanternquay.example", Some(("website", "https://lanternquay.example")))]
    #[case(Field::Website, "not a website", None)]
    #[case(Field::BusinessName, " 灯码头贸易 ", None)]
    #[case(Field::BusinessIdentifierNumber, "51 824 753 556", None)]
    fn an_echo_only_where_it_differs(#[case] field: Field, #[case] typed: &str, #[case] echo: Option<(&str, &str)>) {
        let echoes = check(&with(&[(field, typed)]), &CONTEXT).echoes;
        let found: Vec<_> =
            echoes.iter().map(|e| (e.code.as_str(), e.params.values().next().unwrap().as_str())).collect();
        assert_eq!(found, Vec::from_iter(echo));
        for echo in &echoes {
            let known = ECHO_CODES.iter().find(|(code, ..)| *code == echo.code).unwrap();
            assert_eq!(echo.params.keys().map(String::as_str).collect::<Vec<_>>(), [known.1]);
        }
    }
}
