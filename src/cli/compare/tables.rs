//! What was compared, for people: all figures of all kinds and of each, the most telling ones of pairs and sections, and every
//! difference.

use super::super::differences::case_line;
use super::super::suggest::padded;
use super::Compared;
use crate::locale::Words;
use crate::report::Field;
use crate::review::agreement::{Figure, Metric};
use crate::review::figures::{Block, Figures, PersonCounts, Rated};
use crate::review::{Judged, Standing};

/// How a figure is taken out of a block.
type Taken = fn(&Block) -> &Figure;

/// How wide the column of names is, in half-width characters.
const NAMES: usize = 36;
/// How wide a column of figures is.
const FIGURES: usize = 10;
/// The figures of a table that has a row for each pair or section.
const TELLING: [(&str, Taken); 6] = [
    ("F1", |block| &block.exact.f1),
    ("F1~", |block| &block.overlapping.f1),
    ("Cohen", |block| &block.cohen),
    ("Fleiss", |block| &block.fleiss),
    ("α", |block| &block.alpha),
    ("uα", |block| &block.unitized),
];

pub(super) fn tables(compared: &Compared, words: &Words) -> String {
    let mut paragraphs = vec![head(compared, words)];
    if let Some(figures) = compared.figures.first() {
        paragraphs.push(figures.people.iter().map(|counts| person(counts, words)).collect());
        paragraphs.push(block(words.get("cli_compare_all"), &figures.all, words));
        paragraphs.extend(figures.kinds.iter().map(|(kind, of_kind)| block(words.kind(kind), of_kind, words)));
        paragraphs.push(rated(figures, words));
        paragraphs.push(pairs(compared, figures, words));
        paragraphs.push(sections(figures, words));
    }
    let without = compared.figures.get(1);
    paragraphs.extend(without.map(|figures| block(words.get("cli_compare_without"), &figures.all, words)));
    paragraphs.push(differences(compared, words));
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs.join("\n")
}

/// What was compared, and how intervals were drawn.
fn head(compared: &Compared, words: &Words) -> String {
    let names: Vec<&str> = compared.layers.iter().map(|layer| layer.person.name.as_str()).collect();
    let title = compared.report.facts().get(Field::Title).unwrap_or_default();
    let drawn = compared.figures.first().map(|Figures { seed, resamples, drawn, units, .. }| {
        let (resamples, units, seed) = (resamples.to_string(), units.to_string(), seed.to_string());
        words.fill("cli_compare_drawn", &[&resamples, &units, words.named("drawn", drawn.key()), &seed])
    });
    format!("{title}\n{}\n{}\n", names.join("、"), drawn.unwrap_or_default())
}

fn person(counts: &PersonCounts, words: &Words) -> String {
    let kinds = counts.kinds.iter().map(|(kind, tags)| format!("{} {tags}", words.kind(kind)));
    let more = [("cli_compare_proposed", counts.from_proposals), ("cli_compare_unread", counts.unread)];
    let more = more.into_iter().filter(|(_, count)| *count > 0).map(|(key, count)| words.fill(key, &[&count.to_string()]));
    format!("{}{}\n", padded(&counts.person.name, NAMES), kinds.chain(more).collect::<Vec<_>>().join("  "))
}

/// All figures of a block, one a line.
fn block(name: &str, block: &Block, words: &Words) -> String {
    let lines = block.named().map(|(key, of_key)| line(words.named("figure", key), &of_key, words));
    std::iter::once(format!("{name}\n")).chain(lines).collect()
}

/// A figure with its interval and counts, or why there is none.
fn line(name: &str, figure: &Figure, words: &Words) -> String {
    let interval = figure.low.zip(figure.high).map(|(low, high)| format!("[{low:.3}, {high:.3}]")).unwrap_or_default();
    let said = match (figure.value, figure.undefined) {
        (Some(value), _) => format!("{value:<7.3}{}", padded(&interval, 18)),
        (None, why) => format!("–  {}  ", why.map(|why| words.named("undefined", why.key())).unwrap_or_default()),
    };
    let counts = words.fill("cli_compare_counts", &[&figure.counts.agreed.to_string(), &figure.counts.compared.to_string()]);
    let left_out = Some(figure.counts.left_out).filter(|count| *count > 0);
    let left_out = left_out.map(|count| words.fill("cli_compare_left_out", &[&count.to_string()])).unwrap_or_default();
    format!("  {}{said}{counts}{left_out}\n", padded(name, NAMES - 2))
}

/// What is said of matched tags.
fn rated(figures: &Figures, words: &Words) -> String {
    let name = |rated: &Rated, metric: Metric| {
        let metric = words.named("metric", metric.key());
        format!("{} ({metric})", words.named(rated.group(), rated.key()))
    };
    let lines = figures.attributes.iter().map(|(of, metric, figure)| line(&name(of, *metric), figure, words));
    std::iter::once(format!("{}\n", words.get("cli_compare_rated"))).chain(lines).collect()
}

fn pairs(compared: &Compared, figures: &Figures, words: &Words) -> String {
    if figures.pairs.len() < 2 {
        return String::new();
    }
    let name = |one: usize, other: usize| format!("{} – {}", compared.name(one), compared.name(other));
    table(words.get("cli_compare_pairs"), figures.pairs.iter().map(|(one, other, block)| (name(*one, *other), block)))
}

fn sections(figures: &Figures, words: &Words) -> String {
    if figures.sections.len() < 2 {
        return String::new();
    }
    let name = |heading: &String| if heading.is_empty() { words.get("cli_compare_before").to_owned() } else { short(heading) };
    table(words.get("cli_compare_sections"), figures.sections.iter().map(|(_, heading, block)| (name(heading), block)))
}

/// A heading as far as there is room for it.
fn short(heading: &str) -> String {
    let most = NAMES / 2 - 2;
    let kept: String = heading.chars().take(most).collect();
    if heading.chars().count() > most { format!("{kept}…") } else { kept }
}

/// The most telling figures, a row for each block.
fn table<'b>(name: &str, rows: impl Iterator<Item = (String, &'b Block)>) -> String {
    let cell = |figure: &Figure| padded(&figure.value.map_or_else(|| "–".to_owned(), |value| format!("{value:.3}")), FIGURES);
    let heads: String = TELLING.iter().map(|(head, _)| padded(head, FIGURES)).collect();
    let row = |(name, block): (String, &Block)| {
        let cells: String = TELLING.iter().map(|(_, figure)| cell(figure(block))).collect();
        format!("  {}{}\n", padded(&name, NAMES - 2), cells.trim_end())
    };
    std::iter::once(format!("{}{}\n", padded(name, NAMES), heads.trim_end())).chain(rows.map(row)).collect()
}

/// Every difference, one a line.
fn differences(compared: &Compared, words: &Words) -> String {
    let all: Vec<&Judged> = compared.differences().collect();
    let head = words.fill("cli_compare_differences", &[&all.len().to_string(), &compared.cases.len().to_string()]);
    let line = |judged: &&Judged| {
        let standing = match judged.standing {
            Standing::Agreed | Standing::Open => String::new(),
            standing => format!("  ({})", words.named("cli_standing", standing.key())),
        };
        format!("{}{standing}\n", case_line(&judged.case, &compared.layers, words))
    };
    std::iter::once(format!("{head}\n")).chain(all.iter().map(line)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;
    use crate::review::agreement::{Counts, Undefined};

    #[test]
    fn every_key_has_words() {
        let figures = Block::KEYS.into_iter().map(|key| format!("figure_{key}"));
        let reasons = Undefined::ALL.iter().map(|why| format!("undefined_{}", why.key()));
        let metrics = Metric::ALL.map(|metric| format!("metric_{}", metric.key()));
        let standings = Standing::ALL.iter().filter(|standing| !matches!(standing, Standing::Agreed | Standing::Open));
        let standings = standings.map(|standing| format!("cli_standing_{}", standing.key()));
        let kind = format!("{}_{}", Rated::Kind.group(), Rated::Kind.key());
        let words = Words::new(Language::English);
        for key in figures.chain(reasons).chain(metrics).chain(standings).chain([kind]) {
            assert_ne!(words.get(&key), key);
        }
    }

    #[test]
    fn a_figure_is_a_line_with_its_counts() {
        let words = Words::new(Language::English);
        let counts = Counts { coders: 2, compared: 10, agreed: 8, left_out: 3 };
        let figure = Figure::new(Ok(0.75), counts).within(Some((0.5, 1.0)));
        let said = line("F1", &figure, &words);
        assert!(said.contains("0.750") && said.contains("[0.500, 1.000]") && said.contains("8 of 10") && said.contains('3'), "{said}");
        let none = line("F1", &Figure::new(Err(Undefined::NothingTagged), counts), &words);
        assert!(none.contains("nobody tagged anything"), "{none}");
    }
}
