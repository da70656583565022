//! What people paste (UX P5), a hundred of them: what can be read is read, else one problem says what is wrong. Beside them
//! an Australian business with Australian dollars.

use crate::check::check;
use crate::draft::Draft;
use crate::field::Field;
use crate::problem::Severity;
use crate::rules::Sheet;
use crate::tests::sample::{CONTEXT, path, set, with};
use crate::value::Value;

fn draft(field: Field, typed: &str) -> Draft {
    let mut draft = with(&[
        (Field::RegistrationAddressCountryCode, "AU"),
        (Field::EstimatedMonthlyRevenueCurrency, "AUD"),
        (Field::BusinessIdentifierType, "Business Registration"),
        (Field::BusinessIdentifierCountryCode, "AU"),
    ]);
    set(&mut draft, field, typed);
    draft
}

/// The field, what is pasted, what is sent.
const READ: &[(Field, &str, &str)] = &[
    (Field::ContactPhone, " 02 5550 1234 ", "+61255501234"),
    (Field::ContactPhone, "\u{A0}02\u{A0}5550\u{A0}1234\u{A0}", "+61255501234"),
    (Field::ContactPhone, "\u{200B}02 5550 1234\u{FEFF}", "+61255501234"),
    (Field::ContactPhone, "０２ ５５５０ １２３４", "+61255501234"),
    (Field::ContactPhone, "\"02 5550 1234\"", "+61255501234"),
    (Field::ContactPhone, "[02 5550 1234]", "+61255501234"),
    (Field::ContactPhone, "(02) 5550-1234", "+61255501234"),
    (Field::ContactPhone, "(02 5550 1234)", "+61255501234"),
    (Field::ContactPhone, "02.5550.1234", "+61255501234"),
    (Field::ContactPhone, "02/5550/1234", "+61255501234"),
    (Field::ContactPhone, "02\u{2013}5550\u{2013}1234", "+61255501234"),
    (Field::ContactPhone, "02\t5550\t1234", "+61255501234"),
    (Field::ContactPhone, "02 5550 1234\r\n", "+61255501234"),
    (Field::ContactPhone, "Tel: 02 5550 1234", "+61255501234"),
    (Field::ContactPhone, "TEL. (02) 5550 1234", "+61255501234"),
    (Field::ContactPhone, "Phone +61 2 5550 1234", "+61255501234"),
    (Field::ContactPhone, "Tel/Fax: +61 2 5550 1234", "+61255501234"),
    (Field::ContactPhone, "电话：+61 2 5550 1234", "+61255501234"),
    (Field::ContactPhone, "\u{1F4DE} +61 2 5550 1234", "+61255501234"),
    (Field::ContactPhone, "tel:+61255501234", "+61255501234"),
    (Field::ContactPhone, "\u{202A}+61 2 5550 1234\u{202C}", "+61255501234"),
    (Field::ContactPhone, "+61 (0) 2 5550 1234", "+61255501234"),
    (Field::ContactPhone, "+61\u{2011}2\u{2011}5550\u{2011}1234", "+61255501234"),
    (Field::ContactPhone, "+61 2 5550 1234,", "+61255501234"),
    (Field::BirthDate, " 1988-04-03 ", "1988-04-03T00:00:00Z"),
    (Field::BirthDate, "\u{A0}3\u{A0}Apr\u{A0}1988", "1988-04-03T00:00:00Z"),
    (Field::BirthDate, "3 Apr\u{200B} 1988", "1988-04-03T00:00:00Z"),
    (Field::BirthDate, "１９８８年４月３日", "1988-04-03T00:00:00Z"),
    (Field::BirthDate, "\u{201C}3 April 1988\u{201D}", "1988-04-03T00:00:00Z"),
    (Field::BirthDate, "(3 April 1988)", "1988-04-03T00:00:00Z"),
    (Field::BirthDate, "DOB: 03 APR 1988", "1988-04-03T00:00:00Z"),
    (Field::BirthDate, "Date of birth: 3 April 1988", "1988-04-03T00:00:00Z"),
    (Field::BirthDate, "Sunday, 3rd of April 1988", "1988-04-03T00:00:00Z"),
    (Field::BirthDate, "So., 3. April 1988", "1988-04-03T00:00:00Z"),
    (Field::BirthDate, "03.04.1988", "1988-04-03T00:00:00Z"),
    (Field::BirthDate, "dimanche 3 avril 1988", "1988-04-03T00:00:00Z"),
    (Field::BirthDate, "1988-04-03 00:00:00", "1988-04-03T00:00:00Z"),
    (Field::BirthDate, "1988-04-03T00:00:00Z", "1988-04-03T00:00:00Z"),
    (Field::BirthDate, "3\u{2013}Apr\u{2013}1988", "1988-04-03T00:00:00Z"),
    (Field::BirthDate, "3 Apr 1988.", "1988-04-03T00:00:00Z"),
    (Field::BirthDate, "出生日期：1988年4月3日", "1988-04-03T00:00:00Z"),
    (Field::EstimatedMonthlyRevenueAmount, " 120,000 ", "120000"),
    (Field::EstimatedMonthlyRevenueAmount, "\u{A0}120\u{A0}000\u{A0}", "120000"),
    (Field::EstimatedMonthlyRevenueAmount, "120\u{202F}000,50", "120000.50"),
    (Field::EstimatedMonthlyRevenueAmount, "１２０，０００", "120000"),
    (Field::EstimatedMonthlyRevenueAmount, "$120,000.00", "120000.00"),
    (Field::EstimatedMonthlyRevenueAmount, "A$120k", "120000"),
    (Field::EstimatedMonthlyRevenueAmount, "AUD 120,000", "120000"),
    (Field::EstimatedMonthlyRevenueAmount, "120.000,00 AUD", "120000.00"),
    (Field::EstimatedMonthlyRevenueAmount, "\u{201C}120,000\u{201D}", "120000"),
    (Field::EstimatedMonthlyRevenueAmount, "Revenue: $120,000 per month", "120000"),
    (Field::EstimatedMonthlyRevenueAmount, "approx. 120k", "120000"),
    (Field::EstimatedMonthlyRevenueAmount, "~ 120k / month", "120000"),
    (Field::EstimatedMonthlyRevenueAmount, "12万", "120000"),
    (Field::EstimatedMonthlyRevenueAmount, "120'000", "120000"),
    (Field::EstimatedMonthlyRevenueAmount, "120\u{2019}000.-", "120000"),
    (Field::EstimatedMonthlyRevenueAmount, "120,000\n", "120000"),
    (Field::ContactEmail, " a@b.co ", "a@b.co"),
    (Field::ContactEmail, "\u{A0}a@b.co\u{A0}", "a@b.co"),
    (Field::ContactEmail, "a@b.co\u{200B}", "a@b.co"),
    (Field::ContactEmail, "ａ＠ｂ．ｃｏ", "a@b.co"),
    (Field::ContactEmail, "\"a@b.co\"", "a@b.co"),
    (Field::ContactEmail, "<a@b.co>", "a@b.co"),
    (Field::ContactEmail, "(a@b.co)", "a@b.co"),
    (Field::ContactEmail, "Email: a@b.co", "a@b.co"),
    (Field::ContactEmail, "E-Mail-Adresse: a@b.co", "a@b.co"),
    (Field::ContactEmail, "邮箱：a@b.co", "a@b.co"),
    (Field::ContactEmail, "mailto:a@b.co", "a@b.co"),
    (Field::ContactEmail, "mailto:a@b.co?subject=Hello%20there", "a@b.co"),
    (Field::ContactEmail, "Shen Yun <a@b.co>", "a@b.co"),
    (Field::ContactEmail, "\"Shen, Yun\" <a@b.co>,", "a@b.co"),
    (Field::ContactEmail, "a@b.co;", "a@b.co"),
    (Field::ContactEmail, "a@b.co.", "a@b.co"),
    (Field::ContactEmail, "a@b.co\r\n", "a@b.co"),
    (Field::Website, " www.lanternquay.example ", "https://www.lanternquay.example"),
    (Field::Website, "\u{A0}lanternquay.example", "https://lanternquay.example"),
    (Field::Website, "lanternquay\u{200B}.example", "https://lanternquay.example"),
    (Field::Website, "ｗｗｗ．lanternquay．example", "https://www.lanternquay.example"),
    (Field::Website, "\"lanternquay.example\"", "https://lanternquay.example"),
    (Field::Website, "<https://lanternquay.example/>", "https://lanternquay.example/"),
    (Field::Website, "[lanternquay.example]", "https://lanternquay.example"),
    (Field::Website, "Website: lanternquay.example", "https://lanternquay.example"),
    (Field::Website, "网址：https://lanternquay.example", "https://lanternquay.example"),
    (Field::Website, "HTTPS://lanternquay.example/", "https://lanternquay.example/"),
    (Field::Website, "lanternquay.example.", "https://lanternquay.example"),
    (Field::Website, "lanternquay.example,", "https://lanternquay.example"),
    (Field::BusinessIdentifierNumber, " 51 824 753 556 ", "51824753556"),
    (Field::BusinessIdentifierNumber, "51\u{A0}824\u{A0}753\u{A0}556", "51824753556"),
    (Field::BusinessIdentifierNumber, "51824753556\u{200B}", "51824753556"),
    (Field::BusinessIdentifierNumber, "５１８２４７５３５５６", "51824753556"),
    (Field::BusinessIdentifierNumber, "51-824-753-556", "51824753556"),
    (Field::RegistrationAddressPostcode, " 2000 ", "2000"),
    (Field::RegistrationAddressPostcode, "\u{A0}2000\u{A0}", "2000"),
    (Field::RegistrationAddressPostcode, "２０００", "2000"),
    (Field::RegistrationAddressPostcode, "2000\u{200B}", "2000"),
    (Field::RegistrationAddressPostcode, "2000\n", "2000"),
];

/// The field, what is pasted, the one code that says what is wrong.
const ASKED: &[(Field, &str, &str)] = &[
    (Field::ContactPhone, "02 5550 1234 or 02 5550 1235", "phone.letters"),
    (Field::ContactPhone, "02 5550 1234, 02 5550 1235", "phone.length"),
    (Field::ContactPhone, "see website", "phone.letters"),
    (Field::BirthDate, "3 April", "date.unreadable"),
    (Field::BirthDate, "03/04/88", "date.short_year"),
    (Field::BirthDate, "03/04/1988", "date.ambiguous"),
    (Field::BirthDate, "44289", "date.unreadable"),
    (Field::EstimatedMonthlyRevenueAmount, "100k - 150k", "amount.unreadable"),
    (Field::EstimatedMonthlyRevenueAmount, "USD 5,000", "amount.unreadable"),
    (Field::EstimatedMonthlyRevenueAmount, "(120,000)", "amount.not_positive"),
    (Field::ContactEmail, "a@b.co; c@d.co", "email.format"),
    (Field::ContactEmail, "a at b.co", "email.format"),
    (Field::ContactEmail, "https://b.co", "email.format"),
    (Field::Website, "a@b.co", "website.format"),
    (Field::Website, "n/a", "website.format"),
];

#[test]
fn a_hundred_pasted_texts_are_read() {
    assert!(READ.len() + ASKED.len() >= 100);
    for (field, typed, sent) in READ {
        let draft = draft(*field, typed);
        let sheet = Sheet::read(&draft, &CONTEXT);
        assert_eq!(sheet.value(path(*field)).map(Value::wire_text).as_deref(), Some(*sent), "{typed:?} at {field:?}");
        let errors = check(&draft, &CONTEXT).problems.into_iter().filter(|p| p.severity == Severity::Error);
        assert_eq!(errors.collect::<Vec<_>>(), vec![], "{typed:?} at {field:?}");
        assert_eq!(draft.text(path(*field)), *typed, "what was pasted stays");
    }
}

#[test]
fn what_cannot_be_read_is_said_in_one_problem() {
    for (field, typed, code) in ASKED {
        let problems = check(&draft(*field, typed), &CONTEXT).problems;
        let of_field: Vec<_> = problems.iter().filter(|p| p.path == path(*field)).map(|p| p.code.as_str()).collect();
        assert_eq!(of_field, [*code], "{typed:?} at {field:?}");
    }
}
