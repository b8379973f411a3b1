//! Heights of many paragraphs, with quick answers to "where is this one" and "which one is here".

/// A list of heights as a Fenwick tree (Fenwick 1994): a change and a question cost the logarithm of its length.
#[derive(Clone, Debug, Default)]
pub struct Heights {
    each: Vec<f32>,
    /// `sums[i]` is the sum of the `lowbit(i + 1)` heights that end at `i`; double precision, so that a million
    /// paragraphs do not drift.
    sums: Vec<f64>,
}

impl Heights {
    /// The tree of a list of heights.
    pub fn new(each: Vec<f32>) -> Self {
        let mut sums: Vec<f64> = each.iter().map(|&height| f64::from(height)).collect();
        for at in 0..sums.len() {
            let above = at | (at + 1);
            if let (Some(&sum), true) = (sums.get(at), above < sums.len())
                && let Some(to) = sums.get_mut(above)
            {
                *to += sum;
            }
        }
        Self { each, sums }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.each.len()
    }

    /// The height of one.
    pub fn get(&self, at: usize) -> f32 {
        self.each.get(at).copied().unwrap_or(0.0)
    }

    /// Changes the height of one.
    pub fn set(&mut self, at: usize, height: f32) {
        let Some(old) = self.each.get_mut(at) else { return };
        let change = f64::from(height) - f64::from(*old);
        if change == 0.0 {
            return;
        }
        *old = height;
        let mut at = at;
        while let Some(sum) = self.sums.get_mut(at) {
            *sum += change;
            at |= at + 1;
        }
    }

    /// The sum of the heights before one: where it begins.
    pub fn before(&self, at: usize) -> f64 {
        let (mut sum, mut at) = (0.0, at.min(self.each.len()));
        while at > 0 {
            sum += self.sums.get(at - 1).copied().unwrap_or(0.0);
            at &= at - 1;
        }
        sum
    }

    /// The sum of all.
    pub fn total(&self) -> f64 {
        self.before(self.each.len())
    }

    /// Which one a distance from the top falls into; the last one for all beyond the end.
    pub fn at(&self, distance: f64) -> usize {
        let (mut at, mut rest) = (0, distance);
        let mut step = self.each.len().next_power_of_two();
        while step > 0 {
            if let Some(&sum) = self.sums.get(at + step - 1)
                && sum <= rest
            {
                at += step;
                rest -= sum;
            }
            step /= 2;
        }
        at.min(self.each.len().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_tree_agrees_with_adding_up(each in proptest::collection::vec(1u8..50, 1..200), changes in proptest::collection::vec((0usize..200, 1u8..50), 0..40)) {
            let mut plain: Vec<f32> = each.iter().map(|&h| f32::from(h)).collect();
            let mut tree = Heights::new(plain.clone());
            for (at, height) in changes {
                if let Some(old) = plain.get_mut(at) {
                    *old = f32::from(height);
                    tree.set(at, f32::from(height));
                }
            }
            let mut top = 0.0;
            for (at, &height) in plain.iter().enumerate() {
                prop_assert_eq!(tree.before(at), top);
                prop_assert_eq!(tree.at(top), at);
                prop_assert_eq!(tree.at(top + f64::from(height) - 0.5), at);
                top += f64::from(height);
            }
            prop_assert_eq!(tree.total(), top);
            prop_assert_eq!(tree.at(top + 10.0), plain.len() - 1);
        }
    }
}
