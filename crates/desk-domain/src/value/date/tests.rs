//! Dates as people write and paste them.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

const ORDERS: [DateOrder; 3] = [DateOrder::Ask, DateOrder::DayFirst, DateOrder::MonthFirst];

#[rstest]
#[case("20210403")]
#[case("2021-04-03")]
#[case("2021-4-3")]
#[case("2021/04/03")]
#[case("2021.4.3")]
#[case("3 Apr 2021")]
#[case("3 april 2021")]
#[case("3APR2021")]
#[case("3rd April, 2021")]
#[case("3-Apr-2021")]
#[case("3. April 2021")]
#[case("April 3, 2021")]
#[case("2021 Apr 3")]
#[case("03.04.2021")]
#[case("3.4.2021")]
#[case("3. 4. 2021")]
#[case("2021年4月3日")]
#[case("2021 年 4 月 3 日")]
#[case("２０２１年４月３日")]
#[case("２０２１０４０３")]
#[case("2021년 4월 3일")]
#[case("2021-04-03T00:00:00Z")]
#[case("2021\u{2010}04\u{2010}03")]
#[case(" 2021-04-03\u{200B}")]
#[case("Saturday 3 April 2021")]
#[case("Sat, 3 Apr 2021")]
#[case("Sat. 3rd of April 2021")]
#[case("the 3rd of April 2021")]
#[case("samedi 3 avril 2021")]
#[case("3 de abril de 2021")]
#[case("Samstag, 3. April 2021")]
#[case("2021年4月3日（星期六）")]
#[case("2021年4月3日 星期六")]
#[case("2021年4月3日(土)")]
#[case("2021年04月03日土曜日")]
#[case("2021년 4월 3일 토요일")]
#[case("٢٠٢١-٠٤-٠٣")]
#[case("DOB: 3 Apr 2021")]
#[case("Date of birth: 2021-04-03")]
#[case("(3 Apr 2021)")]
#[case("\u{201C}2021-04-03\u{201D}")]
#[case("3 Apr 2021,")]
#[case("3 Apr. 2021.")]
#[case("2021-04-03 00:00:00")]
#[case("3 Apr 2021 12:00 am")]
#[case("3/Apr/2021")]
#[case::as_passports_print_it("03 APR/AVR 2021")]
#[case::as_passports_print_it("03 APR /AVR 2021")]
#[case::as_passports_print_it("03 AVR / APR 2021")]
#[case::as_passports_print_it("03 4月/APR 2021")]
#[case::as_passports_print_it("03 4월/APR 2021")]
#[case::roman("3.IV.2021")]
#[case::roman("3 iv 2021 r.")]
#[case::polish("3 kwietnia 2021 r.")]
#[case::russian("3 апреля 2021 г.")]
#[case::russian("3.4.2021 г.")]
#[case::russian("03.04.2021 года")]
#[case::turkish("3 NİSAN 2021")]
fn the_third_of_april_in_every_form_and_order(#[case] typed: &str) {
    for order in ORDERS {
        assert_eq!(CivilDate::parse(typed, order).unwrap().to_string(), "2021-04-03", "{order:?}");
    }
}

#[rstest]
#[case("25/12/2021", "2021-12-25")]
#[case("12/25/2021", "2021-12-25")]
#[case("25-12-2021", "2021-12-25")]
#[case("4/4/2021", "2021-04-04")]
#[case("5 may 2019", "2019-05-05")]
#[case("1 Sept 2021", "2021-09-01")]
#[case("29 Feb 2020", "2020-02-29")]
#[case("3 März 2021", "2021-03-03")]
#[case("3 maart 2021", "2021-03-03")]
#[case("1er janvier 2020", "2020-01-01")]
#[case("1º de dezembro de 2020", "2020-12-01")]
#[case("31 août 2020", "2020-08-31")]
#[case("15 DIC 2020", "2020-12-15")]
#[case("15 MAYIS 2020", "2020-05-15")]
#[case("15 АВГ/AUG 2020", "2020-08-15")]
#[case("15 paź 2020", "2020-10-15")]
#[case("Sunday, May 5, 2019", "2019-05-05")]
fn only_one_reading_is_a_date_in_every_order(#[case] typed: &str, #[case] date: &str) {
    for order in ORDERS {
        assert_eq!(CivilDate::parse(typed, order).unwrap().to_string(), date, "{order:?}");
    }
}

#[rstest]
#[case("3/4/2021")]
#[case("03-04-2021")]
#[case("3 4 2021")]
fn day_and_month_that_could_be_either_are_asked_for_or_read_in_the_order(#[case] typed: &str) {
    let fault = CivilDate::parse(typed, DateOrder::Ask).unwrap_err();
    assert_eq!(fault, Fault::new("date.ambiguous").with("first", "2021-04-03").with("second", "2021-03-04"));
    for (order, date) in [(DateOrder::DayFirst, "2021-04-03"), (DateOrder::MonthFirst, "2021-03-04")] {
        assert_eq!(CivilDate::parse(typed, order).unwrap().to_string(), date, "{order:?}");
    }
}

#[rstest]
#[case::no_such_day("30 feb 2021")]
#[case::no_leap_year("2021-02-29")]
#[case::german_month("03.14.2021")]
#[case::june_or_july("3 jui 2021")]
#[case::words("valid until further notice")]
#[case::two_dates("3 Apr 2021 - 3 Apr 2031")]
#[case::two_months("3 Apr May 2021")]
#[case::two_months("03 APR/MAI 2021")]
#[case::two_months("03 5月/APR 2021")]
#[case::twice_the_day("3 3 Apr 2021")]
#[case::no_such_roman("3.XIII.2021")]
#[case::month_and_year("04/2021")]
#[case::a_clock("12:30")]
#[case::no_year("3 april")]
#[case::letters("soon")]
#[case::short_month("3 ju 2021")]
#[case::year_nought("00000101")]
#[case::a_number_more("2021-04-03-01")]
#[case::other_marks("2021:04:03")]
#[case::after_the_date("2021-04-03 tomorrow")]
#[case::not_a_time("2021-04-03tea")]
fn anything_else_is_unreadable_in_every_order(#[case] typed: &str) {
    for order in ORDERS {
        assert_eq!(CivilDate::parse(typed, order).unwrap_err().code, "date.unreadable", "{order:?}");
    }
}

#[rstest]
#[case("3 Apr 21")]
#[case("April 3, 21")]
#[case("3 Apr '21")]
#[case("3/4/21")]
#[case("03.04.21")]
#[case("210403")]
fn a_year_of_two_digits_is_not_guessed(#[case] typed: &str) {
    for order in ORDERS {
        assert_eq!(CivilDate::parse(typed, order).unwrap_err().code, "date.short_year", "{order:?}");
    }
}

#[rstest]
#[case("1990-01-15")]
#[case("1990-01-15T00:00:00Z")]
#[case("1990-01-15T23:59:59-11:00")]
#[case("1990-01-15T00:00:00+13:00")]
#[case("1990-01-15 00:00:00")]
fn the_date_of_the_wire_is_its_first_ten_characters(#[case] text: &str) {
    let date = CivilDate::from_wire(text).unwrap();
    assert_eq!(date.to_wire(), "1990-01-15T00:00:00Z");
}

#[rstest]
#[case("")]
#[case("1990-1-15")]
#[case("15.01.1990")]
#[case("1990-01-32")]
#[case("１９９０-01-15")]
#[case("+1990-01-1")]
fn what_is_no_date_of_the_wire(#[case] text: &str) {
    assert_eq!(CivilDate::from_wire(text), None);
}

proptest! {
    #[test]
    fn every_date_survives_each_unambiguous_form(days in -354_285_i32..2_932_896) {
        let day = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap() + chrono::Duration::days(i64::from(days));
        let date = CivilDate::new(day).unwrap();
        prop_assert_eq!(CivilDate::from_wire(&date.to_wire()), Some(date));
        for form in ["%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%-d %b %Y", "%B %-d, %Y", "%Y年%-m月%-d日"] {
            for order in ORDERS {
                prop_assert_eq!(CivilDate::parse(&day.format(form).to_string(), order), Ok(date), "{}", form);
            }
        }
        for (order, form) in [(DateOrder::DayFirst, "%-d/%-m/%Y"), (DateOrder::MonthFirst, "%m-%d-%Y")] {
            prop_assert_eq!(CivilDate::parse(&day.format(form).to_string(), order), Ok(date), "{}", form);
        }
    }

    #[test]
    fn no_text_makes_it_panic(typed in any::<String>()) {
        let _ = (ORDERS.map(|order| CivilDate::parse(&typed, order)), CivilDate::from_wire(&typed));
    }
}
