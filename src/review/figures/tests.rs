//! Figures of small reports, by hand, and what holds for all.

use super::super::agreement::{Counts, Undefined};
use super::super::tests::{drawn, layer};
use super::*;
use crate::annotation::{AttributeId, Origin};
use crate::report::Corrections;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Three sections: the title, 3 characters; then 15 and 13.
const TEXT: &str = "报告\n一、回顾\n生产总值增长8%。\n二、安排\n力争增长6%。\n";

fn report(text: &str) -> Report {
    Report::new(text.to_owned(), Corrections::default())
}

fn figures(text: &str, layers: &[Layer]) -> Figures {
    Figures::of(&Basis { resamples: 50, ..Basis::new(&report(text), layers, &[], &Codebook::standard()) })
}

/// Both tagged the first statement alike; the second one is an indicator to the first person only.
fn two() -> [Layer; 2] {
    [layer(1, &[(8, 8, 0), (25, 4, 1)]), layer(2, &[(8, 8, 0)])]
}

fn close(figure: Figure, expected: f64) {
    assert!((figure.value.unwrap() - expected).abs() < 1e-12, "{figure:?}, not {expected}");
}

#[test]
fn by_hand() {
    let figures = figures(TEXT, &two());
    let headings: Vec<(Span, &str)> = figures.sections.iter().map(|(span, heading, _)| (*span, heading.as_str())).collect();
    assert_eq!(headings, [(Span::of(0, 3), ""), (Span::of(3, 18), "一、回顾"), (Span::of(18, 31), "二、安排")]);
    let kinds: Vec<&str> = figures.kinds.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["target", "indicator"], "nobody tagged a commitment");
    let [target, indicator] = [0, 1].map(|at| &figures.kinds[at].1);
    assert_eq!([target.exact.f1, target.cohen, target.unitized].map(|figure| figure.value), [Some(1.0); 3]);
    assert_eq!(target.cohen.counts, Counts { coders: 2, compared: 31, agreed: 31, left_out: 0 });
    assert_eq!(indicator.exact.precision.undefined, Some(Undefined::OneTaggedNothing));
    assert_eq!([indicator.exact.recall, indicator.cohen].map(|figure| figure.value), [Some(0.0); 2]);
    assert_eq!([figures.all.exact.precision, figures.all.exact.recall].map(|figure| figure.value), [Some(1.0), Some(0.5)]);
    assert_eq!(figures.all.exact.f1.counts, Counts { coders: 2, compared: 3, agreed: 2, left_out: 0 });
    // Of 62 characters both tagged 8, and the first person 4 more.
    close(figures.all.cohen, 1.0 - 4.0 * 62.0 / (12.0 * 54.0 + 50.0 * 8.0));
    close(figures.all.fleiss, 1.0 - (8.0 / 124.0) / (2.0 * (20.0 / 124.0) * (104.0 / 124.0)));
    assert_eq!(figures.pairs.iter().map(|(one, other, block)| (*one, *other, block)).collect::<Vec<_>>(), [(0, 1, &figures.all)]);
    assert_eq!(figures.sections[2].2.exact.recall.value, Some(0.0));
    assert_eq!(figures.sections[0].2.cohen.undefined, Some(Undefined::NothingTagged));
    assert_eq!((figures.drawn, figures.units, figures.characters), (Drawn::Paragraphs, 5, 31));
}

#[test]
fn of_three_people_each_two_count() {
    let [one, other] = two();
    let figures = figures(TEXT, &[other, layer(3, &[(8, 9, 0), (25, 4, 1)]), one]);
    let pairs: Vec<(usize, usize)> = figures.pairs.iter().map(|(one, other, _)| (*one, *other)).collect();
    assert_eq!(pairs, [(2, 0), (2, 1), (0, 1)], "by who they are, not by whose layer comes first");
    let recall: Vec<Option<f64>> = figures.pairs.iter().map(|(_, _, block)| block.exact.recall.value).collect();
    assert_eq!(recall, [Some(0.5), Some(0.5), Some(0.0)]);
    // Of 3, 4 and 3 tags of each two they have 2, 2 and none in common.
    assert_eq!([figures.all.exact.precision, figures.all.exact.f1].map(|figure| figure.value), [Some(4.0 / 10.0); 2]);
    let cohens: Vec<f64> = figures.pairs.iter().map(|(_, _, block)| block.cohen.value.unwrap()).collect();
    close(figures.all.cohen, cohens.iter().sum::<f64>() / 3.0);
    assert_eq!(figures.all.cohen.counts.compared, 3 * 62);
    assert_eq!(figures.all.fleiss.counts, Counts { coders: 3, compared: 62, agreed: 57, left_out: 0 });
    let names: Vec<&str> = figures.people.iter().map(|person| person.person.name.as_str()).collect();
    assert_eq!(names, ["2", "3", "1"]);
}

#[test]
fn what_one_did_not_read_is_left_out_and_said() {
    let unread = [Vec::new(), vec![Span::of(18, 31)]];
    let figures = Figures::of(&Basis::new(&report(TEXT), &two(), &unread, &Codebook::standard()));
    assert_eq!(figures.all.exact.f1.value, Some(1.0));
    assert_eq!(figures.all.exact.f1.counts, Counts { coders: 2, compared: 2, agreed: 2, left_out: 1 });
    assert_eq!(figures.all.cohen.counts, Counts { coders: 2, compared: 36, agreed: 36, left_out: 26 });
    assert_eq!(figures.sections[2].2.cohen.undefined, Some(Undefined::NothingShared));
    assert_eq!(figures.people.iter().map(|person| person.unread).collect::<Vec<_>>(), [0, 13]);
    assert_eq!(figures.people.iter().map(|person| person.kinds.len()).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn what_nobody_asks_for_does_not_count() {
    let within = [Span::of(18, 31)];
    let figures = Figures::of(&Basis { within: Some(&within), ..Basis::new(&report(TEXT), &two(), &[], &Codebook::standard()) });
    assert_eq!((figures.characters, figures.sections.len(), figures.kinds.len()), (13, 1, 1));
    assert_eq!(figures.all.exact.f1.counts, Counts { coders: 2, compared: 1, agreed: 0, left_out: 0 });
    assert_eq!(figures.all.cohen.counts, Counts { coders: 2, compared: 13, agreed: 9, left_out: 0 });
    assert_eq!(figures.people[0].kinds.values().sum::<u64>(), 1);
    assert!(figures.people.iter().all(|person| person.unread == 0));
}

#[test]
fn tags_that_came_of_proposals_may_be_left_out() {
    let (report, book, mut layers) = (report(TEXT), Codebook::standard(), two());
    layers[0].tags[1].origin = Origin::Mended("goal".into());
    for without in [false, true] {
        let basis = Basis { without_proposals: without, ..Basis::new(&report, &layers, &[], &book) };
        let figures = Figures::of(&basis);
        assert_eq!(figures.all.exact.recall.value, Some(if without { 1.0 } else { 0.5 }));
        assert_eq!(figures.people[0].from_proposals, 1);
        assert_eq!(figures.kinds.len(), if without { 1 } else { 2 });
    }
}

#[test]
fn overlaps_of_one_person_are_united_only_for_characters() {
    let figures = figures(TEXT, &[layer(1, &[(8, 5, 0), (11, 5, 0)]), layer(2, &[(8, 8, 0)])]);
    assert_eq!(figures.all.cohen.value, Some(1.0));
    assert_eq!([figures.all.exact.f1, figures.all.overlapping.f1].map(|figure| figure.value), [Some(0.0), Some(2.0 / 3.0)]);
}

#[test]
fn what_cannot_be_had_says_why() {
    let reasons = |layers: &[Layer]| {
        let figures = figures(TEXT, layers);
        let blocks = std::iter::once(&figures.all).chain(figures.kinds.iter().map(|(_, block)| block));
        blocks.flat_map(Block::figures).map(|figure| figure.undefined).collect::<BTreeSet<_>>()
    };
    assert_eq!(reasons(&[layer(1, &[]), layer(2, &[])]), BTreeSet::from([Some(Undefined::NothingTagged)]));
    assert_eq!(reasons(&[layer(1, &[(8, 8, 0)])]), BTreeSet::from([Some(Undefined::OneCoder)]));
    assert_eq!(reasons(&[]), BTreeSet::from([Some(Undefined::OneCoder)]));
    let figures = figures("", &two());
    assert_eq!((figures.characters, figures.sections.len(), figures.all.fleiss.value), (0, 0, None));
}

#[test]
fn matched_tags_are_rated() {
    let figures = figures(TEXT, &[layer(1, &[(8, 8, 0), (25, 4, 0)]), layer(2, &[(8, 8, 0), (25, 4, 4)])]);
    let of = |rated: Rated| figures.attributes.iter().find(|(of, ..)| *of == rated).map(|(_, metric, figure)| (*metric, *figure));
    let (metric, period) = of(Rated::Attribute(AttributeId::new("period"))).unwrap();
    assert_eq!((metric, period.value, period.counts.compared), (Metric::Nominal, Some(0.0), 2));
    assert_eq!(of(Rated::Kind).unwrap().1.undefined, Some(Undefined::NoVariation));
    assert_eq!(of(Rated::Attribute(AttributeId::new("tier"))), None);
}

#[test]
fn where_there_are_eight_sections_these_are_drawn() {
    let text: String = (0..10).map(|_| TEXT.chars().skip(3).collect::<String>()).collect();
    let tags = |shift: u32| (0..20).map(|at| (at * 14 + 5, 6 + at * shift % 3, 0)).collect::<Vec<_>>();
    let layers = [layer(1, &tags(0)), layer(2, &tags(1))];
    let (report, book) = (report(&text), Codebook::standard());
    let seeded = |seed| Figures::of(&Basis { seed, resamples: 200, ..Basis::new(&report, &layers, &[], &book) });
    let figures = seeded(1);
    assert_eq!((figures.drawn, figures.units), (Drawn::Sections, 20));
    let f1 = figures.all.exact.f1;
    assert!(f1.low < f1.value && f1.value < f1.high, "{f1:?}");
    assert_eq!(seeded(1), figures);
    assert_ne!(seeded(2).all, figures.all);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_layers_does_not_matter(
        of in proptest::collection::vec(drawn(8), 3),
        read in proptest::collection::vec((0u32..30, 0u32..12), 3),
        turn in Just(vec![0usize, 1, 2]).prop_shuffle(),
    ) {
        let (report, book) = (report(&TEXT.repeat(2)), Codebook::standard());
        let layers: Vec<Layer> = (1..).zip(&of).map(|(person, drawn)| layer(person, drawn)).collect();
        let unread: Vec<Vec<Span>> = read.iter().map(|&(start, len)| vec![Span::of(start, start + len)]).collect();
        let turned: Vec<Layer> = turn.iter().map(|at| layers[*at].clone()).collect();
        let turned_unread: Vec<Vec<Span>> = turn.iter().map(|at| unread[*at].clone()).collect();
        let there = Figures::of(&Basis { resamples: 20, ..Basis::new(&report, &layers, &unread, &book) });
        let mut back = Figures::of(&Basis { resamples: 20, ..Basis::new(&report, &turned, &turned_unread, &book) });
        back.pairs.iter_mut().for_each(|(one, other, _)| (*one, *other) = (turn[*one], turn[*other]));
        let mut people: Vec<(usize, PersonCounts)> = turn.iter().copied().zip(back.people).collect();
        people.sort_by_key(|(at, _)| *at);
        back.people = people.into_iter().map(|(_, counts)| counts).collect();
        prop_assert_eq!(there, back);
    }

    #[test]
    fn sections_and_kinds_add_up_to_the_whole(of in proptest::collection::vec(drawn(8), 2..4), unread in (0u32..30, 0u32..12)) {
        let (report, book) = (report(&TEXT.repeat(2)), Codebook::standard());
        let layers: Vec<Layer> = (1..).zip(&of).map(|(person, drawn)| layer(person, drawn)).collect();
        let unread: Vec<Vec<Span>> = vec![vec![Span::of(unread.0, unread.0 + unread.1)]; layers.len()];
        let figures = Figures::of(&Basis { resamples: 0, ..Basis::new(&report, &layers, &unread, &book) });
        let counts = |block: &Block| block.figures().map(|Figure { counts, .. }| [counts.compared, counts.agreed, counts.left_out]);
        let sum = |blocks: Vec<&Block>| {
            let mut sum = [[0; 3]; 10];
            for of_block in blocks.into_iter().map(counts) {
                sum.iter_mut().flatten().zip(of_block.iter().flatten()).for_each(|(sum, count)| *sum += count);
            }
            sum
        };
        prop_assert_eq!(sum(figures.sections.iter().map(|(_, _, block)| block).collect()), counts(&figures.all));
        prop_assert_eq!(sum(figures.kinds.iter().map(|(_, block)| block).collect()), counts(&figures.all));
    }
}
