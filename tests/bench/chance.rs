//! A seed → the same numbers on every machine. (SplitMix64 by Sebastiano Vigna, public domain.)

/// A stream of numbers that looks random and is not.
#[derive(Clone)]
pub struct Chance(u64);

impl Chance {
    /// The stream of a seed; `stream` gives each document one of its own.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut chance = Chance(seed ^ stream.wrapping_mul(0xA076_1D64_78BD_642F));
        chance.next();
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `least` to `most`, both included.
    pub fn between(&mut self, least: usize, most: usize) -> usize {
        least + (self.next() % (most - least + 1) as u64) as usize
    }

    /// True in `percent` of a hundred cases.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.between(0, 99) < percent
    }

    /// One of these.
    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.between(0, of.len() - 1)]
    }

    /// One of these, each as often as its weight says.
    pub fn weighed<T: Copy>(&mut self, of: &[(T, usize)]) -> T {
        let mut at = self.between(0, of.iter().map(|(_, weight)| weight).sum::<usize>() - 1);
        for &(value, weight) in of {
            if at < weight {
                return value;
            }
            at -= weight;
        }
        of[of.len() - 1].0
    }

    /// A size between `least` and `most` of which small ones are as frequent as large ones are long.
    pub fn size(&mut self, least: usize, most: usize) -> usize {
        let part = self.between(0, 1 << 20) as f64 / f64::from(1 << 20);
        (least as f64 * (most as f64 / least as f64).powf(part)) as usize
    }
}
