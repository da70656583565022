use desk_store::submissions::SubmissionPurpose;
use rstest::rstest;

use super::*;
use crate::outbox::decide::tests::row;

/// When the submission of these tests was made.
const MADE: i64 = 1_000_000;

#[rstest]
#[case::by_its_own_submit(0, MADE - 40, MADE + 10, true)]
#[case::when_it_was_brought_onto_it(0, MADE, MADE, true)]
#[case::by_a_poll_before(0, MADE - 20_000, MADE + 10, false)]
#[case::and_then_waited(0, MADE - 40, MADE + 5_001, false)]
#[case::while_it_waited(0, MADE + 20_000, MADE + 30_000, false)]
#[case::and_went_out_once(1, MADE - 40, MADE + 10, false)]
#[case::by_a_clock_that_was_ahead(0, MADE + 3_600_000, MADE + 10, false)]
#[case::before_the_clock_was_set_back(0, MADE - 40, MADE - 3_600_000, false)]
fn a_customer_was_read_for_it(#[case] tries: i64, #[case] read_at: i64, #[case] now: i64, #[case] expected: bool) {
    let row = SubmissionRow { tries, created_at: MADE, ..row(SubmissionPurpose::Update) };
    assert_eq!(is_read_for(&row, read_at, now), expected);
}
