//! When the program asks for a customer again by itself (DECISIONS 13). Pure.

use desk_domain::bultra::Target;
use desk_domain::status::StatusGroup;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// From one ask to the next while the platform decides, by how often it was asked since the status last changed; the last
/// one repeats. Most are decided within minutes, and who was not by the evening is not by a minute.
const WAITING_MS: [i64; 7] =
    [MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS, 4 * HOUR_MS];

/// Whom the platform's list names and nobody here has asked for counts as asked for so often: nobody has just sent them,
/// and there may be thousands.
pub(crate) const LISTED_ASKS: i64 = 6;

/// At most so far before or behind the time of the table, in thousandths: what was sent together is not asked for together.
const JITTER: i64 = 200;

/// From one ask of a connection to the next: at most ten a minute.
pub(super) const APART_MS: i64 = 6_000;

/// From one ask that found no network, or a keyring that did not answer, to the next.
pub(super) const PROBE_MS: i64 = 5 * MINUTE_MS;

/// From one notification of the system to the next.
pub(super) const NOTIFY_APART_MS: i64 = 5 * MINUTE_MS;

/// How long changes are gathered into one notification where more is being asked.
pub(super) const GATHER_MS: i64 = MINUTE_MS;

/// Nothing is ever put further ahead than this.
pub(super) const LONGEST_MS: i64 = DAY_MS + DAY_MS * JITTER / 1_000;

/// When a customer is asked for next, after so many asks; `None` for never. One without a status is like one whose word
/// nobody knows.
pub(crate) fn next_ask(group: Option<StatusGroup>, asks: i64, customer_id: &str, now: i64) -> Option<i64> {
    // An individual is not decided by itself: its customer is asked for.
    if Target::of(customer_id).individual.is_some() {
        return None;
    }
    let spread = spread(customer_id, asks);
    let wait = match group.unwrap_or(StatusGroup::Unknown) {
        StatusGroup::Waiting => {
            let at = usize::try_from(asks).unwrap_or_default().min(WAITING_MS.len() - 1);
            WAITING_MS[at] * (1_000 - JITTER + spread * 2) / 1_000
        }
        // Once a day at most: never sooner.
        StatusGroup::Attention | StatusGroup::Unknown => DAY_MS * (1_000 + spread) / 1_000,
        StatusGroup::Active | StatusGroup::Stopped => return None,
    };
    Some(now.saturating_add(wait))
}

/// From 0 to [`JITTER`], by who is asked for and how often: the same on every computer and in every test, and nobody's
/// secret.
fn spread(customer_id: &str, asks: i64) -> i64 {
    // FNV-1a, folded once more so that ids that differ in their last letter lie apart.
    let hash = customer_id
        .bytes()
        .chain(asks.to_le_bytes())
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let folded = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
    i64::try_from(folded).unwrap_or_default() % (JITTER + 1)
}

/// What is known of one connection beside its row, since the program started.
#[derive(Debug, Default)]
pub(super) struct Pace {
    /// An ask is under way.
    pub asking: bool,
    /// When the last one began.
    pub asked_at: Option<i64>,
    /// When to try a network that was not there, or a keyring that did not answer.
    pub probe_at: Option<i64>,
}

impl Pace {
    /// From when on the connection may be asked; `None` while it is. The platform wants to be left alone until
    /// `held_until`.
    pub fn may_ask_at(&mut self, online: bool, held_until: Option<i64>, now: i64) -> Option<i64> {
        if self.asking {
            return None;
        }
        if !online && self.probe_at.is_none() {
            self.probe_at = Some(now.saturating_add(PROBE_MS));
        }
        // Times that lie further ahead than they are ever put are of a clock that was set back.
        let no_later = |at: i64, longest: i64| at.min(now.saturating_add(longest));
        let paced = self.asked_at.map(|at| no_later(at.saturating_add(APART_MS), APART_MS));
        let probe = self.probe_at.map(|at| no_later(at, PROBE_MS));
        let held = held_until.map(|at| no_later(at, LONGEST_MS));
        Some([paced, probe, held].into_iter().flatten().fold(now, i64::max))
    }

    /// An ask begins.
    pub fn begin(&mut self, now: i64) {
        *self = Self { asking: true, asked_at: Some(now), probe_at: None };
    }

    /// It ended; `silent` where nobody was there to answer.
    pub fn end(&mut self, silent: bool, now: i64) {
        self.asking = false;
        self.probe_at = silent.then(|| now.saturating_add(PROBE_MS));
    }
}

/// Changes that the system has not said yet.
#[derive(Debug, Default)]
pub(super) struct News {
    customers: u32,
    first_at: i64,
    said_at: Option<i64>,
}

impl News {
    /// Another customer changed.
    pub fn add(&mut self, now: i64) {
        if self.customers == 0 {
            self.first_at = now;
        }
        self.customers = self.customers.saturating_add(1);
    }

    /// How many to say now, or when to look again; `quiet` where nothing is being asked that could add to them.
    pub fn take(&mut self, quiet: bool, now: i64) -> Result<u32, Option<i64>> {
        if self.customers == 0 {
            return Err(None);
        }
        let gathered = if quiet { now } else { self.first_at.saturating_add(GATHER_MS) };
        let apart = self.said_at.map_or(now, |at| at.saturating_add(NOTIFY_APART_MS).min(now + NOTIFY_APART_MS));
        let at = gathered.min(now.saturating_add(GATHER_MS)).max(apart);
        if at > now {
            return Err(Some(at));
        }
        self.said_at = Some(now);
        Ok(std::mem::take(&mut self.customers))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::first(StatusGroup::Waiting, 0, Some((48_000, 72_000)))]
    #[case::second(StatusGroup::Waiting, 1, Some((96_000, 144_000)))]
    #[case::seventh(StatusGroup::Waiting, 6, Some((11_520_000, 17_280_000)))]
    #[case::later(StatusGroup::Waiting, 1_000, Some((11_520_000, 17_280_000)))]
    #[case::attention(StatusGroup::Attention, 0, Some((DAY_MS, LONGEST_MS)))]
    #[case::attention_later(StatusGroup::Attention, 9, Some((DAY_MS, LONGEST_MS)))]
    #[case::unknown(StatusGroup::Unknown, 0, Some((DAY_MS, LONGEST_MS)))]
    #[case::active(StatusGroup::Active, 0, None)]
    #[case::stopped(StatusGroup::Stopped, 0, None)]
    fn each_group_has_its_times(#[case] group: StatusGroup, #[case] asks: i64, #[case] within: Option<(i64, i64)>) {
        let waits: Vec<_> =
            (0..2_000).map(|number| next_ask(Some(group), asks, &format!("cus_{number}"), 1_000)).collect();
        let Some((least, most)) = within else {
            assert!(waits.iter().all(Option::is_none));
            return;
        };
        let waits: Vec<_> = waits.into_iter().map(|wait| wait.unwrap() - 1_000).collect();
        let (first, last) = (*waits.iter().min().unwrap(), *waits.iter().max().unwrap());
        assert!(first >= least && last <= most, "{first} to {last} in {least} to {most}");
        let (width, used) = (most - least, last - first);
        assert!(used * 10 >= width * 9, "the whole width is used: {used} of {width}");
    }

    #[test]
    fn an_individual_is_never_asked_for_by_itself() {
        assert_eq!(next_ask(Some(StatusGroup::Waiting), 0, "cust_1/individuals/ind_2", 0), None);
        assert!(next_ask(Some(StatusGroup::Waiting), 0, "cust_1", 0).is_some(), "the control");
    }

    #[test]
    fn one_without_a_status_is_like_one_whose_word_nobody_knows() {
        assert_eq!(next_ask(None, 3, "cus_1", 0), next_ask(Some(StatusGroup::Unknown), 3, "cus_1", 0));
    }

    #[test]
    fn a_connection_is_asked_ten_times_a_minute_at_most_and_one_at_a_time() {
        let mut pace = Pace::default();
        assert_eq!(pace.may_ask_at(true, None, 50), Some(50), "the first at once");
        pace.begin(50);
        assert_eq!(pace.may_ask_at(true, None, 90_000), None, "one is under way");
        pace.end(false, 60);
        assert_eq!(pace.may_ask_at(true, None, 60), Some(50 + APART_MS));
        assert_eq!(pace.may_ask_at(true, Some(70_000), 60), Some(70_000), "held by the platform");
        assert_eq!(pace.may_ask_at(true, None, -9_000_000), Some(-9_000_000 + APART_MS), "the clock was set back");
    }

    #[test]
    fn without_a_network_it_is_tried_every_five_minutes() {
        let mut pace = Pace::default();
        assert_eq!(pace.may_ask_at(false, None, 1_000), Some(1_000 + PROBE_MS), "it is known to be away");
        assert_eq!(pace.may_ask_at(false, None, 200_000), Some(1_000 + PROBE_MS), "from when it was known");
        pace.begin(1_000 + PROBE_MS);
        pace.end(true, 400_000);
        assert_eq!(pace.may_ask_at(false, None, 400_000), Some(400_000 + PROBE_MS));
    }

    #[test]
    fn changes_are_said_together_and_every_five_minutes_at_most() {
        let mut news = News::default();
        assert_eq!(news.take(true, 0), Err(None), "nothing changed");
        (0..3).for_each(|_| news.add(1_000));
        assert_eq!(news.take(false, 2_000), Err(Some(1_000 + GATHER_MS)), "more may come");
        assert_eq!(news.take(true, 3_000), Ok(3));
        news.add(4_000);
        assert_eq!(news.take(true, 5_000), Err(Some(3_000 + NOTIFY_APART_MS)));
        assert_eq!(news.take(true, 3_000 + NOTIFY_APART_MS), Ok(1));
        assert_eq!(news.take(true, 900_000), Err(None), "each is said once");
        news.add(1_000_000);
        assert_eq!(news.take(false, 1_000_000 + GATHER_MS), Ok(1), "asking never ends, but a minute does");
    }
}
