//! Intervals of many figures at once: what was counted is weighed anew once for each resample, and all figures are read off that.

use super::super::agreement::Bootstrap;
use super::block::Block;

/// Blocks with the intervals of their figures. `blocks` makes them of how often each of so many units is there.
pub fn with_intervals(bootstrap: Bootstrap, units: usize, blocks: impl Fn(&[u32]) -> Vec<Block>) -> Vec<Block> {
    let values = |blocks: &[Block]| blocks.iter().flat_map(Block::figures).map(|figure| figure.value).collect::<Vec<_>>();
    let mut whole = blocks(&vec![1; units]);
    if values(&whole).iter().all(Option::is_none) {
        return whole;
    }
    let mut drawn: Vec<Vec<Option<f64>>> = Vec::new();
    bootstrap.interval(units, |weights| {
        drawn.push(values(&blocks(weights)));
        None
    });
    for (at, figure) in whole.iter_mut().flat_map(Block::figures_mut).enumerate() {
        let mut values = drawn.iter().map(|values| values.get(at).copied().flatten());
        // The values are there, one for each resample, so that nothing has to be drawn for them: two units are the fewest there may be.
        *figure = figure.within(bootstrap.interval(units.min(2), |_| values.next().flatten()));
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::super::super::agreement::{Additive, Scores, Tally, Units, cohen};
    use super::super::counted::{Counted, OfPair};
    use super::*;

    #[test]
    fn intervals_are_those_of_figures_drawn_one_by_one() {
        let mut units = Units::new(100);
        units.add([0..14, 33..57, 90..91], []);
        units.add([5..14, 39..60, 80..85], []);
        let tens: Vec<_> = (0..10).map(|ten| ten * 10..(ten + 1) * 10).collect();
        let tallies: Vec<Tally> = units.tallies(&tens);
        let scores = |at: u64| Scores { correct: at % 3, missed: at % 2, ..Scores::default() };
        let pair = |(at, tally): (u64, &Tally)| OfPair { characters: tally.clone(), exact: scores(at), overlapping: scores(at + 1) };
        let counted: Vec<Counted> = (0..).zip(&tallies).map(|of| Counted::of_pair(&pair(of))).collect();
        let bootstrap = Bootstrap::seeded(11);
        let blocks = with_intervals(bootstrap, 10, |weights| vec![Block::of(&Counted::weighted(&counted, weights))]);
        assert_eq!(blocks[0].cohen, bootstrap.of(&tallies, cohen));
        let exact: Vec<Scores> = (0..10).map(scores).collect();
        assert_eq!(blocks[0].exact.recall, bootstrap.of(&exact, Scores::recall));
    }

    #[test]
    fn one_unit_has_no_interval() {
        let mut units = Units::new(10);
        units.add([0..2, 2..4], []);
        units.add([2..4, 4..6], []);
        let pair = OfPair { characters: units.tally(), ..OfPair::default() };
        let counted = [Counted::of_pair(&pair)];
        let blocks = with_intervals(Bootstrap::seeded(1), 1, |weights| vec![Block::of(&Counted::weighted(&counted, weights))]);
        assert!(blocks[0].cohen.value.is_some() && blocks[0].cohen.low.is_none());
    }
}
