//! The figures of one stretch of text, one kind or one pair of people.

use super::super::agreement::{Additive, Counts, Figure, Scores, Undefined, cohen, fleiss, krippendorff, unitized};
use super::counted::Counted;

/// How many of one person's stretches another one has, too.
///
/// Of two people the first one, by their ids, is taken for the truth: precision is how much of what the second person has is
/// right, recall how much of what the first one has the second one has found. Of more people nobody is: each pair counts both
/// ways, so that all three are one number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// How much of what the second person has is right.
    pub precision: Figure,
    /// How much of what the first person has the second one has.
    pub recall: Figure,
    /// The harmonic mean of both.
    pub f1: Figure,
}

impl Scored {
    fn of(coders: u32, pairs: impl Iterator<Item = Scores>) -> Self {
        let pairs: Vec<Scores> = pairs.collect();
        let all = Scores::total(&pairs);
        let of = |figure: Figure| match pairs.len() {
            0 => Figure::new(Err(Undefined::OneCoder), Counts { coders, ..Counts::default() }),
            _ => Figure { counts: Counts { coders, ..figure.counts }, ..figure },
        };
        let f1 = of(all.f1());
        let (precision, recall) = if pairs.len() > 1 { (f1, f1) } else { (of(all.precision()), of(all.recall())) };
        Self { precision, recall, f1 }
    }
}

/// How far people agree, in the figures there are.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// On stretches with the same boundaries.
    pub exact: Scored,
    /// On stretches that overlap.
    pub overlapping: Scored,
    /// On characters, by Cohen's κ; of more than two people the mean over those pairs for which there is one.
    pub cohen: Figure,
    /// On characters, by Fleiss' κ.
    pub fleiss: Figure,
    /// On characters, by Krippendorff's α.
    pub alpha: Figure,
    /// On the pieces they cut out of the text, by Krippendorff's uα.
    pub unitized: Figure,
}

impl Block {
    /// The keys of the figures, in files and in the locale.
    pub const KEYS: [&'static str; 10] = [
        "exact_precision",
        "exact_recall",
        "exact_f1",
        "overlapping_precision",
        "overlapping_recall",
        "overlapping_f1",
        "cohen",
        "fleiss",
        "alpha",
        "unitized",
    ];

    /// From what was counted.
    pub(super) fn of(counted: &Counted) -> Self {
        let coders = counted.all.coders();
        let cohens: Vec<Figure> = counted.pairs.iter().map(|pair| cohen(&pair.characters)).collect();
        Self {
            exact: Scored::of(coders, counted.pairs.iter().map(|pair| pair.exact)),
            overlapping: Scored::of(coders, counted.pairs.iter().map(|pair| pair.overlapping)),
            cohen: mean(coders, &cohens),
            fleiss: fleiss(&counted.all),
            alpha: krippendorff(&counted.all),
            unitized: unitized(&counted.all),
        }
    }

    /// The figures in the order of their keys.
    pub fn figures(&self) -> [Figure; 10] {
        let Self { exact, overlapping: near, cohen, fleiss, alpha, unitized } = *self;
        [exact.precision, exact.recall, exact.f1, near.precision, near.recall, near.f1, cohen, fleiss, alpha, unitized]
    }

    /// The figures, each with its key.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, Figure)> {
        Self::KEYS.into_iter().zip(self.figures())
    }

    /// The figures, to be given their intervals.
    pub(super) fn figures_mut(&mut self) -> [&mut Figure; 10] {
        let Self { exact: Scored { precision, recall, f1 }, overlapping: near, cohen, fleiss, alpha, unitized } = self;
        [precision, recall, f1, &mut near.precision, &mut near.recall, &mut near.f1, cohen, fleiss, alpha, unitized]
    }
}

/// The mean of the figures of several pairs (Light 1971, Measures of response agreement for qualitative data, Psychological
/// Bulletin 76): of those there are.
fn mean(coders: u32, figures: &[Figure]) -> Figure {
    let mut counts = Counts { coders, ..Counts::default() };
    for figure in figures {
        counts.compared += figure.counts.compared;
        counts.agreed += figure.counts.agreed;
        counts.left_out += figure.counts.left_out;
    }
    let values: Vec<f64> = figures.iter().filter_map(|figure| figure.value).collect();
    let why_not = figures.iter().find_map(|figure| figure.undefined).unwrap_or(Undefined::OneCoder);
    let value = if values.is_empty() { Err(why_not) } else { Ok(values.iter().sum::<f64>() / values.len() as f64) };
    Figure::new(value, counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_is_of_what_there_is() {
        let counts = |compared| Counts { coders: 2, compared, agreed: 1, left_out: 2 };
        let none = Figure::new(Err(Undefined::NothingTagged), counts(3));
        let all = mean(3, &[Figure::new(Ok(0.5), counts(10)), none, Figure::new(Ok(1.0), counts(20))]);
        assert_eq!((all.value, all.counts), (Some(0.75), Counts { coders: 3, compared: 33, agreed: 3, left_out: 6 }));
        assert_eq!(mean(2, &[none, none]).undefined, Some(Undefined::NothingTagged));
        assert_eq!(mean(1, &[]).undefined, Some(Undefined::OneCoder));
    }

    #[test]
    fn of_more_than_two_people_nobody_is_the_truth() {
        let (one, other) = (Scores { correct: 3, missed: 1, ..Scores::default() }, Scores { correct: 1, spurious: 2, ..Scores::default() });
        let pair = Scored::of(2, [one].into_iter());
        assert_eq!([pair.precision, pair.recall, pair.f1].map(|figure| figure.value), [Some(1.0), Some(0.75), Some(6.0 / 7.0)]);
        let all = Scored::of(3, [one, other].into_iter());
        assert_eq!([all.precision, all.recall, all.f1].map(|figure| figure.value), [Some(8.0 / 11.0); 3]);
        assert_eq!(all.f1.counts, Counts { coders: 3, compared: 11, agreed: 8, left_out: 0 });
        assert_eq!(Scored::of(1, std::iter::empty()).f1.undefined, Some(Undefined::OneCoder));
    }
}
