//! Chance that is the same on every machine and in every run.

const DIGITS: &[u8] = b"0123456789";

/// Without those that postcodes and ids avoid.
const LETTERS: &[u8] = b"ABDEFGHJLNPQRSTUWXYZ";

/// xorshift64*, which is enough for picking words.
pub(crate) struct Random(u64);

impl Random {
    /// A source of its own for each customer, so that a change to one leaves the others as they are.
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        // The first numbers of neighbouring seeds are alike.
        (0..8).for_each(|_| {
            random.next();
        });
        random
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number from `from` up to, not including, `to`.
    pub(crate) fn between(&mut self, from: u64, to: u64) -> u64 {
        from + self.next() % (to - from)
    }

    /// Whether something happens that happens this often in a hundred.
    pub(crate) fn percent(&mut self, chance: u64) -> bool {
        self.between(0, 100) < chance
    }

    /// One of these.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.between(0, from.len() as u64) as usize]
    }

    /// The pattern with `#` as a digit, `%` as one from 1 to 9, `@` as a capital letter, `~` as a hash sign.
    pub(crate) fn fill(&mut self, pattern: &str) -> String {
        let mut filled = String::with_capacity(pattern.len());
        for c in pattern.chars() {
            filled.push(match c {
                '#' => *self.pick(DIGITS) as char,
                '%' => *self.pick(&DIGITS[1..]) as char,
                '@' => *self.pick(LETTERS) as char,
                '~' => '#',
                other => other,
            });
        }
        filled
    }

    /// 32 digits of an id.
    pub(crate) fn hex32(&mut self) -> String {
        format!("{:016x}{:016x}", self.next(), self.next())
    }
}
