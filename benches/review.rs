//! How long comparing takes: 5 people's 5,000 tags each put into cases, and held against what was decided on all of them.
//! Beside it what one would otherwise write: every tag against every other, and of the pairs the best first.
//!
//! `cargo bench --bench review` prints a table; docs/performance.md quotes it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "a bench is run by hand and prints its figures")]

use jiannuo::annotation::{Anchor, Annotations, AttributeId, Hand, KindId, Person, PersonId, RemarkId, Tag, TagId, Time, Touch, Value};
use jiannuo::quantity::Quantity;
use jiannuo::review::{Layer, cases, judge, judge_again, merged, pairing, weight};
use jiannuo::text::Span;
use std::cmp::Reverse;
use std::time::{Duration, Instant};
use uuid::Uuid;

const PEOPLE: u32 = 5;
const TAGS: u32 = 5_000;
/// How often everything is done; the best counts.
const ROUNDS: usize = 7;

/// The best time of several.
fn timed<T>(work: impl Fn() -> T) -> (T, Duration) {
    let once = || {
        let begin = Instant::now();
        let made = work();
        (made, begin.elapsed())
    };
    let (mut made, mut best) = once();
    for _ in 1..ROUNDS {
        let (again, took) = once();
        (made, best) = (again, best.min(took));
    }
    (made, best)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn tag(name: u128, start: u32, len: u32, says: u32) -> Tag {
    let anchor = Anchor { span: Span::of(start, start + len), quote: String::new(), before: String::new(), after: String::new() };
    let kind = ["target", "indicator", "commitment"][says as usize % 3];
    let mut tag = Tag::new(TagId(Uuid::from_u128(name)), KindId::new(kind), anchor);
    tag.quantities = vec![Quantity::of_words(["增长8%", "增长9%"][says as usize % 2])];
    tag.set_attribute(AttributeId::new("period"), Value::One(if says.is_multiple_of(5) { "2020" } else { "2021" }.into()));
    tag
}

/// People who tagged the same statements, each a little otherwise. Where they are knotted, every tenth tag reaches over
/// the next forty, and one over all.
fn layers(knotted: bool) -> Vec<Layer> {
    let layer = |person: u32| {
        let name = |at: u32| (u128::from(person) << 64) + u128::from(at) + 1;
        let one = |at: u32| {
            let differs = (at * 7 + person * 3).is_multiple_of(11);
            let (start, says) = (at * 10 + at * person % 3, if differs { at + person } else { at });
            let len = match at % 10 {
                _ if !knotted => 6 + (at + person) % 9,
                0 if at == 0 => TAGS * 10,
                0 => 400,
                _ => 6 + (at + person) % 9,
            };
            tag(name(at), start, len, says)
        };
        let mut tags: Vec<Tag> = (0..TAGS).map(one).collect();
        tags.sort_by_key(|tag| (tag.anchor.span.start(), Reverse(tag.anchor.span.end()), tag.id));
        Layer { person: Person { id: PersonId(Uuid::from_u128(u128::from(person))), name: person.to_string() }, tags }
    };
    (1..=PEOPLE).map(layer).collect()
}

/// The pairs of every two people, best first, each tag once: how many, and what they weigh.
fn greedy(layers: &[Layer]) -> (usize, u64) {
    let of_two = |one: &Layer, other: &Layer| {
        let all = one.tags.iter().enumerate().flat_map(|(at, tag)| {
            let weights = other.tags.iter().enumerate().map(move |(there, other)| (weight(tag, other), at, there));
            weights.filter(|(weight, ..)| *weight > 0)
        });
        let mut all: Vec<(u32, usize, usize)> = all.collect();
        all.sort_by_key(|(weight, at, there)| (Reverse(*weight), *at, *there));
        let (mut taken, mut taken_there) = (vec![false; one.tags.len()], vec![false; other.tags.len()]);
        all.retain(|(_, at, there)| {
            let free = !taken[*at] && !taken_there[*there];
            taken[*at] |= free;
            taken_there[*there] |= free;
            free
        });
        (all.len(), all.iter().map(|(weight, ..)| u64::from(*weight)).sum::<u64>())
    };
    of_every_two(layers, of_two)
}

/// The pairs that weigh most together.
fn best(layers: &[Layer]) -> (usize, u64) {
    of_every_two(layers, |one, other| {
        let matches = pairing(one, other).matches;
        (matches.len(), matches.iter().map(|pair| u64::from(pair.weight)).sum())
    })
}

fn of_every_two(layers: &[Layer], of_two: impl Fn(&Layer, &Layer) -> (usize, u64)) -> (usize, u64) {
    let pairs = (0..layers.len()).flat_map(|one| (one + 1..layers.len()).map(move |other| (one, other)));
    pairs.map(|(one, other)| of_two(&layers[one], &layers[other])).fold((0, 0), |sum, next| (sum.0 + next.0, sum.1 + next.1))
}

/// The file of somebody who accepted all that is agreed on.
fn accepted(layers: &[Layer]) -> Annotations {
    let mut names = 1u128 << 100;
    let mut name = || {
        names += 1;
        Uuid::from_u128(names)
    };
    let merged = merged(layers, &[], || TagId(name()));
    let mut file = Annotations::default();
    let edit = merged.edit(&file, || RemarkId(name()));
    file.apply(&edit, Touch { at: Time(1), hand: Hand::new(1) }).unwrap();
    file
}

fn compare(what: &str, knotted: bool) {
    let layers = layers(knotted);
    println!("{PEOPLE} people, {TAGS} tags each, {what}; best of {ROUNDS}:");
    let (all, took) = timed(|| cases(&layers));
    println!("    put into cases                     {:>8.1} ms, {} cases", milliseconds(took), all.len());
    let ((pairs, weighs), best) = timed(|| best(&layers));
    println!("    of which pairing every two         {:>8.1} ms, {pairs} pairs", milliseconds(best));
    let begin = Instant::now();
    let (greedy_pairs, greedy_weighs) = greedy(&layers);
    let took_greedy = begin.elapsed();
    let (times, share) = (took_greedy.as_secs_f64() / best.as_secs_f64(), greedy_weighs as f64 / weighs as f64);
    println!(
        "    pairing each with each, best first {:>8.1} ms, {greedy_pairs} pairs: {times:.1} times as long, {:.3} % of the weight",
        milliseconds(took_greedy),
        share * 100.0
    );
    let file = accepted(&layers);
    let decided = [(layers[0].person.clone(), &file)];
    let (judged, took) = timed(|| judge(&layers, &decided));
    println!("    with what was decided on them      {:>8.1} ms", milliseconds(took));
    let (_, took) = timed(|| judge_again(&layers, judged.clone(), &decided));
    println!("    after one more decision            {:>8.1} ms", milliseconds(took));
}

fn main() {
    compare("side by side", false);
    compare("over one another", true);
}
