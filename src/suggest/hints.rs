//! What is odd about the tags a person made: sums that do not come out, per cent where points are meant, what is missing,
//! and times that cannot be.
//!
//! A hint is never an error, for reports revise, round and err. Whoever tagged may turn it down, and it is known again by
//! its key and the words of its tag.

mod months;
mod rates;
mod sums;

use crate::annotation::{Annotations, AttributeId, Tag, TagId};
use crate::quantity::{Measure, Period, Quantity, Stated, Unread, Year, date, deadline, period, stated};
use crate::report::{Facts, Field, Report};
use crate::text::Span;
use crate::text::repair::Repairs;
use crate::text::shadow::fold;
use months::Months;
use rust_decimal::Decimal;
use std::cmp::Reverse;

/// Something odd about a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// What is odd; with `hint_` before it, the key of its sentence in the locale.
    pub key: &'static str,
    /// The tag.
    pub tag: TagId,
    /// The words it stands on.
    pub span: Span,
    /// What fills the gaps of the sentence.
    pub says: Vec<String>,
}

impl Hint {
    /// The keys of all there are.
    pub const KEYS: [&'static str; 11] = [
        "growth_does_not_fit",
        "change_does_not_fit",
        "percent_for_points",
        "points_for_level",
        "target_without_period",
        "target_without_unit",
        "rank_without_scope",
        "share_over_hundred",
        "range_backwards",
        "deadline_before_report",
        "period_in_future",
    ];
}

/// What is odd about the tags that have a place in the text, in its order.
pub fn hints(report: &Report, annotations: &Annotations) -> Vec<Hint> {
    let placed = |&(span, id): &(Span, TagId)| Some(Placed::of(report, span, annotations.tag(id)?));
    let tags: Vec<Placed<'_>> = annotations.order().iter().filter_map(placed).collect();
    let mut hints = sums::hints(report, &tags);
    hints.extend(rates::hints(report, &tags));
    for placed in &tags {
        missing(placed, &mut hints);
        impossible(placed, &mut hints);
        untimely(placed, &mut hints);
    }
    hints.sort_by_key(|hint| (hint.span.start(), Reverse(hint.span.end()), hint.tag));
    hints
}

/// A tag in its place, with what is often asked of it.
struct Placed<'a> {
    tag: &'a Tag,
    span: Span,
    /// The facts of the report it is in.
    facts: &'a Facts,
    /// The name of its indicator.
    name: String,
    period: Result<Period, Unread>,
}

impl<'a> Placed<'a> {
    fn of(report: &'a Report, span: Span, tag: &'a Tag) -> Self {
        let facts = report.facts_at(span.start());
        let said = |attribute: &str| tag.attribute(&AttributeId::new(attribute));
        let period = period(&said("period"), facts.year());
        Self { tag, span, facts, name: said("indicator_name").trim().to_owned(), period }
    }

    /// What an attribute says.
    fn said(&self, attribute: &str) -> String {
        self.tag.attribute(&AttributeId::new(attribute)).trim().to_owned()
    }

    fn is(&self, kind: &str) -> bool {
        self.tag.kind.as_str() == kind
    }

    /// The months it speaks of, if its period is known.
    fn months(&self) -> Option<Months> {
        self.period.ok().and_then(Months::of)
    }

    fn hint(&self, key: &'static str, says: impl IntoIterator<Item = String>) -> Hint {
        Hint { key, tag: self.tag.id, span: self.span, says: says.into_iter().collect() }
    }
}

/// What a tag does not say though its kind or its numbers ask for it.
fn missing(placed: &Placed<'_>, hints: &mut Vec<Hint>) {
    let quantities = &placed.tag.quantities;
    let says_when = ["period", "deadline"].iter().any(|attribute| !placed.said(attribute).is_empty());
    // A target in words alone (走在全省前列) is often of no time.
    if placed.is("target") && !quantities.is_empty() && !says_when {
        hints.push(placed.hint("target_without_period", []));
    }
    for quantity in quantities {
        let is_rank = quantity.measure == Measure::Rank;
        if placed.is("target") && !is_rank && quantity.stated.value.is_some() && quantity.stated.unit.is_empty() {
            hints.push(placed.hint("target_without_unit", [words(quantity)]));
        }
        if is_rank && placed.said("scope").is_empty() {
            hints.push(placed.hint("rank_without_scope", [words(quantity)]));
        }
    }
}

/// Numbers and periods that cannot be.
fn impossible(placed: &Placed<'_>, hints: &mut Vec<Hint>) {
    for quantity in &placed.tag.quantities {
        let Stated { value, high, unit, .. } = &quantity.stated;
        if quantity.measure == Measure::Share && unit == "%" && high.or(*value).is_some_and(|share| share > Decimal::ONE_HUNDRED) {
            hints.push(placed.hint("share_over_hundred", [words(quantity)]));
        }
        let runs_backwards = match (value, high) {
            (Some(low), Some(high)) => high < low,
            (Some(_), None) => false,
            (None, _) => stated(&quantity.words) == Err(Unread::Backwards),
        };
        if runs_backwards {
            hints.push(placed.hint("range_backwards", [words(quantity)]));
        }
    }
    if placed.period == Err(Unread::Backwards) {
        hints.push(placed.hint("range_backwards", [placed.said("period")]));
    }
}

/// Times that do not suit those of the report.
fn untimely(placed: &Placed<'_>, hints: &mut Vec<Hint>) {
    let fact = |field| placed.facts.get(field).unwrap_or_default().to_owned();
    let of_report = period(&fact(Field::Period), Year(None)).ok().and_then(Months::of);
    if let Some(of_report) = of_report
        && let Ok(by) = deadline(&placed.said("deadline"), placed.facts.year())
        && Months::month(by.year, by.month).is_some_and(|month| month < of_report.first)
    {
        hints.push(placed.hint("deadline_before_report", [by.to_string(), fact(Field::Period)]));
    }
    // A report of January has the whole year as its period: the day it was given says more.
    let given = date(&fact(Field::Published)).ok();
    let last = given.and_then(|day| Months::month(Year(Some(day.year())), day.month())).or(of_report.map(|months| months.last));
    if placed.is("indicator")
        && let (Ok(of_tag), Some(months), Some(last)) = (placed.period, placed.months(), last)
        && months.first > last
    {
        let of_report = fact(if given.is_some() { Field::Published } else { Field::Period });
        hints.push(placed.hint("period_in_future", [of_tag.to_string(), of_report]));
    }
}

/// The words of a quantity, or else its numbers.
fn words(quantity: &Quantity) -> String {
    let words = quantity.words.trim();
    if words.is_empty() { printed(&quantity.stated) } else { words.to_owned() }
}

/// A number with its unit.
fn printed(stated: &Stated) -> String {
    let value = stated.value.map(|value| value.to_string()).unwrap_or_default();
    let high = stated.high.map(|high| format!("–{high}")).unwrap_or_default();
    format!("{value}{high}{}", stated.unit)
}

/// A stretch of text without damage, simplified and half-width.
fn plain(report: &Report, span: Span) -> String {
    fold(&report.damage().repaired(report.quote(span), span, Repairs::ALL).0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Anchor, Change, Edit, Hand, KindId, Time, Touch, Value};
    use crate::report::Corrections;
    use uuid::Uuid;

    /// Kind and words of a tag, its attributes, and its quantities by their words.
    pub(super) type Made<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], &'a [(Measure, &'a str)]);

    /// What is odd about tags of a report of 2020 given in January: the key, the words, and what it says.
    pub(super) fn found(text: &str, tags: &[Made<'_>]) -> Vec<(&'static str, String, Vec<String>)> {
        let mut corrections = Corrections::default();
        corrections.fields.insert(Field::Period, "2020".into());
        corrections.fields.insert(Field::Published, "2020-01-08".into());
        let report = Report::new(text.into(), corrections);
        let tags = tags.iter().zip(1..).map(|(made, number)| Change::add_tag(tag(&report, made, number)));
        let mut annotations = Annotations::default();
        annotations.apply(&Edit::new(tags.collect()), Touch { at: Time(1), hand: Hand::new(7) }).unwrap();
        let found = hints(&report, &annotations);
        assert!(found.iter().all(|hint| Hint::KEYS.contains(&hint.key)));
        found.into_iter().map(|hint| (hint.key, report.quote(hint.span).to_owned(), hint.says)).collect()
    }

    fn tag(report: &Report, (kind, words, attributes, quantities): &Made<'_>, number: u128) -> Tag {
        let text = report.text();
        let start = text.pos_of(text.as_str().find(words).unwrap());
        let span = Span::new(start, start.plus(words.chars().count() as u32));
        let mut tag = Tag::new(TagId(Uuid::from_u128(number)), KindId::new(*kind), Anchor::new(text, span));
        for (attribute, value) in *attributes {
            tag.attributes.insert(AttributeId::new(*attribute), Value::One((*value).to_owned()));
        }
        tag.quantities = quantities.iter().map(|(measure, words)| Quantity { measure: *measure, ..Quantity::of_words(words) }).collect();
        tag
    }

    /// The keys alone.
    pub(super) fn keys(text: &str, tags: &[Made<'_>]) -> Vec<&'static str> {
        found(text, tags).into_iter().map(|(key, ..)| key).collect()
    }

    #[test]
    fn what_is_missing() {
        let text = "外贸增长9%，覆盖面达到80，居全省第3位，走在全省前列。";
        let growth: &[(Measure, &str)] = &[(Measure::Growth, "9%")];
        let cases: [(Made<'_>, &[&str]); 8] = [
            (("target", "外贸增长9%", &[], growth), &["target_without_period"]),
            (("target", "外贸增长9%", &[("period", "2020")], growth), &[]),
            (("target", "外贸增长9%", &[("deadline", "年底前")], growth), &[]),
            (("indicator", "外贸增长9%", &[], growth), &[]),
            (("target", "走在全省前列", &[], &[]), &[]),
            (("target", "覆盖面达到80", &[("period", "2020")], &[(Measure::Level, "80")]), &["target_without_unit"]),
            (("indicator", "居全省第3位", &[], &[(Measure::Rank, "第3位")]), &["rank_without_scope"]),
            (("indicator", "居全省第3位", &[("scope", "全省")], &[(Measure::Rank, "第3位")]), &[]),
        ];
        for (made, expected) in cases {
            assert_eq!(keys(text, &[made]), expected, "{made:?}");
        }
    }

    #[test]
    fn what_cannot_be() {
        let text = "占投资的120%，增长7%—6%，完成计划的120%。";
        let cases: [(Made<'_>, &[&str]); 4] = [
            (("indicator", "占投资的120%", &[], &[(Measure::Share, "120%")]), &["share_over_hundred"]),
            (("indicator", "完成计划的120%", &[], &[(Measure::Completion, "120%")]), &[]),
            (("indicator", "增长7%—6%", &[], &[(Measure::Growth, "7%—6%")]), &["range_backwards"]),
            (("indicator", "增长7%—6%", &[("period", "2019-2016")], &[(Measure::Growth, "6%—7%")]), &["range_backwards"]),
        ];
        for (made, expected) in cases {
            assert_eq!(keys(text, &[made]), expected, "{made:?}");
        }
    }

    #[test]
    fn times_that_do_not_suit_the_report() {
        let text = "建成滨河路跨线桥，增长8%。";
        let late: Made<'_> = ("commitment", "建成滨河路跨线桥", &[("deadline", "2019年底前")], &[]);
        let cases: [(Made<'_>, &[&str]); 5] = [
            (late, &["deadline_before_report"]),
            (("commitment", "建成滨河路跨线桥", &[("deadline", "6月底前")], &[]), &[]),
            (("indicator", "增长8%", &[("period", "2019")], &[]), &[]),
            (("indicator", "增长8%", &[("period", "2020-Q2")], &[]), &["period_in_future"]),
            (("target", "增长8%", &[("period", "2020-Q2")], &[]), &[]),
        ];
        for (made, expected) in cases {
            assert_eq!(keys(text, &[made]), expected, "{made:?}");
        }
        let says = vec!["2019-12-31".to_owned(), "2020".to_owned()];
        assert_eq!(found(text, &[late]), [("deadline_before_report", "建成滨河路跨线桥".to_owned(), says)]);
    }

    #[test]
    fn in_the_order_of_the_text() {
        let late: Made<'_> = ("indicator", "居第3", &[], &[(Measure::Rank, "第3")]);
        let early: Made<'_> = ("target", "增长9%", &[], &[(Measure::Growth, "9%")]);
        assert_eq!(keys("力争增长9%，居第3。", &[late, early]), ["target_without_period", "rank_without_scope"]);
    }
}
