//! 决定记录: what was decided in a review, a row a decision, with what there was to choose from, why, by whom and when.

use super::handed::{Handed, HandedLayer, HandedReport, Office};
use super::particulars::{ALWAYS, Particulars, words_of};
use super::reviewed::{Called, filled, of_office, place};
use super::spread::{BYTE_ORDER_MARK, spread};
use crate::annotation::{Decision, DecisionOption, Remark, Tag, Time};

/// The columns, by the keys of their words.
const HEADS: [&str; 15] = [
    "report", "case", "start", "end", "words", "source", "options", "taken", "outcome", "decided", "reason", "note", "decider", "time",
    "secrecy",
];

/// Writes what everybody decided, report by report in the order of the text, on the same words in the order of time.
pub fn write_decisions(handed: Handed<'_>, called: Called<'_>) -> String {
    let heads = HEADS.map(|head| handed.labels.label("decision", head).to_owned());
    let particulars = Particulars::of(handed);
    let rows = handed.reports.iter().flat_map(|report| rows(handed, report, called, &particulars));
    format!("{BYTE_ORDER_MARK}{}", spread(std::iter::once(heads).chain(rows)))
}

/// A decision, and who made it.
struct Given<'a> {
    by: &'a HandedLayer<'a>,
    remark: &'a Remark,
    at: Time,
    decision: &'a Decision,
}

fn rows<'a>(
    handed: Handed<'a>,
    report: &'a HandedReport<'a>,
    called: Called<'a>,
    particulars: &Particulars<'a>,
) -> Vec<[String; HEADS.len()]> {
    let of_layer = |by: &'a HandedLayer<'a>| {
        let decisions = by.annotations.decisions();
        decisions.map(move |(remark, stamp, decision)| Given { by, remark, at: stamp.created, decision })
    };
    let mut given: Vec<Given<'_>> = of_office(report, Office::Adjudication).flat_map(of_layer).collect();
    given.sort_by_key(|Given { remark, at, .. }| (remark.anchor.span.start(), remark.anchor.span.end(), *at, remark.id));
    let minutes = Minutes { handed, report, called, particulars };
    given.iter().map(|given| minutes.row(given)).collect()
}

/// Says what was decided on a report.
struct Minutes<'p, 'a> {
    handed: Handed<'a>,
    report: &'a HandedReport<'a>,
    called: Called<'a>,
    particulars: &'p Particulars<'a>,
}

impl<'a> Minutes<'_, 'a> {
    fn row(&self, given: &Given<'_>) -> [String; HEADS.len()] {
        let Given { by, remark: Remark { anchor, .. }, at, decision } = given;
        let Decision { case, options, outcome, tags, reason, words } = decision;
        let taken = options.iter().filter(|option| option.taken).map(|option| (self.called)(&option.person));
        let decided: Vec<&Tag> = tags.iter().filter_map(|id| by.annotations.tag(*id)).collect();
        let all: Vec<&Tag> = options.iter().filter_map(|option| self.tag_of(option).ok()).chain(decided.iter().copied()).collect();
        let apart = self.particulars.apart(&all);
        let reading = self.handed.options.reading;
        [
            self.report.title_shown(reading).into_owned(),
            case.to_string(),
            anchor.span.start().get().to_string(),
            anchor.span.end().get().to_string(),
            self.report.report.words_shown(&anchor.quote, reading).into_owned(),
            place(self.report, anchor.span, reading),
            self.listed(options.iter().map(|option| self.option(option, &apart))),
            self.listed(taken),
            self.word("outcome", outcome.key()),
            self.listed(decided.into_iter().map(|tag| self.tag(tag, &apart))),
            reason.map(|reason| self.word("reason", reason.key())).unwrap_or_default(),
            words.clone(),
            (self.called)(by.person),
            at.to_string(),
            self.report.secrecy().map(|level| self.word("secrecy", level.key())).unwrap_or_default(),
        ]
    }

    fn word(&self, group: &str, key: &str) -> String {
        self.handed.labels.label(group, key).to_owned()
    }

    fn listed(&self, all: impl Iterator<Item = String>) -> String {
        all.collect::<Vec<_>>().join(self.handed.labels.label("decision", "between"))
    }

    /// The tag of an option as it is now, or the key of why there is none: it was deleted since, or no file at hand has it.
    fn tag_of(&self, option: &DecisionOption) -> Result<&'a Tag, &'static str> {
        let mut theirs = of_office(self.report, Office::Annotation).filter(|layer| layer.person.id == option.person.id);
        let record = theirs.find_map(|layer| layer.annotations.tag_records().get(&option.tag)).ok_or("not_at_hand")?;
        record.now.content.as_ref().ok_or("deleted")
    }

    /// Whose tag it is and what it says.
    fn option(&self, option: &DecisionOption, apart: &[String]) -> String {
        let said = self.tag_of(option).map_or_else(|why| self.word("decision", why), |tag| self.tag(tag, apart));
        filled(self.handed.labels, "decision", "option", &[&(self.called)(&option.person), &said])
    }

    /// The kind of a tag and its words, and what it says of that in which the tags of the case differ; a dash where nothing.
    fn tag(&self, tag: &Tag, apart: &[String]) -> String {
        let said = self.particulars.all(tag);
        let words: Vec<&str> = said.iter().take(ALWAYS).map(|(_, words)| words.as_str()).collect();
        let tag = filled(self.handed.labels, "decision", "tag", &words);
        if apart.is_empty() {
            return tag;
        }
        let colon = self.handed.labels.label("page", "colon");
        let one = |name: &String| {
            let words = words_of(&said, name, "、");
            format!("{name}{colon}{}", if words.is_empty() { "—" } else { &words })
        };
        let differing = apart.iter().map(one).collect::<Vec<_>>().join(self.handed.labels.label("decision", "and"));
        filled(self.handed.labels, "decision", "tag_differing", &[&tag, &differing])
    }
}

#[cfg(test)]
mod tests {
    use super::super::handed::Labels;
    use super::super::reviewed::tests::{Panel, TEXT, by_name};
    use super::*;
    use crate::annotation::{Change, Edit, Hand, Reason, Touch};

    /// Sentences with their gaps, so that it is seen what is filled in.
    struct Sentences;

    impl Labels for Sentences {
        fn label<'a>(&'a self, group: &str, key: &'a str) -> &'a str {
            match (group, key) {
                ("decision", "option") => "{0}：{1}",
                ("decision", "tag") => "{0}“{1}”",
                ("decision", "tag_differing") => "{0}（{1}）",
                ("decision", "between") => "；",
                ("decision", "and") => "，",
                ("page", "colon") => "：",
                _ => key,
            }
        }
    }

    fn cells(panel: &Panel) -> Vec<Vec<String>> {
        let text = panel.hand(|handed| write_decisions(Handed { labels: &Sentences, ..handed }, &by_name));
        let mut reader = csv::Reader::from_reader(text.trim_start_matches(BYTE_ORDER_MARK).as_bytes());
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), HEADS);
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn a_decision_is_a_row() {
        let panel = Panel::new(TEXT).with("甲", Office::Annotation).tags("力争增长6%", "target").tags("新建学校二十所", "target");
        let panel = panel.with("乙", Office::Annotation).tags("增长6%左右", "target");
        let panel = panel.with("丙", Office::Adjudication);
        let panel = panel.decides("新建", None, Reason::Unclear, "=不标").decides("增长6%", Some("甲"), Reason::Slip, "含“力争”");
        let rows = cells(&panel);
        let column = |row: usize, head: &str| rows[row][HEADS.iter().position(|other| *other == head).unwrap()].as_str();
        assert_eq!(rows.len(), 2);
        assert_eq!(column(0, "words"), "力争增长6%左右");
        assert_eq!(column(0, "source"), "二、安排 / ¶5");
        assert_eq!(column(0, "options"), "甲：target“力争增长6%”；乙：target“增长6%左右”");
        assert_eq!((column(0, "taken"), column(0, "outcome"), column(0, "decided")), ("甲", "taken", "target“力争增长6%”"));
        assert_eq!((column(0, "reason"), column(0, "note"), column(0, "decider")), ("slip", "含“力争”", "丙"));
        assert!(column(0, "time").starts_with("2023-11-14T22:13:2"));
        assert_eq!((column(1, "outcome"), column(1, "decided"), column(1, "note")), ("nothing", "", "'=不标"));
    }

    #[test]
    fn an_option_whose_file_is_gone_still_has_a_name() {
        let panel = Panel::new(TEXT).with("甲", Office::Annotation).tags("力争增长6%", "target");
        let panel = panel.with("乙", Office::Adjudication).decides("增长6%", Some("甲"), Reason::Other, "");
        let text = panel.hand(|handed| {
            let report = handed.reports[0];
            let reports = [HandedReport { layers: &report.layers[1..], ..report }];
            write_decisions(Handed { reports: &reports, labels: &Sentences, ..handed }, &by_name)
        });
        assert!(text.contains(",甲：not_at_hand,甲,taken,"), "{text}");
    }

    #[test]
    fn what_was_deleted_since_is_told_from_what_is_not_at_hand() {
        let panel = Panel::new(TEXT).with("甲", Office::Annotation).tags("力争增长6%", "target");
        let panel = panel.with("乙", Office::Adjudication).decides("增长6%", Some("甲"), Reason::Other, "");
        let text = panel.hand(|handed| {
            let report = handed.reports[0];
            let mut without = report.layers[0].annotations.clone();
            let gone = without.tags().next().unwrap().clone();
            let delete = Change::Tag { before: Some(Box::new(gone)), after: None };
            without.apply(&Edit::new(vec![delete]), Touch { at: Time(1_700_000_900_000), hand: Hand::new(1) }).unwrap();
            let layers = [HandedLayer { annotations: &without, ..report.layers[0] }, report.layers[1]];
            let reports = [HandedReport { layers: &layers, ..report }];
            write_decisions(Handed { reports: &reports, labels: &Sentences, ..handed }, &by_name)
        });
        assert!(text.contains(",甲：deleted,甲,taken,"), "{text}");
    }

    #[test]
    fn options_say_in_what_they_differ_and_nothing_else() {
        let growth = ["增长8%"];
        let panel = Panel::new(TEXT).with("甲", Office::Annotation);
        let panel = panel.says("生产总值增长8%", "indicator", &growth, &[("period", "2020"), ("scope", "citywide")]);
        let panel = panel.with("乙", Office::Annotation).says("生产总值增长8%", "indicator", &growth, &[("scope", "citywide")]);
        let panel = panel.with("丙", Office::Adjudication).decides("生产总值", Some("甲"), Reason::Unclear, "");
        let rows = cells(&panel);
        let column = |head: &str| rows[0][HEADS.iter().position(|other| *other == head).unwrap()].as_str();
        let said = "indicator“生产总值增长8%”（period：";
        assert_eq!(column("options"), format!("甲：{said}2020）；乙：{said}—）"));
        assert_eq!(column("decided"), format!("{said}2020）"));
    }
}
