//! One figure: ours, the baseline's, and the ratio that is allowed.

use std::fmt;

/// A measured ratio and its bar.
pub struct Figure {
    /// What was measured, with its unit.
    pub what: &'static str,
    /// Ours.
    pub ours: f64,
    /// The baseline's, of the same run.
    pub baseline: f64,
    /// The bar of ours / baseline, and whether more or less is better.
    pub bar: Bar,
}

/// Which side of the bar is good.
#[derive(Clone, Copy)]
pub enum Bar {
    /// The ratio is at most this.
    AtMost(f64),
    /// The ratio is at least this.
    AtLeast(f64),
}

impl Figure {
    /// The ratio.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        self.ours / self.baseline
    }

    /// Whether the bar is met.
    #[must_use]
    pub fn met(&self) -> bool {
        match self.bar {
            Bar::AtMost(bar) => self.ratio() <= bar,
            Bar::AtLeast(bar) => self.ratio() >= bar,
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, bar) = match self.bar {
            Bar::AtMost(bar) => ("<=", bar),
            Bar::AtLeast(bar) => (">=", bar),
        };
        let verdict = if self.met() { "met" } else { "MISSED" };
        let (what, ours, baseline, ratio) = (self.what, self.ours, self.baseline, self.ratio());
        write!(f, "{what:<46} {ours:>10.2} / {baseline:>10.2} = {ratio:.2} ({sign} {bar}) {verdict}")
    }
}

/// The value below which this share of the samples lies, by nearest rank.
///
/// # Panics
/// Without samples.
#[must_use]
pub fn quantile(samples: &mut [f64], share: f64) -> f64 {
    samples.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "few samples"
    )]
    let rank = ((samples.len() as f64 * share).ceil() as usize).clamp(1, samples.len());
    samples[rank - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_the_nearest_rank() {
        let mut samples = [4.0, 1.0, 3.0, 2.0];
        assert_eq!(quantile(&mut samples, 0.5), 2.0);
        assert_eq!(quantile(&mut samples, 0.95), 4.0);
        assert_eq!(quantile(&mut samples, 0.0), 1.0);
    }

    #[test]
    fn a_figure_beyond_its_bar_is_missed() {
        let figure = |ours, bar| Figure { what: "x", ours, baseline: 10.0, bar };
        assert!(figure(13.0, Bar::AtMost(1.3)).met());
        assert!(!figure(13.1, Bar::AtMost(1.3)).met());
        assert!(!figure(8.9, Bar::AtLeast(0.9)).met());
    }
}
