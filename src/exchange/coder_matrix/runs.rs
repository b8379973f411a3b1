//! Whether each person tagged each character with each kind, as runs of characters on which nothing changes.

use super::{Covered, MISSING, Reader, heads};
use crate::annotation::KindId;
use crate::exchange::agreement::Agreement;
use crate::exchange::spread::spread;
use crate::review::figures::Basis;
use crate::text::{Pos, Span};
use std::collections::BTreeSet;

/// What stands before the columns of people.
const HEADS: [&str; 6] = ["report", "kind", "start", "end", "weight", "secrecy"];

/// A row for each kind and run of characters: 1 for who tagged it, 0 for who did not, and as weight how many characters it has.
/// A row repeated as often as it weighs is a row for each character.
pub fn run_matrix(agreement: Agreement<'_>, basis: &Basis<'_>) -> String {
    let readers = Reader::all(basis);
    let mut rows = vec![heads(&agreement, &HEADS)];
    for (kind, _) in &agreement.figures.kinds {
        rows.extend(runs(&readers, kind, agreement.report.text().span()).into_iter().map(|run| run.row(&agreement, kind)));
    }
    spread(rows)
}

/// A run, and whether each person tagged it; nothing of who did not read it.
struct Run {
    span: Span,
    tagged: Vec<Option<bool>>,
}

impl Run {
    fn row(self, agreement: &Agreement<'_>, kind: &KindId) -> Vec<String> {
        let Self { span, tagged } = self;
        let [start, end, weight] = [span.start().get(), span.end().get(), span.len()].map(|number| number.to_string());
        let secrecy = agreement.secrecy().map_or("", |level| level.key()).to_owned();
        let begin = [agreement.title().to_owned(), kind.to_string(), start, end, weight, secrecy];
        let cell = |tagged: Option<bool>| tagged.map_or(MISSING, |tagged| if tagged { "1" } else { "0" }).to_owned();
        begin.into_iter().chain(tagged.into_iter().map(cell)).collect()
    }
}

/// The runs of a text; those that nobody read are left out.
fn runs(readers: &[Reader<'_>], kind: &KindId, text: Span) -> Vec<Run> {
    let of_kind = |reader: &Reader<'_>| Covered::of(reader.tags.iter().filter(|tag| tag.kind == *kind).map(|tag| tag.anchor.span));
    let tagged: Vec<Covered> = readers.iter().map(of_kind).collect();
    let unread = readers.iter().flat_map(|reader| reader.unread.edges().chain(reader.within.iter().flat_map(Covered::edges)));
    let edges = tagged.iter().flat_map(Covered::edges).chain(unread).filter(|edge| text.touches(*edge));
    let edges: BTreeSet<Pos> = edges.chain([text.start(), text.end()]).collect();
    let mut runs: Vec<Run> = Vec::new();
    for (start, end) in edges.iter().zip(edges.iter().skip(1)) {
        let span = Span::new(*start, *end);
        let judged = |(reader, tagged): (&Reader<'_>, &Covered)| reader.has_read(span).then(|| tagged.covers(*start));
        let judged: Vec<Option<bool>> = readers.iter().zip(&tagged).map(judged).collect();
        match runs.last_mut() {
            Some(last) if last.tagged == judged && last.span.end() == *start => last.span = last.span.union(span),
            _ => runs.push(Run { span, tagged: judged }),
        }
    }
    runs.retain(|run| run.tagged.iter().any(Option::is_some));
    runs
}

#[cfg(test)]
mod tests {
    use super::super::super::agreement::tests::{measured, panel};
    use super::*;
    use crate::review::agreement::{Units, fleiss, krippendorff};

    /// The runs of a kind: where each begins and ends, and the cells of the people.
    fn read(text: &str, kind: &str) -> Vec<(u32, u32, Vec<String>)> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows = reader.records().map(Result::unwrap).filter(|row| &row[1] == kind);
        let run = |row: csv::StringRecord| {
            let (start, end): (u32, u32) = (row[2].parse().unwrap(), row[3].parse().unwrap());
            assert_eq!(row[4].parse(), Ok(end - start));
            (start, end, row.iter().skip(HEADS.len()).map(str::to_owned).collect())
        };
        rows.map(run).collect()
    }

    #[test]
    fn runs_are_cut_where_something_changes() {
        measured(&panel(), |agreement, basis| {
            let text = run_matrix(agreement, basis);
            assert!(text.starts_with("report,kind,start,end,weight,secrecy,甲,乙,丙\r\n"));
            let runs = read(&text, "indicator");
            let cells: Vec<Vec<&str>> = runs.iter().map(|(.., cells)| cells.iter().map(String::as_str).collect()).collect();
            assert_eq!(cells, [["0", "0", "0"], ["1", "1", "0"], ["1", "1", "1"], ["0", "0", "0"], ["0", "0", "NA"]]);
            assert_eq!((runs[0].0, runs[4].1), (0, agreement.report.text().len()));
        });
    }

    #[test]
    fn the_figures_can_be_reckoned_from_it() {
        measured(&panel(), |agreement, basis| {
            let text = run_matrix(agreement, basis);
            for (kind, block) in &agreement.figures.kinds {
                let runs = read(&text, kind.as_str());
                let mut units = Units::new(agreement.report.text().len());
                for at in 0..3 {
                    let of = |cell: &str| {
                        runs.iter().filter(|(.., cells)| cells[at] == cell).map(|(start, end, _)| *start..*end).collect::<Vec<_>>()
                    };
                    units.add(of("1"), of("NA"));
                }
                let tally = units.tally();
                assert_eq!((fleiss(&tally).value, krippendorff(&tally).value), (block.fleiss.value, block.alpha.value), "{kind}");
            }
        });
    }
}
