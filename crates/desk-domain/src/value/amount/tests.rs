//! Amounts as people write and paste them.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn currency(code: &str) -> Option<CurrencyCode> {
    CurrencyCode::parse(code).ok()
}

#[rstest]
#[case("12345678901234567.80", "USD", "12345678901234567.80")]
#[case("99.99", "USD", "99.99")]
#[case("120k", "AUD", "120000")]
#[case("12 K", "AUD", "12000")]
#[case("1.2m", "USD", "1200000")]
#[case("1,5m", "EUR", "1500000")]
#[case("0.5k", "JPY", "500")]
#[case("1.2345k", "USD", "1234.5")]
#[case("1,200k", "USD", "1200000")]
#[case("1,234.50", "USD", "1234.50")]
#[case("1.234,50", "EUR", "1234.50")]
#[case("1,234,567", "USD", "1234567")]
#[case("1.234.567", "EUR", "1234567")]
#[case("1.234.567,89", "EUR", "1234567.89")]
#[case("12,34,567.50", "INR", "1234567.50")]
#[case("12,000", "USD", "12000")]
#[case("1 234 567,5", "EUR", "1234567.5")]
#[case("1\u{202F}234\u{A0}567.5", "EUR", "1234567.5")]
#[case("1'234.50", "CHF", "1234.50")]
#[case("1’234’567", "CHF", "1234567")]
#[case("１２３４．５０", "USD", "1234.50")]
#[case("1234.567", "KWD", "1234.567")]
#[case("0.123", "KWD", "0.123")]
#[case("1.2340", "KWD", "1.234")]
#[case("1000.00", "JPY", "1000")]
#[case("$1,234.50", "USD", "1234.50")]
#[case("￥12000", "JPY", "12000")]
#[case("usd 1,234.50", "USD", "1234.50")]
#[case("1,234.50 USD", "USD", "1234.50")]
#[case("US$ 1,234.50", "USD", "1234.50")]
#[case("1,234.50US$", "USD", "1234.50")]
#[case("HK$12k", "HKD", "12000")]
#[case("12k AUD", "AUD", "12000")]
#[case("AUD 1.2m", "AUD", "1200000")]
#[case("Rs. 12,34,567", "INR", "1234567")]
#[case("1.2 million", "USD", "1200000")]
#[case("1,2 Mio. ", "EUR", "1200000")]
#[case("12万", "CNY", "120000")]
#[case("12.5萬", "TWD", "125000")]
#[case("12万元", "CNY", "120000")]
#[case("120만 원", "KRW", "1200000")]
#[case("1.5 crore", "INR", "15000000")]
#[case("3 lakh", "INR", "300000")]
#[case("~12k", "USD", "12000")]
#[case("approx. 12,000 per month", "USD", "12000")]
#[case("12,000/month", "USD", "12000")]
#[case("Revenue: 12,000", "USD", "12000")]
#[case("\u{201C}12,000\u{201D}", "USD", "12000")]
#[case("120.-", "CHF", "120")]
#[case("120,--", "EUR", "120")]
#[case("٩٩.٩", "USD", "99.9")]
#[case("1\u{2009}234\u{2009}567", "EUR", "1234567")]
#[case("007", "USD", "7")]
#[case(".5", "USD", "0.5")]
#[case::rupees_as_cheques_have_them("Rs. 1,00,000/-", "INR", "100000")]
#[case::shillings("5,000/=", "KES", "5000")]
#[case::groups_of_four("1,2345,6789", "CNY", "123456789")]
#[case::groups_of_four("1234,5678,9012", "JPY", "123456789012")]
#[case::groups_of_four_and_a_point("1,2345.60", "CNY", "12345.60")]
#[case::rand("R 5 000", "ZAR", "5000")]
#[case::rand("R5 000,50", "ZAR", "5000.50")]
#[case::rand("R5m", "ZAR", "5000000")]
#[case::rand_and_none_chosen("R 5 000", "", "5000")]
#[case("C$5,000", "CAD", "5000")]
#[case("C$5,000", "NIO", "5000")]
#[case("KSh 5,000", "KES", "5000")]
#[case("Kshs. 5,000", "KES", "5000")]
#[case("Dhs 5,000", "AED", "5000")]
#[case("Dhs. 5,000", "AED", "5000")]
#[case("S/ 5,000", "PEN", "5000")]
#[case("S/. 5,000", "PEN", "5000")]
#[case("Rp 5 juta", "IDR", "5000000")]
#[case("2 miliar", "IDR", "2000000000")]
#[case("5 billions", "USD", "5000000000")]
#[case("5MM", "USD", "5000000")]
#[case("$5mm", "USD", "5000000")]
#[case::a_head_of_zero("0.5000", "USD", "0.50")]
#[case::as_many_as_the_currency_has("12345.678", "KWD", "12345.678")]
#[case("12345678,12", "EUR", "12345678.12")]
#[case("2500.000k", "USD", "2500000")]
#[case("5.", "USD", "5")]
#[case("+5", "USD", "5")]
fn amounts_are_read(#[case] typed: &str, #[case] code: &str, #[case] digits: &str) {
    assert_eq!(DecimalAmount::parse(typed, currency(code)).unwrap().as_str(), digits);
}

#[rstest]
#[case("5 kr", "ZAR")]
#[case("Rub 5", "ZAR")]
#[case("R 5", "BRL")]
#[case("KSh 5", "UGX")]
fn a_sign_of_another_currency_is_no_amount(#[case] typed: &str, #[case] code: &str) {
    assert_eq!(DecimalAmount::parse(typed, currency(code)).unwrap_err().code, "amount.unreadable");
}

#[test]
fn a_pasted_page_is_no_amount() {
    let page = format!("5{}", " ".repeat(2_000));
    assert_eq!(DecimalAmount::parse(&page, None).unwrap_err().code, "amount.unreadable");
}

#[rstest]
#[case("10000000", "USD", false)]
#[case("10000000.00", "USD", false)]
#[case("10000000.01", "USD", true)]
#[case("9999999.99", "USD", false)]
#[case("12000000", "EUR", true)]
#[case("99999999", "HKD", false)]
#[case("100000001", "HKD", true)]
#[case("1000000000", "JPY", false)]
#[case("1000000001", "JPY", true)]
#[case("10000000001", "KRW", true)]
#[case("100000000000", "VND", false)]
#[case("100000000001", "IDR", true)]
fn an_unusual_amount_is_noticed(#[case] typed: &str, #[case] code: &str, #[case] large: bool) {
    let currency = CurrencyCode::parse(code).unwrap();
    assert_eq!(DecimalAmount::parse(typed, Some(currency)).unwrap().is_large(currency), large);
}

#[rstest]
#[case("1.234", "USD", "1234", "1.23")]
#[case("1.234", "JPY", "1234", "1")]
#[case("1.234", "", "1234", "1.23")]
#[case("1.234", "KWD", "1234", "1.2340")]
#[case("1,234", "KWD", "1234", "1.2340")]
#[case("1.234k", "USD", "1234000", "1234")]
#[case::of_china("10,0000", "CNY", "100000", "10.00")]
#[case("50,00000", "INR", "5000000", "50.00")]
#[case("1,0000", "JPY", "10000", "1")]
#[case("1000,000", "USD", "1000000", "1000.00")]
#[case("12000,000", "USD", "12000000", "12000.00")]
#[case("1200.000", "IDR", "1200000", "1200.00")]
#[case("12.3456", "", "123456", "12.34")]
#[case("10,0000", "KWD", "100000", "10.0000")]
#[case("1.23456", "KWD", "123456", "1.2340")]
#[case("1,2345k", "USD", "12345000", "1234.5")]
#[case("2500,000k", "USD", "2500000000", "2500000")]
fn an_ambiguous_point_is_asked_for(#[case] typed: &str, #[case] code: &str, #[case] a: &str, #[case] b: &str) {
    let fault = DecimalAmount::parse(typed, currency(code)).unwrap_err();
    assert_eq!(fault, Fault::new("amount.ambiguous").with("a", a).with("b", b));
    for spelling in [a, b] {
        assert!(DecimalAmount::parse(spelling, currency(code)).is_ok(), "{spelling} can be typed instead");
    }
}

#[rstest]
#[case("twelve", "amount.unreadable")]
#[case("12,34", "amount.digits")]
#[case("1,23,45", "amount.unreadable")]
#[case("12 34", "amount.unreadable")]
#[case("1.234,567.8", "amount.unreadable")]
#[case("1,234.567,8", "amount.unreadable")]
#[case("1 2,345.6", "amount.unreadable")]
#[case("k", "amount.unreadable")]
#[case("1e5", "amount.unreadable")]
#[case("12k-15k", "amount.unreadable")]
#[case("12,000 per year", "amount.unreadable")]
#[case("AUD 5", "amount.unreadable")]
#[case("12345678901234567890123456789", "amount.unreadable")]
#[case("0", "amount.not_positive")]
#[case("0.00", "amount.not_positive")]
#[case("-5", "amount.not_positive")]
#[case("$-5", "amount.not_positive")]
#[case("-$5", "amount.not_positive")]
#[case("(1,234.50)", "amount.not_positive")]
#[case("-12k", "amount.not_positive")]
#[case("\u{2212}5", "amount.not_positive")]
#[case("99.95", "amount.digits")]
#[case("0.5555", "amount.digits")]
#[case("R 5 000", "amount.unreadable")]
#[case("12,345,6789", "amount.unreadable")]
#[case("1.2345.6789", "amount.unreadable")]
#[case("一百万", "amount.unreadable")]
fn what_is_wrong_with_an_amount_of_yen(#[case] typed: &str, #[case] code: &str) {
    assert_eq!(DecimalAmount::parse(typed, currency("JPY")).unwrap_err().code, code);
}

#[rstest]
#[case("99.9", "99.90", true)]
#[case("99.90", "9.99e+1", true)]
#[case("120000", "1.2E5", true)]
#[case("0.010", "1e-2", true)]
#[case("0", "-0.0", true)]
#[case("12345678901234567.80", "12345678901234567.8", true)]
#[case("12345678901234567.80", "12345678901234568", false)]
#[case("10", "1", false)]
#[case("-1", "1", false)]
#[case("x", "x", false)]
#[case("1e9999999999999999999", "1e9999999999999999999", false)]
fn numbers_are_compared_by_value(#[case] a: &str, #[case] b: &str, #[case] same: bool) {
    assert_eq!(same_number(a, b), same);
}

proptest! {
    #[test]
    fn digits_arrive_as_typed(whole in "[1-9][0-9]{0,24}", fraction in "[0-9]{2}") {
        let typed = format!("{whole}.{fraction}");
        let amount = DecimalAmount::parse(&typed, currency("USD")).unwrap();
        let json = serde_json::to_string(&amount.to_number()).unwrap();
        prop_assert_eq!(&json, &typed);
        prop_assert_eq!(serde_json::from_str::<Number>(&json).unwrap().to_string(), typed);
    }

    #[test]
    fn what_is_offered_instead_is_read(typed in "[0-9]{1,9}[.,][0-9]{1,12}k?", code in "USD|JPY|KWD|CNY|CLF") {
        if let Err(fault) = DecimalAmount::parse(&typed, currency(&code)) && fault.code == "amount.ambiguous" {
            for offer in fault.params.values() {
                prop_assert!(DecimalAmount::parse(offer, currency(&code)).is_ok(), "{typed}: {offer}");
            }
        }
    }

    #[test]
    fn no_text_makes_it_panic(typed in "[0-9.,' kKmM$e+-]{0,12}|\\PC*") {
        let _ = DecimalAmount::parse(&typed, currency("KWD"));
        let _ = same_number(&typed, &typed);
    }
}
