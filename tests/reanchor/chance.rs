//! Chance that is the same at every run.

/// The generator splitmix64 (Steele, Lea and Flood 2014).
pub struct Chance(u64);

impl Chance {
    /// The chance of a name and a number: another one for every other pair.
    pub fn of(name: &str, number: u64) -> Self {
        let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        Self(name.bytes().chain(number.to_le_bytes()).fold(0xCBF2_9CE4_8422_2325, hash))
    }

    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`; 0 if there is none.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.draw() % limit.max(1) as u64) as usize
    }

    /// True once in so many times.
    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of several, if there is any.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    /// About one in so many of several, but at least one if there is any.
    pub fn some<T>(&mut self, all: Vec<T>, one_in: usize) -> Vec<T> {
        let sure = self.below(all.len());
        all.into_iter().enumerate().filter(|(at, _)| *at == sure || self.one_in(one_in)).map(|(_, one)| one).collect()
    }
}
