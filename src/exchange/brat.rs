//! brat standoff: a text (`.txt`), beside it its annotations (`.ann`), one a line, and what there is to annotate
//! (`annotation.conf`).
//!
//! <https://brat.nlplab.org/standoff.html>, <https://brat.nlplab.org/configuration.html>. Offsets count Unicode scalar values.
//!
//! Carries kinds, places, one value of a closed list (`A`), everything else that is said as notes (`#`), and links within
//! a report (`R`). Several people get a folder each. A tag over line ends is written as fragments between them, because
//! lines are what brat reads; reading puts it together again. Loses line ends at the ends of a tag, tags on nothing but
//! line ends, and links into other reports. Line ends and tabs in notes become ␊ and ␉ and come back; brat's own reader
//! splits lines at U+2028 and the like, too: those come back as line ends, and a ␊ of the note's own does.

use super::handed::Handed;
use super::imported::{Imported, Problem};
use super::placing::{Claim, How, Placing, Unit};
use super::standoff::{Corpus, Document, Mark, SECRECY, UNSURE, YES, documents, word};
use crate::annotation::{AttributeId, Codebook, Relation, ValueType};
use crate::report::Report;
use crate::text::Span;
use std::collections::BTreeMap;

/// What brat calls a note without a type of its own.
const NOTE: &str = "AnnotatorNotes";

/// Writes the tags of each person on each report, and the configuration.
pub fn write_brat(handed: Handed<'_>) -> Corpus {
    let mut corpus = Corpus::default();
    for document in documents(handed, &mut corpus) {
        let lines = lines(&document, handed.book, &mut corpus);
        corpus.push(format!("{}.txt", document.path), document.text().as_str().to_owned());
        corpus.push(format!("{}.ann", document.path), lines);
    }
    corpus.push("annotation.conf", configuration(handed));
    corpus
}

/// The annotations of a document.
fn lines(document: &Document<'_>, book: &Codebook, corpus: &mut Corpus) -> String {
    let (mut lines, mut attributes, mut notes) = (String::new(), 0usize, 0usize);
    // Numbers of tags that the format can hold; those it cannot have none.
    let (mut numbers, mut last): (Vec<Option<usize>>, usize) = (Vec::new(), 0);
    let mut note = |lines: &mut String, key: &str, number: usize, text: &str| {
        notes += 1;
        lines.push_str(&format!("#{notes}\t{key} T{number}\t{}\n", in_one_line(text)));
    };
    for mark in &document.marks {
        let fragments = fragments(mark);
        if fragments.is_empty() {
            corpus.tags_left_out.push(mark.row.tag.id);
            numbers.push(None);
            continue;
        }
        last += 1;
        let number = last;
        let words: Vec<&str> = fragments.iter().map(|span| mark.row.report.report.quote(*span)).collect();
        let places: Vec<String> = fragments.iter().map(|span| format!("{} {}", span.start(), span.end())).collect();
        lines.push_str(&format!("T{number}\t{} {}\t{}\n", word(mark.kind()), places.join(";"), words.join(" ")));
        if number == 1
            && let Some(stamp) = document.secrecy()
        {
            note(&mut lines, SECRECY, number, &stamp);
        }
        for (key, said) in mark.attributes() {
            if key == UNSURE {
                attributes += 1;
                lines.push_str(&format!("A{attributes}\t{key} T{number}\n"));
            } else if choices(book, key).contains(&said) {
                attributes += 1;
                lines.push_str(&format!("A{attributes}\t{} T{number} {said}\n", word(key)));
            } else {
                note(&mut lines, &word(key), number, &said);
            }
        }
        if !mark.row.tag.note.is_empty() {
            note(&mut lines, NOTE, number, &mark.row.tag.note);
        }
        numbers.push(Some(number));
    }
    let number = |at: usize| numbers.get(at).copied().flatten();
    for (join, at) in document.joins.iter().zip(1usize..) {
        match (number(join.from), number(join.to)) {
            (Some(from), Some(to)) => lines.push_str(&format!("R{at}\t{} Arg1:T{from} Arg2:T{to}\n", join.relation.key())),
            _ => corpus.links_left_out += 1,
        }
    }
    lines
}

/// The stretches of a tag between the characters at which readers of brat's files end a line.
fn fragments(mark: &Mark<'_>) -> Vec<Span> {
    let (mut fragments, mut begin) = (Vec::new(), None);
    for (c, at) in mark.quote().chars().zip(mark.span.start().get()..) {
        if ends_line(c) {
            fragments.extend(begin.take().map(|begin| Span::of(begin, at)));
        } else {
            begin.get_or_insert(at);
        }
    }
    fragments.extend(begin.map(|begin| Span::of(begin, mark.span.end().get())));
    fragments
}

/// Whether a line ends here for brat and for Python, in which most readers of its files are written (`str.splitlines`).
const fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{1C}'..='\u{1E}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The pictures of control characters (U+2400 onwards).
const PICTURES: u32 = 0x2400;

/// The text of a note, with pictures for what would end it.
fn in_one_line(text: &str) -> String {
    let picture = |c: char| match c {
        '\u{85}' | '\u{2028}' | '\u{2029}' => '␊',
        '\0'..='\u{1F}' => char::from_u32(PICTURES + u32::from(c)).unwrap_or(' '),
        c => c,
    };
    text.chars().map(picture).collect()
}

/// The text of a note as it was.
fn in_lines(text: &str) -> String {
    let control = |c: char| match c {
        '␀'..='␟' => char::from_u32(u32::from(c) - PICTURES).unwrap_or(c),
        c => c,
    };
    text.chars().map(control).collect()
}

/// The values of an attribute with a closed list that brat can hold: words without space.
fn choices(book: &Codebook, key: &str) -> Vec<String> {
    let attribute = book.attribute(&AttributeId::new(key));
    let values = attribute.map(|attribute| match &attribute.takes {
        ValueType::Choice(values) | ValueType::Choices(values) => values.clone(),
        ValueType::Text | ValueType::Names | ValueType::Period | ValueType::Deadline => Vec::new(),
    });
    values.unwrap_or_default().into_iter().filter(|value| word(value) == *value && !value.contains('|')).collect()
}

/// What there is to annotate.
fn configuration(handed: Handed<'_>) -> String {
    let mut lines = String::new();
    if let Some(level) = handed.secrecy() {
        lines.push_str(&format!("# 密级：{}\n", level.mark()));
    }
    let kinds: Vec<String> = handed.kinds().iter().map(|kind| word(kind.as_str())).collect();
    lines.push_str(&format!("[entities]\n{}\n", kinds.join("\n")));
    lines.push_str("\n[relations]\n");
    for relation in Relation::ALL {
        lines.push_str(&format!("{}\tArg1:<ENTITY>, Arg2:<ENTITY>\n", relation.key()));
    }
    lines.push_str("\n[events]\n\n[attributes]\n");
    for attribute in &handed.book.attributes {
        let values = choices(handed.book, attribute.id.as_str());
        if !values.is_empty() {
            let of: Vec<String> = attribute.of.iter().map(|kind| word(kind.as_str())).collect();
            let of = if of.is_empty() { "<ENTITY>".to_owned() } else { of.join("|") };
            lines.push_str(&format!("{}\tArg:{of}, Value:{}\n", word(attribute.id.as_str()), values.join("|")));
        }
    }
    lines.push_str(&format!("{UNSURE}\tArg:<ENTITY>\n"));
    lines
}

/// A text-bound annotation as its line has it.
struct Bound<'l> {
    id: &'l str,
    label: &'l str,
    stretches: Vec<(u64, u64)>,
    words: Option<&'l str>,
    attributes: BTreeMap<String, String>,
    note: String,
}

/// Reads annotations, with the text beside them if it is there.
pub fn read_brat(ann: &str, text: Option<&str>, report: &Report) -> Imported {
    let (mut imported, mut links) = (Imported::default(), 0);
    let mut bound: Vec<Bound<'_>> = Vec::new();
    let mut said = Vec::new();
    for (line, number) in ann.trim_start_matches('\u{FEFF}').split('\n').zip(1usize..) {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let mut columns = line.splitn(3, '\t');
        let (id, data, tail) = (columns.next().unwrap_or(""), columns.next().unwrap_or(""), columns.next());
        match id.chars().next() {
            None => {}
            Some('T') => match bound_of(id, data, tail) {
                Some(one) => bound.push(one),
                None => imported.problems.push(Problem::Entry { number }),
            },
            Some('A' | 'M' | '#' | 'N') => said.push((number, id, data, tail.unwrap_or(""))),
            Some('R' | 'E' | '*') => links += 1,
            Some(_) => imported.problems.push(Problem::Entry { number }),
        }
    }
    let numbers: BTreeMap<&str, usize> = bound.iter().zip(0..).map(|(one, at)| (one.id, at)).collect();
    for (number, id, data, tail) in said {
        let mut words = data.splitn(3, ' ');
        let (key, target, value) = (words.next().unwrap_or(""), words.next().unwrap_or(""), words.next());
        match numbers.get(target).and_then(|at| bound.get_mut(*at)) {
            Some(one) => one.say(id, key, value, tail),
            None => imported.problems.push(Problem::Entry { number }),
        }
    }
    let mut placing = Placing::new(report.text(), text, Unit::Characters);
    bound.into_iter().for_each(|one| one.place(&mut placing, &mut imported));
    imported.conclude(links, 1);
    imported
}

fn bound_of<'l>(id: &'l str, data: &'l str, words: Option<&'l str>) -> Option<Bound<'l>> {
    let (label, places) = data.split_once(' ')?;
    let stretch = |place: &str| {
        let (start, end) = place.split_once(' ')?;
        Some((start.parse().ok()?, end.trim_end().parse().ok()?))
    };
    let stretches: Option<Vec<(u64, u64)>> = places.split(';').map(stretch).collect();
    let words = words.filter(|words| !words.is_empty());
    Some(Bound { id, label, stretches: stretches?, words, attributes: BTreeMap::new(), note: String::new() })
}

impl Bound<'_> {
    /// Takes in an attribute, a note or a reference.
    fn say(&mut self, id: &str, key: &str, value: Option<&str>, tail: &str) {
        let is_note = id.starts_with('#');
        match (is_note, key) {
            (true, SECRECY) => {}
            (true, NOTE) if self.note.is_empty() => self.note = in_lines(tail),
            (true, NOTE) => self.note.push_str(&format!("\n{}", in_lines(tail))),
            (true, key) => drop(self.attributes.insert(key.to_owned(), in_lines(tail))),
            (false, key) => drop(self.attributes.insert(key.to_owned(), value.unwrap_or(YES).trim_end().to_owned())),
        }
    }

    fn place(self, placing: &mut Placing<'_>, imported: &mut Imported) {
        let (Some(first), Some(last)) = (self.stretches.first(), self.stretches.last()) else { return };
        let whole = (first.0, last.1);
        let words: Option<Vec<&str>> = self.stretches.iter().map(|(start, end)| placing.words_at(*start, *end)).collect();
        // What stands between fragments that are one tag can only be line ends.
        let mut gaps = self.stretches.windows(2).filter_map(|pair| placing.words_at(pair.first()?.1, pair.last()?.0));
        let has_gaps = gaps.any(|gap| !gap.chars().all(ends_line));
        let fits = words.is_some_and(|words| self.words.is_some_and(|said| words.join(" ") == said));
        // The words at fragments are checked one by one; those of the whole then are the report's.
        let quote = if fits && self.stretches.len() > 1 { placing.words_at(whole.0, whole.1) } else { self.words };
        let placed = placing.place(Claim { offsets: Some(whole), quote, ..Claim::default() });
        if has_gaps && placed.how == How::Stands {
            imported.problems.push(Problem::Gaps { label: self.label.to_owned(), quote: placed.quote.clone() });
        }
        imported.take(self.label, placed, self.attributes, self.note);
    }
}

#[cfg(test)]
mod tests {
    use super::super::standoff::tests::{SOURCE, hand, sample, usual};
    use super::*;
    use crate::report::Corrections;

    /// Where a tag that was read stands, if anywhere.
    type Place = Option<(u32, u32)>;

    fn read(ann: &str, source: &str) -> Imported {
        read_brat(ann, None, &Report::new(source.to_owned(), Corrections::default()))
    }

    #[test]
    fn annotations_are_lines() {
        let corpus = hand(&usual(), "报告.txt", write_brat);
        let paths: Vec<&str> = corpus.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["报告.txt", "报告.ann", "annotation.conf"]);
        assert_eq!(corpus.files[0].text, SOURCE);
        let lines: Vec<&str> = corpus.files[1].text.lines().collect();
        assert_eq!(lines[0], "T1\ttarget 16 26\t𠮷县生产总值增长8%");
        for expected in [
            "T5\tcommitment 45 47;48 52\t承诺 建成𠮷桥",
            "T4\ttarget 27 41\t\t<工业>“增加值”增长9%",
            "T6\town_kind 53 63\t=1+1 & 'x'",
            "A1\tstrength T3 hard",
            "A2\tunsure T3",
            "#1\tmodality T3\tensure、strive",
            "#2\tscope T3\t=规模以上 \"甲\"",
            "#4\tAnnotatorNotes T3\t看 <这里> & \"那里\"␊第二行␉完",
        ] {
            assert!(lines.contains(&expected), "{expected}\n{lines:#?}");
        }
        let configuration = &corpus.files[2].text;
        for line in [
            "[entities]\ntarget\nindicator\ncommitment\nown_kind\n",
            "fulfils\tArg1:<ENTITY>, Arg2:<ENTITY>",
            "strength\tArg:target, Value:hard|neutral|soft",
        ] {
            assert!(configuration.contains(line), "{line}\n{configuration}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let sample = usual();
        let corpus = hand(&sample, "报告.txt", write_brat);
        for text in [None, Some(SOURCE)] {
            let imported = read_brat(&corpus.files[1].text, text, &sample.report);
            assert!(imported.problems.is_empty(), "{:?}", imported.problems);
            let found: Vec<(&str, &str)> = imported.tags.iter().map(|tag| (tag.label.as_str(), tag.quote.as_str())).collect();
            let expected = sample.annotations.tags().map(|tag| tag.anchor.quote.as_str());
            assert_eq!(found.iter().map(|(_, quote)| *quote).collect::<Vec<_>>(), expected.collect::<Vec<_>>());
            assert_eq!(imported.tags[2].note, "看 <这里> & \"那里\"\n第二行\t完");
            assert_eq!(imported.tags[2].attributes.get("unsure").map(String::as_str), Some("true"));
        }
    }

    #[test]
    fn line_ends_at_the_ends_of_a_tag_are_lost_and_nothing_but_line_ends_is_left_out() {
        let sample = sample("甲\n\n乙\n", &[("\n\n乙\n", "target"), ("\n\n", "target")], |_, _| {});
        let corpus = hand(&sample, "a.txt", write_brat);
        assert_eq!(corpus.files[1].text, "T1\ttarget 3 4\t乙\n");
        assert_eq!(corpus.tags_left_out.len(), 1);
    }

    #[test]
    fn files_of_others_are_read_as_far_as_they_go() {
        let source = "甲乙丙丁\n戊己庚";
        let cases: [(&str, &[Place], &[&str]); 12] = [
            ("T1\tORG 0 2\t甲乙\r\n\r\n", &[Some((0, 2))], &[]),
            ("\u{FEFF}T1\tORG 0 2\t甲乙", &[Some((0, 2))], &[]),
            ("T1\tORG 3 6\t丁 戊", &[Some((3, 6))], &[]),
            ("T1\tORG 3 4;5 6\t丁 戊", &[Some((3, 6))], &[]),
            ("T1\tORG 0 1;2 3\t甲 丙", &[Some((0, 3))], &["gaps"]),
            ("T1\tORG 0 2\t丙丁", &[Some((2, 4))], &["moved"]),
            ("T1\tORG 0 2\t无", &[None], &["lost"]),
            ("T1\tORG 0 2", &[Some((0, 2))], &["unchecked"]),
            ("T1\tORG 0 99999999999999999999\t甲", &[], &["entry"]),
            ("T1\tORG\nT2 ORG 0 1\nX\n\u{0}", &[], &["entry", "entry", "entry", "entry"]),
            ("A1\tNegation T9\n#1\tAnnotatorNotes\t", &[], &["entry", "entry"]),
            ("T1\tORG 0 1\t甲\nR1\tof Arg1:T1 Arg2:T1\nE1\tORG:T1\n*\tEquiv T1 T1", &[Some((0, 1))], &["links"]),
        ];
        for (ann, spans, problems) in cases {
            let imported = read(ann, source);
            let found: Vec<Option<(u32, u32)>> =
                imported.tags.iter().map(|tag| tag.span.map(|span| (span.start().get(), span.end().get()))).collect();
            assert_eq!(found, spans, "{ann}");
            assert_eq!(imported.problems.iter().map(Problem::key).collect::<Vec<_>>(), problems, "{ann}");
        }
        let lines = [
            "T1\tORG 0 2\t甲乙",
            "M1\tNegation T1",
            "N1\tReference T1 Wikipedia:5\t甲",
            "A2\tLevel T1 L1",
            "#1\tAnnotatorNotes T1\ta",
            "#2\tAnnotatorNotes T1\tb",
        ];
        let said = read(&lines.join("\n"), source);
        let attributes: Vec<(&str, &str)> = said.tags[0].attributes.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(attributes, [("Level", "L1"), ("Negation", "true"), ("Reference", "Wikipedia:5")]);
        assert_eq!(said.tags[0].note, "a\nb");
    }

    #[test]
    fn a_secret_report_says_so() {
        let sample = sample("机密★1年\n云溪市工作报告\n增长8%。\n", &[("增长8%", "target")], |_, _| {});
        let corpus = hand(&sample, "a.txt", write_brat);
        assert!(corpus.files[1].text.contains("\n#1\tsecrecy T1\t密级：机密\n"), "{}", corpus.files[1].text);
        assert!(corpus.files[2].text.starts_with("# 密级：机密\n"));
        assert_eq!(read_brat(&corpus.files[1].text, None, &sample.report).tags[0].attributes.len(), 0);
    }
}
