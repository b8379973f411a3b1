//! Reports under review as they are handed over: what people tagged, and what was decided on it.

use super::handed::{HandedLayer, HandedReport, Labels, Office};
use crate::annotation::{Annotations, Person};
use crate::report::Reading;
use crate::review::{Judged, Layer, judge};
use crate::text::Span;

/// What people are called: by their names, or by letters where these are hidden.
pub type Called<'a> = &'a dyn Fn(&Person) -> String;

/// A report with its cases.
pub(super) struct Reviewed<'a> {
    /// The report.
    pub report: &'a HandedReport<'a>,
    /// Who tagged it, and what.
    pub layers: Vec<Layer>,
    /// Who decided, and what.
    pub decided: Vec<(Person, &'a Annotations)>,
    /// The cases in the order of the text.
    pub cases: Vec<Judged>,
}

impl<'a> Reviewed<'a> {
    pub fn of(report: &'a HandedReport<'a>) -> Self {
        let layers: Vec<Layer> =
            of_office(report, Office::Annotation).map(|layer| Layer::of(layer.person.clone(), layer.annotations)).collect();
        let decided = of_office(report, Office::Adjudication).map(|layer| (layer.person.clone(), layer.annotations)).collect::<Vec<_>>();
        let cases = judge(&layers, &decided);
        Self { report, layers, decided, cases }
    }
}

/// The layers of those who tagged a report, or of those who decided.
pub(super) fn of_office<'a>(report: &'a HandedReport<'a>, office: Office) -> impl Iterator<Item = &'a HandedLayer<'a>> {
    report.layers.iter().filter(move |layer| layer.role == office)
}

/// The headings words stand under, and their paragraph.
pub(super) fn place(report: &HandedReport<'_>, span: Span, reading: Reading) -> String {
    let headings = report.report.section_of(span.start()).into_iter();
    let headings = headings.map(|heading| report.shown(heading, reading).trim_end_matches('。').to_owned());
    let paragraph = report.report.paragraph_at(span.start()) + 1;
    headings.chain([format!("¶{paragraph}")]).collect::<Vec<_>>().join(" / ")
}

/// A sentence of a group, with its gaps filled.
pub(super) fn filled(labels: &dyn Labels, group: &str, key: &str, with: &[&str]) -> String {
    let mut text = labels.label(group, key).to_owned();
    for (number, with) in with.iter().enumerate() {
        text = text.replace(&format!("{{{number}}}"), with);
    }
    text
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::handed::{Handed, Keys, Options};
    use super::*;
    use crate::annotation::{
        Anchor, AttributeId, Change, Codebook, Decision, DecisionOption, Edit, Hand, KindId, Outcome, PersonId, Reason, Remark, RemarkId,
        Says, Tag, TagId, Time, Touch, Value,
    };
    use crate::quantity::Quantity;
    use crate::report::{Corrections, Report};
    use crate::review::cases;
    use std::sync::Arc;
    use uuid::Uuid;

    pub(in crate::exchange) const TEXT: &str =
        "报告\n一、回顾\n全市生产总值增长8%，居全省第1位。\n二、安排\n力争增长6%左右。\n新建学校二十所。\n";

    /// Several people's tags of a report, and what one of them, or somebody else, decided.
    pub(in crate::exchange) struct Panel {
        pub(in crate::exchange) report: Report,
        pub(in crate::exchange) book: Arc<Codebook>,
        people: Vec<(Person, Office, Annotations)>,
        named: u128,
    }

    impl Panel {
        pub(in crate::exchange) fn new(text: &str) -> Self {
            let report = Report::new(text.to_owned(), Corrections::default());
            Self { report, book: Codebook::standard(), people: Vec::new(), named: 0 }
        }

        /// Somebody who tags or decides from here on.
        #[must_use]
        pub(in crate::exchange) fn with(mut self, name: &str, office: Office) -> Self {
            let id = PersonId(Uuid::from_u128(self.people.len() as u128 + 1));
            self.people.push((Person { id, name: name.to_owned() }, office, Annotations::default()));
            self
        }

        fn name(&mut self) -> Uuid {
            self.named += 1;
            Uuid::from_u128(self.named)
        }

        fn apply(&mut self, changes: Vec<Change>) {
            let at = Time(1_700_000_000_000 + self.named as i64);
            if let Some((_, _, annotations)) = self.people.last_mut() {
                annotations.apply(&Edit::new(changes), Touch { at, hand: Hand::new(1) }).unwrap();
            }
        }

        /// A tag of the last person on the first place of these words.
        #[must_use]
        pub(in crate::exchange) fn tags(self, words: &str, kind: &str) -> Self {
            self.says(words, kind, &[], &[])
        }

        /// The same with quantities and attributes.
        #[must_use]
        pub(in crate::exchange) fn says(mut self, words: &str, kind: &str, quantities: &[&str], attributes: &[(&str, &str)]) -> Self {
            let tag = self.tag(words, kind, quantities, attributes);
            self.apply(vec![Change::add_tag(tag)]);
            self
        }

        fn tag(&mut self, words: &str, kind: &str, quantities: &[&str], attributes: &[(&str, &str)]) -> Tag {
            let before = self.report.text().as_str().split_once(words).unwrap().0;
            let start = before.chars().count() as u32;
            let anchor = Anchor::new(self.report.text(), Span::of(start, start + words.chars().count() as u32));
            let mut tag = Tag::new(TagId(self.name()), KindId::new(kind), anchor);
            tag.quantities = quantities.iter().map(|words| Quantity::of_words(words)).collect();
            for (id, value) in attributes {
                tag.set_attribute(AttributeId::new(*id), Value::One((*value).to_owned()));
            }
            tag
        }

        /// Somebody has read only these words.
        #[must_use]
        pub(in crate::exchange) fn reads(mut self, words: &str) -> Self {
            let anchor = self.tag(words, "target", &[], &[]).anchor;
            let id = RemarkId(self.name());
            self.apply(vec![Change::add_remark(Remark { id, anchor, says: Says::Read })]);
            self
        }

        /// The last person decides on the case at these words: what a person tagged is taken, or nothing.
        #[must_use]
        pub(in crate::exchange) fn decides(mut self, words: &str, taken: Option<&str>, reason: Reason, note: &str) -> Self {
            let layers = self.layers();
            let start = self.tag(words, "target", &[], &[]).anchor.span.start();
            let case = cases(&layers).into_iter().find(|case| case.span.covers(start)).unwrap();
            let is_taken = |layer: &Layer| Some(layer.person.name.as_str()) == taken;
            let option =
                |(layer, tag): (&Layer, &Tag)| DecisionOption { person: layer.person.clone(), tag: tag.id, taken: is_taken(layer) };
            let options: Vec<DecisionOption> = case.tags(&layers).map(option).collect();
            let chosen: Vec<Tag> = case.tags(&layers).filter(|(layer, _)| is_taken(layer)).map(|(_, tag)| tag.clone()).collect();
            let chosen: Vec<Tag> = chosen.into_iter().map(|tag| Tag { id: TagId(self.name()), ..tag }).collect();
            let outcome = if chosen.is_empty() { Outcome::Nothing } else { Outcome::Taken };
            let tags = chosen.iter().map(|tag| tag.id).collect();
            let decision = Decision { case: case.key(&layers), options, outcome, tags, reason: Some(reason), words: note.to_owned() };
            let (id, anchor) = (RemarkId(self.name()), Anchor::new(self.report.text(), case.span));
            let remark = Change::add_remark(Remark { id, anchor, says: Says::Decision(decision) });
            self.apply(chosen.into_iter().map(Change::add_tag).chain([remark]).collect());
            self
        }

        pub(in crate::exchange) fn layers(&self) -> Vec<Layer> {
            let annotators = self.people.iter().filter(|(_, office, _)| *office == Office::Annotation);
            annotators.map(|(person, _, annotations)| Layer::of(person.clone(), annotations)).collect()
        }

        pub(in crate::exchange) fn unread(&self) -> Vec<Vec<Span>> {
            let annotators = self.people.iter().filter(|(_, office, _)| *office == Office::Annotation);
            annotators.map(|(_, _, annotations)| crate::review::figures::unread(annotations, &self.report)).collect()
        }

        /// Hands all over, without words of any language.
        pub(in crate::exchange) fn hand<T>(&self, then: impl FnOnce(Handed<'_>) -> T) -> T {
            let people = self.people.iter();
            let layers: Vec<HandedLayer<'_>> =
                people.map(|(person, role, annotations)| HandedLayer { person, role: *role, annotations }).collect();
            let reports = [HandedReport { report: &self.report, name: "报告.txt", layers: &layers }];
            then(Handed { reports: &reports, book: &self.book, options: &Options::default(), labels: &Keys })
        }
    }

    /// People by their names.
    pub(in crate::exchange) fn by_name(person: &Person) -> String {
        person.name.clone()
    }

    #[test]
    fn a_report_has_its_cases_with_what_was_decided() {
        let panel = Panel::new(TEXT).with("甲", Office::Annotation).tags("力争增长6%", "target");
        let panel = panel.with("乙", Office::Annotation).tags("增长6%左右", "target");
        let panel = panel.with("丙", Office::Adjudication).decides("增长6%", Some("甲"), Reason::Slip, "");
        panel.hand(|handed| {
            let reviewed = Reviewed::of(&handed.reports[0]);
            assert_eq!((reviewed.layers.len(), reviewed.decided.len(), reviewed.cases.len()), (2, 1, 1));
            assert_eq!(reviewed.cases[0].standing, crate::review::Standing::Decided);
            assert_eq!(place(reviewed.report, reviewed.cases[0].case.span, Reading::SOURCE), "二、安排 / ¶5");
        });
    }

    #[test]
    fn gaps_are_filled_in_their_order() {
        struct Two;
        impl Labels for Two {
            fn label<'a>(&'a self, _: &str, _: &'a str) -> &'a str {
                "{1}先于{0}"
            }
        }
        assert_eq!(filled(&Two, "group", "key", &["甲", "乙"]), "乙先于甲");
    }
}
