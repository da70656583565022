//! The standard customer: what an operator types from the papers, and what must arrive (DECISIONS 28). Texts that the
//! combobox completes before they are a field's text are not among them.

use rstest::rstest;

use super::sample::{CONTEXT, complete, path, problems_of, set};
use crate::application::Application;
use crate::field::Field;

#[rstest]
#[case(Field::BusinessNameEnglish, "Lantern Quay Trading Pty Ltd", "Lantern Quay Trading Pty Ltd")]
#[case(Field::BusinessName, "灯码头贸易", "灯码头贸易")]
#[case(Field::Website, "lanternquay.example", "https://lanternquay.example")]
#[case(Field::BusinessIdentifierNumber, "51 824 753 556", "51824753556")]
#[case(Field::BusinessIdentifierStartDate, "5 may 2019", "2019-05-05T00:00:00Z")]
#[case(Field::BusinessIdentifierExpiryDate, "5 may 2039", "2039-05-05T00:00:00Z")]
#[case(Field::BusinessIdentifierDocumentList, "file_br_2019_0042", "file_br_2019_0042")]
#[case(Field::RegistrationAddressLine1, "Level 3, 18 Harbour Street", "Level 3, 18 Harbour Street")]
#[case(Field::RegistrationAddressCity, "Sydney", "Sydney")]
#[case(Field::RegistrationAddressState, "nsw", "NSW")]
#[case(Field::RegistrationAddressPostcode, "2000", "2000")]
#[case(
    Field::GoodsServiceDescription,
    "Wholesale of lamps and lanterns to hotels",
    "Wholesale of lamps and lanterns to hotels"
)]
#[case(Field::IndustryCategoryCode, "5072", "5072")]
#[case(Field::EstimatedMonthlyRevenueCurrency, "aud", "AUD")]
#[case(Field::EstimatedMonthlyRevenueAmount, "120k", "120000")]
#[case(Field::ContactPhone, "02 5550 1234", "+61255501234")]
#[case(Field::ContactEmail, "accounts@lanternquay.example", "accounts@lanternquay.example")]
#[case(Field::FirstNameEnglish, "Wei", "Wei")]
#[case(Field::LastNameEnglish, "Zhang", "Zhang")]
#[case(Field::FirstName, "伟", "伟")]
#[case(Field::LastName, "张", "张")]
#[case(Field::BirthDate, "3 apr 1988", "1988-04-03T00:00:00Z")]
#[case(Field::Nationality, "china", "CN")]
#[case(Field::IdNumber, "E12345678", "E12345678")]
#[case(Field::IdIssueDate, "20240612", "2024-06-12T00:00:00Z")]
#[case(Field::IdExpirationDate, "20340611", "2034-06-11T00:00:00Z")]
#[case(Field::IdDocumentFrontFileId, "file_pp_front_0042", "file_pp_front_0042")]
fn what_is_typed_arrives(#[case] field: Field, #[case] typed: &str, #[case] wire: &str) {
    let mut draft = complete();
    set(&mut draft, field, typed);
    assert_eq!(problems_of(&draft), vec![]);
    let application = Application::of(&draft, &CONTEXT, false).unwrap();
    assert_eq!(application.get(path(field)).unwrap().wire_text(), wire);
    assert_eq!(draft.text(path(field)), typed, "what was typed stays as typed");
}
