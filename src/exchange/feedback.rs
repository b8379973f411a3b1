//! A page for each of those who tagged: what was decided otherwise than they tagged it, and why.
//!
//! A page says nothing of what others tagged: beside a person's own tags stands only what was decided.

use super::handed::{Handed, Office};
use super::markup::escaped;
use super::particulars::{ALWAYS, Particulars, names, words_of};
use super::reviewed::{Called, Reviewed, filled, of_office, place};
use super::sheet::{head, paragraph, row, sheet};
use super::voice::Particular;
use crate::annotation::{Person, PersonId, Tag, Time};
use crate::report::Secrecy;
use crate::review::figures::unread;
use crate::review::{Disagreement, Given, Judged, Standing, settled_tags};
use crate::text::Span;

/// What is told to somebody who tagged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// Who.
    pub person: Person,
    /// How many cases were decided otherwise.
    pub otherwise: usize,
    /// The page.
    pub page: String,
}

/// A page for each of those who tagged the reports, in the order of their layers.
pub fn feedback(handed: Handed<'_>, called: Called<'_>) -> Vec<Feedback> {
    let reviewed: Vec<Reviewed<'_>> = handed.reports.iter().map(Reviewed::of).collect();
    let mut people: Vec<&Person> = Vec::new();
    for layer in handed.reports.iter().flat_map(|report| of_office(report, Office::Annotation)) {
        if !people.iter().any(|person| person.id == layer.person.id) {
            people.push(layer.person);
        }
    }
    let writer = Writer { particulars: Particulars::of(handed), handed, called };
    let page = |person: &&Person| {
        let told = Told::of(person.id, &reviewed);
        Feedback { person: (*person).clone(), otherwise: told.otherwise.len(), page: writer.page(person, &told) }
    };
    people.iter().map(page).collect()
}

/// How what was decided differs from what somebody tagged: of several things the gravest, which is the earlier one here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Apart {
    /// One statement is several, or several are one.
    Several,
    /// Nothing is to be tagged.
    Extra,
    /// Something is to be tagged.
    Missed,
    Kind,
    Quantities,
    Boundary,
    Attributes,
}

impl Apart {
    const ALL: [Self; 7] = [Self::Several, Self::Extra, Self::Missed, Self::Kind, Self::Quantities, Self::Boundary, Self::Attributes];

    const fn key(self) -> &'static str {
        match self {
            Self::Several => "several",
            Self::Extra => "extra",
            Self::Missed => "missed",
            Self::Kind => "kind",
            Self::Quantities => "quantities",
            Self::Boundary => "boundary",
            Self::Attributes => "attributes",
        }
    }

    /// Nothing if what was decided is what was tagged.
    fn between(own: &[&Tag], decided: &[&Tag]) -> Option<Self> {
        match (own, decided) {
            ([], []) => None,
            (_, []) => Some(Self::Extra),
            ([], _) => Some(Self::Missed),
            ([own], [decided]) => Self::of(Disagreement::among(&[*own, *decided])),
            _ => {
                let is_same = |(own, decided): (&&Tag, &&Tag)| Disagreement::among(&[*own, *decided]).is_none();
                let all_same = own.len() == decided.len() && own.iter().zip(decided).all(is_same);
                (!all_same).then_some(Self::Several)
            }
        }
    }

    fn of(disagreement: Disagreement) -> Option<Self> {
        let Disagreement { characters, kind, quantities, attributes } = disagreement;
        let found = [
            kind.then_some(Self::Kind),
            quantities.then_some(Self::Quantities),
            (characters > 0).then_some(Self::Boundary),
            (!attributes.is_empty()).then_some(Self::Attributes),
        ];
        found.into_iter().flatten().next()
    }
}

/// A case that was decided otherwise than somebody tagged it.
struct Otherwise<'r, 'a> {
    apart: Apart,
    reviewed: &'r Reviewed<'a>,
    span: Span,
    own: Vec<&'r Tag>,
    decided: Vec<&'a Tag>,
    given: &'r Given,
}

/// What somebody is told of all cases they had a say in.
#[derive(Default)]
struct Told<'r, 'a> {
    /// How many were decided as they tagged it.
    same: usize,
    /// Those that were decided otherwise, in the order of the text.
    otherwise: Vec<Otherwise<'r, 'a>>,
    /// How many of those they tagged are not decided.
    open: usize,
}

impl<'r, 'a> Told<'r, 'a> {
    fn of(person: PersonId, reports: &'r [Reviewed<'a>]) -> Self {
        let mut told = Self::default();
        for reviewed in reports {
            let Some(at) = reviewed.layers.iter().position(|layer| layer.person.id == person) else { continue };
            let layers = of_office(reviewed.report, Office::Annotation);
            let unread: Vec<Span> = layers.skip(at).take(1).flat_map(|layer| unread(layer.annotations, reviewed.report.report)).collect();
            for judged in &reviewed.cases {
                told.take(reviewed, at, judged, &unread);
            }
        }
        told
    }

    fn take(&mut self, reviewed: &'r Reviewed<'a>, at: usize, judged: &'r Judged, unread: &[Span]) {
        let span = judged.case.span;
        let layer = reviewed.layers.get(at);
        let members = judged.case.members.get(at);
        let own: Vec<&'r Tag> = members.into_iter().flatten().filter_map(|tag| layer?.tags.get(*tag)).collect();
        // What somebody did not read they did not leave out.
        if own.is_empty() && unread.iter().any(|unread| unread.overlaps(span)) {
            return;
        }
        let given = judged.settling().next().filter(|_| judged.standing == Standing::Decided);
        let Some(given) = given else {
            self.open += usize::from(!own.is_empty());
            return;
        };
        let decided = settled_tags(judged, &reviewed.decided);
        match Apart::between(&own, &decided) {
            Some(apart) => self.otherwise.push(Otherwise { apart, reviewed, span, own, decided, given }),
            None => self.same += 1,
        }
    }
}

/// Writes pages.
struct Writer<'a> {
    particulars: Particulars<'a>,
    handed: Handed<'a>,
    called: Called<'a>,
}

impl Writer<'_> {
    fn page(&self, person: &Person, told: &Told<'_, '_>) -> String {
        let title = self.said("title", &[&(self.called)(person)]);
        let secrecy: Option<Secrecy> = self.handed.secrecy();
        let mut body = format!("<h1>{}</h1>\n{}", escaped(&title), paragraph("faint", &self.particulars.voice.title()));
        body.push_str(&self.counts(told));
        for apart in Apart::ALL {
            let cases: Vec<&Otherwise<'_, '_>> = told.otherwise.iter().filter(|case| case.apart == apart).collect();
            if !cases.is_empty() {
                let heading = format!("{} ({})", self.word(apart.key()), cases.len());
                body.push_str(&format!("<section>\n<h2>{}</h2>\n", escaped(&heading)));
                cases.into_iter().for_each(|case| body.push_str(&self.case(case)));
                body.push_str("</section>\n");
            }
        }
        sheet(self.handed.labels, &title, secrecy, &body)
    }

    /// How many cases were decided as they were tagged, how many otherwise and in what, how many not yet.
    fn counts(&self, told: &Told<'_, '_>) -> String {
        let [same, otherwise, open] = [told.same, told.otherwise.len(), told.open].map(|count| count.to_string());
        let mut counts = paragraph("lead", &self.said("counts", &[&same, &otherwise, &open]));
        if told.otherwise.is_empty() {
            return counts;
        }
        let count = |apart: &Apart| told.otherwise.iter().filter(|case| case.apart == *apart).count();
        let found: Vec<(Apart, usize)> =
            Apart::ALL.into_iter().map(|apart| (apart, count(&apart))).filter(|(_, count)| *count > 0).collect();
        let heads = row(found.iter().map(|(apart, _)| head("col", &self.word(apart.key()))));
        let cells = row(found.iter().map(|(_, count)| format!("<td class=\"number\">{count}</td>")));
        counts.push_str(&format!("<table><thead>{heads}</thead><tbody>{cells}</tbody></table>\n"));
        counts + &paragraph("faint", &self.word("times"))
    }

    fn case(&self, case: &Otherwise<'_, '_>) -> String {
        let Otherwise { reviewed, span, given, .. } = case;
        let decision = &given.decision;
        let reading = self.handed.options.reading;
        let title = if self.handed.reports.len() > 1 { format!("{} / ", reviewed.report.title_shown(reading)) } else { String::new() };
        let place = place(reviewed.report, *span, reading);
        let mut text = format!("<article class=\"case\">\n{}", paragraph("faint", &format!("{title}{place}")));
        text.push_str(&self.context(reviewed, *span));
        let heads = ["", "own", "decided"].map(|key| head("col", &if key.is_empty() { String::new() } else { self.word(key) }));
        let rows: String =
            self.sides(&case.own, &case.decided).into_iter().map(|(label, own, decided)| side_row(&label, &own, &decided)).collect();
        text.push_str(&format!("<table><thead>{}</thead><tbody>{rows}</tbody></table>\n", row(heads)));
        let reason = decision.reason.map(|reason| self.said("reason", &[self.handed.labels.label("reason", reason.key())]));
        let note = (!decision.words.is_empty()).then(|| self.said("note", &[&decision.words]));
        for why in [reason, note].into_iter().flatten() {
            text.push_str(&paragraph("why", &why));
        }
        let by = self.said("by", &[&(self.called)(&given.by), &minute(given.at)]);
        text.push_str(&paragraph("faint", &by));
        text + "</article>\n"
    }

    /// The sentences the words stand in, with the words marked.
    fn context(&self, reviewed: &Reviewed<'_>, span: Span) -> String {
        let report = reviewed.report.report;
        let [first, last] = [span.start(), span.end().minus(1)].map(|place| report.sentence_at(place).unwrap_or(span));
        let around = first.union(last).union(span);
        let shown = |span: Span| escaped(&reviewed.report.shown(span, self.handed.options.reading));
        let [before, after] = [Span::new(around.start(), span.start()), Span::new(span.end(), around.end())].map(shown);
        format!("<p class=\"line\">{before}<mark>{}</mark>{after}</p>\n", shown(span))
    }

    /// What both sides say: of one tag against one only in what they differ, besides kind and words.
    fn sides(&self, own: &[&Tag], decided: &[&Tag]) -> Vec<(String, String, String)> {
        let ([one], [other]) = (own, decided) else {
            return vec![(String::new(), self.all(own, "untagged"), self.all(decided, "nothing"))];
        };
        let (one, other) = (self.particulars.all(one), self.particulars.all(other));
        let side = |said: &[Particular], name: &str| words_of(said, name, "\n");
        let rows = names(one.iter().chain(&other)).into_iter().map(|name| (name.to_owned(), side(&one, name), side(&other, name)));
        rows.enumerate().filter(|(at, (_, own, decided))| *at < ALWAYS || own != decided).map(|(_, row)| row).collect()
    }

    /// All that some tags say, a line for each thing.
    fn all(&self, tags: &[&Tag], none: &str) -> String {
        let colon = self.handed.labels.label("page", "colon");
        let lines = tags.iter().flat_map(|tag| {
            let mut said = self.particulars.all(tag).into_iter();
            let first = said.by_ref().take(ALWAYS).map(|(_, words)| words).collect::<Vec<_>>().join(" ");
            let others: Vec<String> = said.map(|(label, words)| format!("· {label}{colon}{words}")).collect();
            std::iter::once(first).chain(others)
        });
        let lines: Vec<String> = lines.collect();
        if lines.is_empty() { self.word(none) } else { lines.join("\n") }
    }

    fn word(&self, key: &str) -> String {
        self.handed.labels.label("feedback", key).to_owned()
    }

    fn said(&self, key: &str, with: &[&str]) -> String {
        filled(self.handed.labels, "feedback", key, with)
    }
}

/// A moment to the minute, in UTC: this room knows no other clock.
fn minute(at: Time) -> String {
    jiff::Timestamp::from_millisecond(at.0).unwrap_or_default().strftime("%Y-%m-%d %H:%M").to_string()
}

/// A row of what both sides say.
fn side_row(label: &str, own: &str, decided: &str) -> String {
    let cell = |words: &str| format!("<td><p class=\"line\">{}</p></td>", escaped(words));
    row([head("row", label), cell(own), cell(decided)])
}

#[cfg(test)]
mod tests {
    use super::super::markup::stripped;
    use super::super::reviewed::tests::{Panel, TEXT, by_name};
    use super::super::sheet::assert_well_formed;
    use super::*;
    use crate::annotation::Reason;

    /// Two people and what a third decided: of the first statement the period, of the second the words, of the third nothing.
    fn panel() -> Panel {
        let growth = ["增长8%"];
        let panel = Panel::new(TEXT).with("甲", Office::Annotation);
        let panel = panel.says("生产总值增长8%", "indicator", &growth, &[("period", "2020")]).tags("力争增长6%", "target");
        let panel = panel.with("乙", Office::Annotation).says("生产总值增长8%", "indicator", &growth, &[("period", "2021")]);
        let panel = panel.tags("增长6%左右", "target").tags("新建学校二十所", "commitment");
        let panel = panel.with("丙", Office::Adjudication);
        let panel = panel.decides("生产总值", Some("乙"), Reason::Unclear, "报告<期>").decides("增长6%", Some("甲"), Reason::Slip, "");
        panel.decides("新建", None, Reason::Ambiguous, "")
    }

    fn pages(panel: &Panel) -> Vec<Feedback> {
        panel.hand(|handed| feedback(handed, &by_name))
    }

    #[test]
    fn each_is_told_what_was_decided_otherwise() {
        let pages = pages(&panel());
        let told: Vec<(&str, usize)> = pages.iter().map(|page| (page.person.name.as_str(), page.otherwise)).collect();
        assert_eq!(told, [("甲", 1), ("乙", 2)], "what somebody rightly did not tag is no fault");
        pages.iter().for_each(|page| assert_well_formed(&page.page));
        let (first, second) = (&pages[0].page, &pages[1].page);
        assert!(first.contains("<h2>attributes (1)</h2>") && !first.contains("<h2>boundary"), "{first}");
        assert!(first.contains("<th scope=\"row\">period</th><td><p class=\"line\">2020</p></td><td><p class=\"line\">2021</p></td>"));
        assert!(!first.contains("<th scope=\"row\">growth"), "in that they agree");
        assert!(second.contains("<h2>boundary (1)</h2>") && second.contains("<h2>extra (1)</h2>"));
        assert!(stripped(second).contains("commitment 新建学校二十所"));
    }

    #[test]
    fn the_words_stand_in_their_sentence() {
        let page = &pages(&panel())[0].page;
        assert!(page.contains("<p class=\"faint\">一、回顾 / ¶3</p>") && page.contains("<p class=\"faint\">times</p>"));
        assert!(page.contains("全市<mark>生产总值增长8%</mark>，居全省第1位。"), "{page}");
    }

    #[test]
    fn what_is_open_or_was_not_read_is_no_fault() {
        let panel = Panel::new(TEXT).with("甲", Office::Annotation).tags("力争增长6%", "target").tags("新建学校二十所", "commitment");
        let panel = panel.with("乙", Office::Annotation).reads("全市生产总值增长8%，居全省第1位。");
        let panel = panel.with("丙", Office::Adjudication).decides("新建", Some("甲"), Reason::Other, "");
        let pages = pages(&panel);
        assert_eq!(pages.iter().map(|page| page.otherwise).collect::<Vec<_>>(), [0, 0]);
        panel.hand(|handed| {
            let reviewed = [Reviewed::of(&handed.reports[0])];
            let told = |at: usize| {
                let told = Told::of(reviewed[0].layers[at].person.id, &reviewed);
                (told.same, told.open)
            };
            assert_eq!((told(0), told(1)), ((1, 1), (0, 0)));
        });
    }

    #[test]
    fn the_gravest_difference_counts() {
        let panel = panel();
        let layers = panel.layers();
        let tags: Vec<&Tag> = layers.iter().flat_map(|layer| &layer.tags).collect();
        assert_eq!(Apart::between(&[], &[]), None);
        assert_eq!(Apart::between(&tags[..1], &tags[..1]), None);
        assert_eq!(Apart::between(&tags[..2], &tags[..2]), None);
        assert_eq!(Apart::between(&tags[..2], &tags[..1]), Some(Apart::Several));
        assert_eq!(Apart::between(&tags[1..2], &tags[4..5]), Some(Apart::Kind));
        assert_eq!((Apart::between(&[], &tags[..1]), Apart::between(&tags[..1], &[])), (Some(Apart::Missed), Some(Apart::Extra)));
    }
}
