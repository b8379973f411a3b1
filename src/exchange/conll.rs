//! Columns as taggers of words read them: one character a line, its place, and a column of BIO labels for each kind.
//!
//! CoNLL-2003 (<https://aclanthology.org/W03-0419>) with labels as IOB2 has them; the columns are named as CoNLL-U Plus does
//! (<https://universaldependencies.org/ext-format.html>). The second column counts Unicode scalar values from the beginning of the
//! text. Export only.
//!
//! A line of the report is a sentence; lines without a character are left out. Tags of a kind that overlap get further columns
//! (`target`, `target:2`), so that none is lost. Loses all that is said of tags but their kind, and links. A tag over line
//! ends is one in each line. Space, control characters and `#` would be taken for something else by readers: they are written
//! as ␠ (␣ for the ideographic one), pictures such as ␉, and ＃.

use super::handed::Handed;
use super::standoff::{Corpus, Document, Mark, SECRECY, documents, visible, word};
use crate::text::Span;
use std::collections::BTreeMap;

/// A column: tags of one kind that do not overlap, in the order of the text.
type Column = Vec<Span>;

/// Writes the tags of each person on each report, one document behind the other.
pub fn write_conll(handed: Handed<'_>) -> Corpus {
    let mut corpus = Corpus::default();
    let documents = documents(handed, &mut corpus);
    corpus.links_left_out += documents.iter().map(|document| document.joins.len()).sum::<usize>();
    let kinds: Vec<String> = handed.kinds().iter().map(|kind| kind.as_str().to_owned()).collect();
    let columns: Vec<BTreeMap<&str, Vec<Column>>> = documents.iter().map(|document| columns(&document.marks)).collect();
    // All documents have the same columns: as many of each kind as that one needs which needs most.
    let most = |kind: &str| columns.iter().filter_map(|columns| columns.get(kind)).map(Vec::len).max().unwrap_or(1);
    let named: Vec<(&str, usize)> = kinds.iter().flat_map(|kind| (0..most(kind)).map(move |number| (kind.as_str(), number))).collect();
    let names = named.iter().map(|(kind, number)| {
        let kind = word(kind);
        if *number == 0 { kind } else { format!("{kind}:{}", number + 1) }
    });
    let names: Vec<String> = ["FORM".to_owned(), "START".to_owned()].into_iter().chain(names).collect();
    let mut file = format!("# global.columns = {}\n", names.join(" "));
    for (document, columns) in documents.iter().zip(&columns) {
        let column = |&(kind, number): &(&str, usize)| columns.get(kind).and_then(move |of_kind| of_kind.get(number));
        let spans: Vec<&[Span]> = named.iter().map(|name| column(name).map(Vec::as_slice).unwrap_or_default()).collect();
        let labels: Vec<String> = named.iter().map(|(kind, _)| word(kind)).collect();
        file.push_str(&head(document));
        file.push_str(&rows(document, &spans, &labels));
    }
    corpus.push("tags.conll", file);
    corpus
}

fn head(document: &Document<'_>) -> String {
    let mut head = format!("# newdoc id = {}\n", visible(document.report.name));
    head.push_str(&format!("# report = {}\n# person = {}\n", document.report.id(), visible(&document.layer.person.name)));
    if let Some(stamp) = document.secrecy() {
        head.push_str(&format!("# {SECRECY} = {stamp}\n"));
    }
    head
}

/// Tags by kind, in as many columns as it takes for none to overlap another.
fn columns<'a>(marks: &[Mark<'a>]) -> BTreeMap<&'a str, Vec<Column>> {
    let mut columns: BTreeMap<&'a str, Vec<Column>> = BTreeMap::new();
    for mark in marks {
        let of_kind = columns.entry(mark.kind()).or_default();
        let is_free = |column: &Column| column.last().is_none_or(|last| last.end() <= mark.span.start());
        match of_kind.iter().position(is_free).and_then(|number| of_kind.get_mut(number)) {
            Some(column) => column.push(mark.span),
            None => of_kind.push(vec![mark.span]),
        }
    }
    columns
}

/// The lines of a document, an empty one behind each line of the report.
fn rows(document: &Document<'_>, columns: &[&[Span]], labels: &[String]) -> String {
    let text = document.text().as_str();
    let mut rows = String::with_capacity(text.len() * 8);
    // In each column the tags that have not ended yet.
    let mut left: Vec<&[Span]> = columns.to_vec();
    let mut is_first = true;
    for (c, at) in text.chars().zip(0u32..) {
        if c == '\n' {
            if !is_first {
                rows.push('\n');
            }
            is_first = true;
            continue;
        }
        rows.push_str(&format!("{}\t{at}", form(c)));
        for (left, label) in left.iter_mut().zip(labels) {
            let ended = left.iter().take_while(|span| span.end().get() <= at).count();
            *left = left.get(ended..).unwrap_or_default();
            match left.first().filter(|span| span.start().get() <= at) {
                Some(span) if span.start().get() == at || is_first => rows.push_str(&format!("\tB-{label}")),
                Some(_) => rows.push_str(&format!("\tI-{label}")),
                None => rows.push_str("\tO"),
            }
        }
        rows.push('\n');
        is_first = false;
    }
    if !is_first {
        rows.push('\n');
    }
    rows
}

/// A character as a word of its own, whatever a reader takes for space or for a remark.
fn form(c: char) -> char {
    match c {
        '#' => '＃',
        ' ' => '␠',
        '\u{3000}' => '␣',
        '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('␠'),
        c if c.is_whitespace() || c.is_control() => '␠',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::super::standoff::tests::{hand, sample, usual};
    use super::*;

    #[test]
    fn a_character_a_line_and_a_column_a_kind() {
        let sample = sample(
            "𠮷县\n\n增长 #8%",
            &[("𠮷县", "target"), ("县\n\n增", "indicator"), ("增长", "target"), ("长 #", "target"), ("8%", "target"), ("8%", "own kind")],
            |_, _| {},
        );
        let corpus = hand(&sample, "甲.txt", write_conll);
        let id = sample.report.id();
        let expected = format!(
            "# global.columns = FORM START target target:2 indicator commitment own_kind\n\
             # newdoc id = 甲.txt\n# report = {id}\n# person = 王\\u{{202e}}明\n\
             𠮷\t0\tB-target\tO\tO\tO\tO\n\
             县\t1\tI-target\tO\tB-indicator\tO\tO\n\
             \n\
             增\t4\tB-target\tO\tB-indicator\tO\tO\n\
             长\t5\tI-target\tB-target\tO\tO\tO\n\
             ␠\t6\tO\tI-target\tO\tO\tO\n\
             ＃\t7\tO\tI-target\tO\tO\tO\n\
             8\t8\tB-target\tO\tO\tO\tB-own_kind\n\
             %\t9\tI-target\tO\tO\tO\tI-own_kind\n\
             \n"
        );
        assert_eq!(corpus.files[0].text, expected);
    }

    #[test]
    fn every_row_has_as_many_columns_and_the_places_are_those_of_the_text() {
        let sample = usual();
        let corpus = hand(&sample, "甲.txt", write_conll);
        let text: Vec<char> = sample.report.text().as_str().chars().collect();
        let rows = corpus.files[0].text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let rows: Vec<Vec<&str>> = rows.map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(rows.len(), text.iter().filter(|c| **c != '\n').count());
        for row in &rows {
            assert_eq!((row.len(), row[0].chars().next()), (rows[0].len(), Some(form(text[row[1].parse::<usize>().unwrap()]))));
        }
        let begun = rows.iter().flat_map(|row| &row[2..]).filter(|label| label.starts_with("B-")).count();
        // One of the six stands over a line end.
        assert_eq!(begun, 7);
    }

    #[test]
    fn a_secret_report_says_so() {
        let sample = sample("机密★1年\n云溪市工作报告\n增长8%。\n", &[("增长8%", "target")], |_, _| {});
        let corpus = hand(&sample, "a.txt", write_conll);
        assert!(corpus.files[0].text.contains("\n# secrecy = 密级：机密\n"), "{}", corpus.files[0].text);
    }
}
