//! Krippendorff's α for unitizing: whether people cut the same pieces out of a text, and not only whether they agree on its
//! characters.
//!
//! This is uα of Krippendorff, Mathet, Bouvry and Widlöcher 2016, On the reliability of unitizing textual continua: Further
//! developments, Quality & Quantity 50 (not α_U of Krippendorff 1995, whose differences are squared). Of one kind there are two
//! values, a unit and a gap. What is observed are the lengths on which two people have different values; what chance would
//! give is reckoned from the lengths of all units and gaps, where a unit is not paired with itself: as a unit is laid as a whole,
//! the square of its length is taken out, of a gap only its length.
//!
//! With t characters tagged by all people together, g not tagged, n = t + g and S the sum of the squares of the units, chance
//! gives n · 2tg / (n² − S − g). What somebody did not read is taken out for all, and the text closed over it.

use super::characters::{Tally, variation};
use super::figure::Figure;

/// Krippendorff's uα for one kind, over the characters that all read.
pub fn unitized(tally: &Tally) -> Figure {
    let coders = u64::from(tally.coders());
    let (mut tagged, mut gaps, mut differing) = (0_u64, 0_u64, 0_u64);
    for (taggers, characters) in tally.read_by_all() {
        let others = coders.saturating_sub(taggers);
        tagged += taggers * characters;
        gaps += others * characters;
        differing += 2 * taggers * others * characters;
    }
    let value = variation(tally.coders(), tagged, gaps).map(|()| {
        let (tagged, gaps, all) = (tagged as f64, gaps as f64, (tagged + gaps) as f64);
        let observed = differing as f64 / coders.saturating_sub(1) as f64;
        let expected = all * 2.0 * tagged * gaps / (all * all - tally.squares() as f64 - gaps);
        1.0 - observed / expected
    });
    Figure::new(value, tally.counts(tally.coders()))
}

#[cfg(test)]
mod tests {
    use super::super::characters::tests::units;
    use super::super::figure::Undefined;
    use super::*;

    fn of(length: u32, people: &[&[(u32, u32)]]) -> Figure {
        unitized(&units(length, people, &[]).tally())
    }

    fn close(figure: Figure, expected: f64) {
        let value = figure.value.unwrap();
        assert!((value - expected).abs() < 1e-12, "{value}, not {expected}");
    }

    #[test]
    fn by_hand() {
        // t = 8, g = 12, n = 20, S = 16 + 16; four characters differ, each seen from both sides.
        close(of(10, &[&[(0, 4)], &[(2, 6)]]), 1.0 - 8.0 * (400.0 - 32.0 - 12.0) / (20.0 * 2.0 * 8.0 * 12.0));
        close(of(10, &[&[(0, 4)], &[(0, 4)]]), 1.0);
        close(of(10, &[&[(0, 4)], &[(0, 4)], &[(0, 4)]]), 1.0);
    }

    #[test]
    fn one_long_unit_is_not_two_short_ones() {
        let (whole, halves) = (of(40, &[&[(0, 20)], &[(0, 10)]]), of(40, &[&[(0, 10), (10, 20)], &[(0, 10)]]));
        assert!(whole.value.unwrap() > halves.value.unwrap());
        assert_eq!(of(40, &[&[(0, 12), (8, 20)], &[(0, 10)]]), whole);
    }

    #[test]
    fn where_there_is_none() {
        assert_eq!(of(10, &[&[(0, 4)]]).undefined, Some(Undefined::OneCoder));
        assert_eq!(of(10, &[&[], &[]]).undefined, Some(Undefined::NothingTagged));
        assert_eq!(of(10, &[&[(0, 10)], &[(0, 10)]]).undefined, Some(Undefined::NoVariation));
        assert_eq!(of(0, &[&[], &[]]).undefined, Some(Undefined::NothingShared));
        assert!(of(10, &[&[(0, 4)], &[]]).value.unwrap() <= 0.0);
    }

    #[test]
    fn what_one_did_not_read_is_taken_out_of_units_too() {
        let read_in_part = units(30, &[&[(0, 4), (20, 25)], &[(2, 20)]], &[&[(6, 16)], &[]]);
        // Ten characters are gone: the second person's unit is eight characters long.
        close(unitized(&read_in_part.tally()), of(20, &[&[(0, 4), (10, 15)], &[(2, 10)]]).value.unwrap());
    }
}
