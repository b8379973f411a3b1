//! Agreement on characters: of each character of a text, whether a person tagged it with one kind.
//!
//! Characters are never looked at one by one: the text is cut where what somebody has changes, and the runs between are
//! counted. Who tagged an overlapping stretch twice tagged it once. What somebody did not read is no judgement of theirs.

use super::figure::{Counts, Figure, Undefined};
use super::interval::Additive;
use super::runs::{Coder, ReadByAll, Run, Stretch, runs, united};

/// What several people tagged with one kind, over the characters of one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Units {
    length: u32,
    coders: Vec<Coder>,
}

impl Units {
    /// A text of so many characters, without people.
    pub const fn new(length: u32) -> Self {
        Self { length, coders: Vec::new() }
    }

    /// Adds a person: what they tagged, in any order, and what they did not read. A tag in what is not read does not count.
    ///
    /// Stretches that share a character are united; those that touch stay two units of [`unitized`](super::unitized).
    pub fn add(&mut self, tagged: impl IntoIterator<Item = Stretch>, unread: impl IntoIterator<Item = Stretch>) {
        self.coders.push(Coder { tagged: united(tagged, self.length), unread: united(unread, self.length) });
    }

    /// Two of the people.
    #[must_use]
    pub fn pair(&self, first: usize, second: usize) -> Self {
        let coders = [first, second].iter().filter_map(|&number| self.coders.get(number).cloned()).collect();
        Self { length: self.length, coders }
    }

    /// Everything counted.
    pub fn tally(&self) -> Tally {
        let whole = 0..self.length;
        Tally::total(&self.tallies(&[whole]))
    }

    /// Block by block: sections, each of which is drawn as a whole. A unit counts with the block it begins in, so that blocks
    /// that cover the text, without overlapping, add up to [`tally`](Self::tally).
    pub fn tallies(&self, blocks: &[Stretch]) -> Vec<Tally> {
        let runs = runs(self.length, &self.coders);
        let read = ReadByAll::of(&runs, self.number());
        let tally = |block: &Stretch| {
            let mut tally = Tally::of(self.number());
            let from = runs.partition_point(|run| run.span.end <= block.start);
            for run in runs.iter().skip(from).take_while(|run| run.span.start < block.end) {
                tally.count(run, u64::from(run.span.end.min(block.end).saturating_sub(run.span.start.max(block.start))));
            }
            for coder in &self.coders {
                let from = coder.tagged.partition_point(|unit| unit.start < block.start);
                let units = coder.tagged.iter().skip(from).take_while(|unit| unit.start < block.end);
                tally.squares += units.map(|unit| read.within(unit).pow(2)).sum::<u64>();
            }
            tally
        };
        blocks.iter().map(tally).collect()
    }

    fn number(&self) -> u32 {
        self.coders.len() as u32
    }
}

/// Characters counted by who judged them how; what stands in several texts or sections is added up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    coders: u32,
    /// How many characters so many people read, of whom so many tagged them: by [`place`], as adding up tallies is most of
    /// what a bootstrap does.
    characters: Vec<u64>,
    /// How many the first of two people tagged and the second did not, of what both read.
    first_alone: u64,
    /// The squares of the lengths of all units, in characters that all read.
    squares: u64,
}

impl Additive for Tally {
    fn add(&mut self, part: &Self, times: u32) {
        let times = u64::from(times);
        self.coders = self.coders.max(part.coders);
        if self.characters.len() < part.characters.len() {
            self.characters.resize(part.characters.len(), 0);
        }
        for (all, characters) in self.characters.iter_mut().zip(&part.characters) {
            *all += characters * times;
        }
        self.first_alone += part.first_alone * times;
        self.squares += part.squares * times;
    }
}

/// Where a tally has the characters that so many people read and so many of these tagged. It does not depend on how many people
/// there are in all, so that tallies of more and of fewer of them add up.
const fn place(readers: u32, taggers: u32) -> usize {
    let readers = readers as usize;
    readers * (readers + 1) / 2 + taggers as usize
}

impl Tally {
    /// Nothing yet, of so many people.
    fn of(coders: u32) -> Self {
        Self { coders, characters: vec![0; place(coders, coders) + 1], ..Self::default() }
    }

    fn count(&mut self, run: &Run, characters: u64) {
        if let Some(all) = self.characters.get_mut(place(run.readers, run.taggers)) {
            *all += characters;
        }
        if (run.readers, run.taggers, run.by_first) == (2, 1, true) {
            self.first_alone += characters;
        }
    }

    /// How many people there are.
    pub const fn coders(&self) -> u32 {
        self.coders
    }

    /// How many characters at least one person tagged.
    pub fn tagged_by_any(&self) -> u64 {
        self.judged().filter(|(_, taggers, _)| *taggers > 0).map(|(.., characters)| characters).sum()
    }

    /// How many people read so many characters, and how many of these tagged them.
    fn judged(&self) -> impl Iterator<Item = (u64, u64, u64)> {
        let pairs = (0..=u64::from(self.coders)).flat_map(|readers| (0..=readers).map(move |taggers| (readers, taggers)));
        pairs.zip(&self.characters).map(|((readers, taggers), characters)| (readers, taggers, *characters))
    }

    pub(super) const fn squares(&self) -> u64 {
        self.squares
    }

    /// How many people tagged how many of the characters that all read.
    pub(super) fn read_by_all(&self) -> impl Iterator<Item = (u64, u64)> {
        let all = self.characters.get(place(self.coders, 0)..).unwrap_or_default();
        (0..).zip(all).map(|(taggers, characters)| (taggers, *characters))
    }

    /// What a figure over the characters that at least so many people read is counted from.
    pub(super) fn counts(&self, readers: u32) -> Counts {
        let mut counts = Counts { coders: self.coders, ..Counts::default() };
        for (read, tagged, characters) in self.judged() {
            if read < u64::from(readers.max(2)) {
                counts.left_out += characters;
                continue;
            }
            counts.compared += characters;
            if tagged == 0 || tagged == read {
                counts.agreed += characters;
            }
        }
        counts
    }
}

/// Whether chance has anything to get wrong: there are two people, and judgements both ways.
pub(super) const fn variation(coders: u32, tagged: u64, not: u64) -> Result<(), Undefined> {
    match (coders, tagged, not) {
        (0 | 1, _, _) => Err(Undefined::OneCoder),
        (_, 0, 0) => Err(Undefined::NothingShared),
        (_, 0, _) => Err(Undefined::NothingTagged),
        (_, _, 0) => Err(Undefined::NoVariation),
        _ => Ok(()),
    }
}

/// Cohen's κ of two people (Cohen 1960, A coefficient of agreement for nominal scales, Educational and Psychological
/// Measurement 20), over the characters that both read. Chance tags as often as each of the two does.
pub fn cohen(tally: &Tally) -> Figure {
    let of = |taggers: u32| tally.characters.get(place(2, taggers)).copied().unwrap_or_default();
    let (neither, one, both) = (of(0), of(1), of(2));
    let all = neither + one + both;
    let first = both + tally.first_alone;
    let second = both + one.saturating_sub(tally.first_alone);
    let value = if tally.coders > 2 {
        Err(Undefined::MoreThanTwo)
    } else {
        variation(tally.coders, first + second, (all + all).saturating_sub(first + second))
    };
    let value = value.map(|()| {
        let (first, second, all) = (first as f64, second as f64, all as f64);
        1.0 - one as f64 * all / (first * (all - second) + (all - first) * second)
    });
    Figure::new(value, tally.counts(2))
}

/// Fleiss' κ (Fleiss 1971, Measuring nominal scale agreement among many raters, Psychological Bulletin 76), over the
/// characters that all read. Chance tags as often as all do together.
pub fn fleiss(tally: &Tally) -> Figure {
    let coders = u64::from(tally.coders);
    let (mut tagged, mut not, mut differing) = (0_u64, 0_u64, 0_u64);
    for (taggers, characters) in tally.read_by_all() {
        let others = coders.saturating_sub(taggers);
        tagged += taggers * characters;
        not += others * characters;
        differing += 2 * taggers * others * characters;
    }
    let value = variation(tally.coders, tagged, not).map(|()| {
        let judgements = (tagged + not) as f64;
        let observed = differing as f64 / (judgements * coders.saturating_sub(1) as f64);
        let expected = 2.0 * (tagged as f64 / judgements) * (not as f64 / judgements);
        1.0 - observed / expected
    });
    Figure::new(value, tally.counts(tally.coders))
}

/// Krippendorff's α, nominal (Krippendorff 2011, Computing Krippendorff's alpha-reliability), over the characters that at least
/// two people read: what somebody did not read is missing. Chance pairs all judgements there are.
pub fn krippendorff(tally: &Tally) -> Figure {
    let (mut tagged, mut not, mut observed) = (0_u64, 0_u64, 0.0);
    for (readers, taggers, characters) in tally.judged().filter(|(readers, ..)| *readers >= 2) {
        let others = readers.saturating_sub(taggers);
        tagged += taggers * characters;
        not += others * characters;
        observed += (2 * taggers * others * characters) as f64 / readers.saturating_sub(1) as f64;
    }
    let value = variation(tally.coders, tagged, not).map(|()| {
        let (tagged, not) = (tagged as f64, not as f64);
        1.0 - (tagged + not - 1.0) * observed / (2.0 * tagged * not)
    });
    Figure::new(value, tally.counts(2))
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::interval::Bootstrap;
    use super::*;

    /// People with what they tagged and what they did not read.
    pub(in super::super) fn units(length: u32, tagged: &[&[(u32, u32)]], unread: &[&[(u32, u32)]]) -> Units {
        let stretches = |pairs: &[(u32, u32)]| pairs.iter().map(|&(start, end)| start..end).collect::<Vec<_>>();
        let mut units = Units::new(length);
        for (number, tagged) in tagged.iter().enumerate() {
            units.add(stretches(tagged), stretches(unread.get(number).copied().unwrap_or_default()));
        }
        units
    }

    fn close(figure: Figure, expected: f64) {
        let value = figure.value.unwrap();
        assert!((value - expected).abs() < 1e-12, "{value}, not {expected}");
    }

    #[test]
    fn by_hand() {
        let tally = units(10, &[&[(0, 4)], &[(2, 6)]], &[]).tally();
        // Both 2, one 4, neither 4: observed 0.6; by chance 0.4 · 0.4 + 0.6 · 0.6 = 0.52.
        close(cohen(&tally), (0.6 - 0.52) / 0.48);
        close(fleiss(&tally), (0.6 - 0.52) / 0.48);
        close(krippendorff(&tally), 1.0 - 19.0 * 8.0 / (2.0 * 8.0 * 12.0));
        assert_eq!(cohen(&tally).counts, Counts { coders: 2, compared: 10, agreed: 6, left_out: 0 });
        assert_eq!(tally.tagged_by_any(), 6);
        let lopsided = units(10, &[&[(0, 8)], &[(0, 2)]], &[]).tally();
        // Observed 0.4; by chance 0.8 · 0.2 + 0.2 · 0.8 = 0.32, with common shares 0.5.
        close(cohen(&lopsided), (0.4 - 0.32) / 0.68);
        close(fleiss(&lopsided), (0.4 - 0.5) / 0.5);
    }

    #[test]
    fn three_people() {
        let tally = units(4, &[&[(0, 2)], &[(0, 2)], &[(0, 3)]], &[]).tally();
        // Agreement of pairs: 1, 1, 1/3, 1. Tagged are 7 of 12.
        let chance = (7.0 * 7.0 + 5.0 * 5.0) / 144.0;
        close(fleiss(&tally), ((10.0 / 3.0) / 4.0 - chance) / (1.0 - chance));
        assert_eq!(cohen(&tally).undefined, Some(Undefined::MoreThanTwo));
        assert_eq!(fleiss(&tally).counts.agreed, 3);
    }

    #[test]
    fn where_there_is_none() {
        let all = [cohen, fleiss, krippendorff];
        let none = |length: u32, people: &[&[(u32, u32)]], reason: Undefined| {
            for figure in all {
                let figure = figure(&units(length, people, &[]).tally());
                assert_eq!((figure.value, figure.undefined), (None, Some(reason)));
            }
        };
        none(10, &[], Undefined::OneCoder);
        none(10, &[&[(1, 2)]], Undefined::OneCoder);
        none(10, &[&[], &[]], Undefined::NothingTagged);
        none(0, &[&[], &[(0, 4)]], Undefined::NothingShared);
        none(10, &[&[(0, 10)], &[(0, 99)]], Undefined::NoVariation);
        for figure in all {
            close(figure(&units(10, &[&[(2, 5)], &[(2, 5)]], &[]).tally()), 1.0);
            let unread = figure(&units(10, &[&[(2, 5)], &[]], &[&[(0, 5)], &[(5, 10)]]).tally());
            assert_eq!(unread.undefined, Some(Undefined::NothingShared));
            assert_eq!(unread.counts, Counts { coders: 2, compared: 0, agreed: 0, left_out: 10 });
        }
        close(cohen(&units(10, &[&[(0, 10)], &[]], &[]).tally()), 0.0);
    }

    #[test]
    fn overlaps_of_one_person_are_united() {
        let once = units(20, &[&[(0, 9)], &[(3, 6)]], &[]);
        assert_eq!(units(20, &[&[(4, 9), (0, 5), (1, 2), (0, 5)], &[(3, 6), (6, 6)]], &[]), once);
    }

    #[test]
    fn what_one_did_not_read_is_left_out() {
        let read = units(10, &[&[(0, 4)], &[(2, 6)], &[(0, 9)]], &[&[], &[(0, 2), (8, 20)], &[(5, 6)]]);
        let tally = read.tally();
        assert_eq!(fleiss(&tally).counts, Counts { coders: 3, compared: 5, agreed: 2, left_out: 5 });
        assert_eq!(krippendorff(&tally).counts.compared, 10);
        let pair = read.pair(0, 1).tally();
        close(cohen(&pair), cohen(&units(6, &[&[(0, 2)], &[(0, 4)]], &[]).tally()).value.unwrap());
        assert_eq!(read.pair(0, 7).tally().coders(), 1);
    }

    #[test]
    fn blocks_add_up_to_the_whole() {
        let units = units(100, &[&[(0, 14), (33, 57), (90, 91)], &[(5, 14), (39, 60)]], &[&[], &[(70, 80)]]);
        let blocks: Vec<Stretch> = (0..10).map(|block| block * 10..(block + 1) * 10).collect();
        let tallies = units.tallies(&blocks);
        assert_eq!(Tally::total(&tallies), units.tally());
        let figure = Bootstrap::seeded(11).of(&tallies, cohen);
        assert_eq!(figure.value, cohen(&units.tally()).value);
        assert!(figure.low < figure.value && figure.value < figure.high);
        assert_eq!(Tally::weighted(&tallies, &[2; 10]).squares, 2 * units.tally().squares);
    }

    #[test]
    fn each_judgement_has_a_place_of_its_own() {
        let pairs = (0..=20).flat_map(|readers| (0..=readers).map(move |taggers| (readers, taggers)));
        assert!(pairs.enumerate().all(|(at, (readers, taggers))| place(readers, taggers) == at));
        let three = units(4, &[&[(0, 2)], &[(0, 2)], &[(0, 3)]], &[&[], &[(3, 4)]]).tally();
        let judged: Vec<_> = three.judged().filter(|(.., characters)| *characters > 0).collect();
        assert_eq!(judged, [(2, 0, 1), (3, 1, 1), (3, 3, 2)]);
        assert_eq!(three.read_by_all().collect::<Vec<_>>(), [(0, 0), (1, 1), (2, 0), (3, 2)]);
        let pair = units(4, &[&[(0, 2)], &[]], &[]).tally();
        let both = Tally::total(&[pair.clone(), three.clone()]);
        assert_eq!((both.coders, both.tagged_by_any()), (3, 5));
        assert_eq!(Tally::total(&[three, pair]), both);
    }

    #[test]
    fn a_million_characters_are_runs() {
        let tagged: Vec<(u32, u32)> = (0..1000).map(|number| (number * 1000, number * 1000 + 400)).collect();
        let moved: Vec<(u32, u32)> = tagged.iter().map(|(start, end)| (start + 200, end + 200)).collect();
        let units = units(1_000_000, &[&tagged, &moved], &[]);
        assert_eq!(runs(units.length, &units.coders).len(), 4000);
        close(cohen(&units.tally()), (0.6 - 0.52) / 0.48);
    }
}
