//! A small random generator of our own, so that a seed means the same people in every release (xorshift* of Vigna 2016).

/// Random numbers from a seed.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Dice for one thing (a household, a row) of one seed.
    #[must_use]
    pub fn new(seed: u64, thing: u64) -> Self {
        let mut mixed = seed ^ thing.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        // SplitMix64's finish, so that neighbouring things are strangers.
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        Dice((mixed ^ (mixed >> 31)) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// Below `n`; 0 when `n` is 0.
    pub fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(n)) >> 64) as u64
    }

    /// From `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(u64::try_from(high - low + 1).unwrap_or(0)).cast_signed()
    }

    /// Evenly from 0 to 1.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// True with this probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// One of some; `None` of none.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(usize::try_from(self.below(items.len() as u64)).unwrap_or(0))
    }

    /// A place in a list whose items grow rarer down the list (about 1 / (place + 3)).
    pub fn early(&mut self, length: usize) -> usize {
        let n = length as f64;
        let place = 3.0 * ((n + 3.0) / 3.0).powf(self.share()) - 3.0;
        (place as usize).min(length.saturating_sub(1))
    }
}
