//! What a seed decides: the same numbers for the same names, on every machine.

/// A small generator of numbers (SplitMix64, public domain, S. Vigna).
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// One for a seed and what it is for: two runs of one seed have nothing in common but that.
    #[must_use]
    pub fn of(seed: u64, names: &[&str]) -> Self {
        // FNV-1a: names are short, and only have to differ.
        let bytes = names.iter().flat_map(|name| name.bytes().chain([0]));
        let mixed = bytes.fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self(mixed ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 where there is none.
    pub fn below(&mut self, end: u64) -> u64 {
        self.number().checked_rem(end).unwrap_or_default()
    }

    /// True once in so many times.
    pub fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// One of these.
    ///
    /// # Panics
    /// Of none at all.
    pub fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        let at = self.below(u64::try_from(list.len()).unwrap_or(u64::MAX));
        list[usize::try_from(at).unwrap_or_default()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_and_names_decide_the_same() {
        let of = |seed, names: &[&str]| {
            let mut random = Random::of(seed, names);
            [random.number(), random.number(), random.number()]
        };
        assert_eq!(of(7, &["late", "none"]), of(7, &["late", "none"]));
        assert_ne!(of(7, &["late", "none"]), of(8, &["late", "none"]), "another seed");
        assert_ne!(of(7, &["late", "none"]), of(7, &["laten", "one"]), "other names");
    }

    #[test]
    fn a_number_stays_below_its_end_and_reaches_all_of_it() {
        let mut random = Random::of(1, &[]);
        let mut seen = [0; 5];
        (0..500).for_each(|_| seen[usize::try_from(random.below(5)).unwrap()] += 1);
        assert!(seen.iter().all(|times| *times > 50), "{seen:?}");
        assert_eq!(random.below(0), 0);
    }
}
