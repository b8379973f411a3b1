//! Putting a document's paragraphs together as source text: one a line, tables a row a line, notes at the end.
//!
//! docs/originals.md says what the text of each format looks like.

use super::extracted::{Layout, Mark};
use crate::text::Pos;
use crate::text::classes::is_ideographic;

/// The largest source text a document may have, in bytes: some twenty thousand pages.
pub(super) const LARGEST_TEXT: usize = 48 * 1024 * 1024;

/// What stands between two cells of a row.
pub const BETWEEN_CELLS: char = '\t';

/// Source text in the making.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: String,
    characters: u32,
    marks: Vec<(Pos, Mark)>,
    tables: u32,
    in_table: bool,
}

impl Lines {
    /// Whether there is more text than any document has.
    pub(super) const fn is_too_long(&self) -> bool {
        self.text.len() > LARGEST_TEXT
    }

    /// A paragraph; one without anything to see is left out. Line ends in it begin new paragraphs.
    pub(super) fn paragraph(&mut self, text: &str) {
        for line in text.split('\n') {
            let line = clean(line);
            if line.is_empty() {
                continue;
            }
            if std::mem::take(&mut self.in_table) {
                self.mark(Mark::Text);
            }
            self.push(&line);
            self.push("\n");
        }
    }

    /// A page begins here.
    pub(super) fn page(&mut self, number: u32) {
        self.mark(Mark::Page(number));
    }

    /// A table: rows of cells. One that only arranges the page is written as paragraphs, cell by cell.
    pub(super) fn table(&mut self, rows: &[Vec<String>]) {
        if !is_data(rows) {
            rows.iter().flatten().for_each(|cell| self.paragraph(cell));
            return;
        }
        let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| in_one_line(cell)).collect()).collect();
        if rows.iter().flatten().all(String::is_empty) {
            return;
        }
        self.tables += 1;
        for (row, cells) in (1u32..).zip(&rows) {
            let Some(last) = cells.iter().rposition(|cell| !cell.is_empty()) else { continue };
            for (column, cell) in (1u32..).zip(cells.iter().take(last + 1)) {
                if column > 1 {
                    self.push(BETWEEN_CELLS.encode_utf8(&mut [0; 4]));
                }
                if !cell.is_empty() {
                    self.mark(Mark::Cell { table: self.tables, row, column });
                }
                self.push(cell);
            }
            self.push("\n");
        }
        self.in_table = true;
    }

    /// The notes, in the order of their numbers: each `[1] …` at the end, as its reference stands in the text.
    pub(super) fn notes<'a>(&mut self, notes: impl Iterator<Item = &'a str>) {
        for (number, note) in (1u32..).zip(notes) {
            self.in_table = false;
            self.mark(Mark::Note(number));
            let note = in_one_line(note);
            self.push(format!("{} {note}", note_reference(number)).trim_end());
            self.push("\n");
        }
    }

    /// The text with its layout.
    pub(super) fn finish(self) -> (String, Layout) {
        (self.text, Layout::new(self.marks))
    }

    fn mark(&mut self, mark: Mark) {
        self.marks.push((Pos::new(self.characters), mark));
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        let added = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        self.characters = self.characters.saturating_add(added);
    }
}

/// More characters than most cells of data have, and more than any has.
const LONG_CELL: (usize, usize) = (160, 1_000);

/// Whether a table holds data: two rows with several cells, of which few are as long as a paragraph.
pub(super) fn is_data(rows: &[Vec<String>]) -> bool {
    let lengths: Vec<usize> = rows.iter().flatten().map(|cell| cell.trim().chars().count()).filter(|length| *length > 0).collect();
    let longer = |than: usize| lengths.iter().filter(|length| **length > than).count();
    let full = rows.iter().filter(|row| row.iter().filter(|cell| !cell.trim().is_empty()).count() > 1).count();
    full > 1 && longer(LONG_CELL.1) == 0 && longer(LONG_CELL.0) * 4 < lengths.len()
}

/// Where characters stand that could not be decoded or told.
pub(crate) fn unknown_characters(text: &str) -> Vec<Pos> {
    text.chars().zip(0u32..).filter(|(c, _)| *c == '\u{FFFD}').map(|(_, at)| Pos::new(at)).collect()
}

/// How a note is referred to in running text.
pub(super) fn note_reference(number: u32) -> String {
    format!("[{number}]")
}

/// Text that is one line: line ends become spaces.
fn in_one_line(text: &str) -> String {
    text.split(['\n', BETWEEN_CELLS]).map(clean).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A line without what cannot be seen and without space at its ends.
fn clean(line: &str) -> String {
    let mut seen = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            BETWEEN_CELLS => seen.push(c),
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' => {}
            '\u{A0}' => seen.push(' '),
            // Ligatures of Latin letters, which PDFs draw as one.
            '\u{FB00}'..='\u{FB04}' => seen.push_str(["ff", "fi", "fl", "ffi", "ffl"].get(c as usize - 0xFB00).unwrap_or(&"")),
            c if c.is_control() => {}
            c => seen.push(c),
        }
    }
    seen.trim().to_owned()
}

/// A number or letter in front of a paragraph, with the space it needs: none behind a Chinese mark or an enclosed number.
pub(super) fn with_number(number: &str, paragraph: &str) -> String {
    let number = number.trim();
    let wide = number
        .chars()
        .next_back()
        .is_none_or(|c| matches!(c, '、' | '）' | '．' | '。' | '】' | '〕' | '：' | '，' | '\u{2460}'..='\u{24FF}'));
    format!("{number}{}{}", if wide { "" } else { " " }, paragraph.trim_start())
}

/// What the end of a line of a file is between Han characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum LineEnd {
    /// Nothing: it only parts long lines (CSS Text 3 §4.1.3).
    #[default]
    Nothing,
    /// A space: the program that wrote the file ends lines only where one stood.
    Space,
}

/// Runs of white space as a browser shows them: one space, and none where a line of the file ended between Han.
pub(super) fn collapse(text: &str) -> String {
    collapse_with(text, LineEnd::Nothing)
}

/// Runs of white space as one space; what a line's end is between Han is said.
pub(super) fn collapse_with(text: &str, between_han: LineEnd) -> String {
    let mut collapsed = String::with_capacity(text.len());
    let mut space: Option<bool> = None;
    for c in text.chars() {
        if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{0C}') {
            let line_end = between_han == LineEnd::Nothing && matches!(c, '\n' | '\r');
            space = Some(space.unwrap_or(false) || line_end);
            continue;
        }
        if let Some(line_end) = space.take() {
            let wide = |c: char| is_ideographic(c) || ('\u{3000}'..='\u{303F}').contains(&c) || ('\u{FF00}'..='\u{FF60}').contains(&c);
            let joined = line_end && collapsed.chars().next_back().is_some_and(wide) && wide(c);
            if !collapsed.is_empty() && !joined {
                collapsed.push(' ');
            }
        }
        collapsed.push(c);
    }
    if space.is_some() {
        collapsed.push(' ');
    }
    collapsed
}

#[cfg(test)]
mod tests {
    use super::super::extracted::Place;
    use super::*;

    #[test]
    fn paragraphs_rows_and_notes() {
        let mut lines = Lines::default();
        lines.page(1);
        lines.paragraph("  一、回顾[1]\u{3000}");
        lines.table(&[
            vec!["指标".into(), String::new(), "增长\n%".into()],
            vec!["产值".into(), "8".into()],
            vec!["生产总值".into(), String::new()],
        ]);
        lines.page(2);
        lines.paragraph("甲\n\n乙");
        lines.notes(["初步\n核算"].into_iter());
        let (text, layout) = lines.finish();
        assert_eq!(text, "一、回顾[1]\n指标\t\t增长 %\n产值\t8\n生产总值\n甲\n乙\n[1] 初步 核算\n");
        let at = |words: &str| layout.place(Pos::new(u32::try_from(text.split(words).next().unwrap_or("").chars().count()).unwrap_or(0)));
        assert_eq!(at("回顾"), Place { page: Some(1), cell: None, note: None });
        assert_eq!(at("增长"), Place { page: Some(1), cell: Some((1, 1, 3)), note: None });
        assert_eq!(at("总值"), Place { page: Some(1), cell: Some((1, 3, 1)), note: None });
        assert_eq!(at("乙"), Place { page: Some(2), cell: None, note: None });
        assert_eq!(at("初步"), Place { page: Some(2), cell: None, note: Some(1) });
    }

    #[test]
    fn numbers_stand_close_to_chinese_and_apart_from_latin() {
        for (number, expected) in
            [("一、", "一、甲"), ("（二）", "（二）甲"), ("1.", "1. 甲"), ("第一章", "第一章 甲"), ("①", "①甲"), ("", "甲")]
        {
            assert_eq!(with_number(number, "甲"), expected);
        }
    }

    #[test]
    fn white_space_is_collapsed() {
        for (text, expected) in
            [("甲\n  乙", "甲乙"), ("甲 乙", "甲 乙"), ("GDP\n is", "GDP is"), ("8%\n，好", "8% ，好"), ("，\n好", "，好")]
        {
            assert_eq!(collapse(text), expected, "{text:?}");
        }
    }
}
