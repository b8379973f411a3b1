//! A table as text: a line of heads, and rows of cells below it.

use super::super::table::Table;
use super::super::table::formula::unguarded;
use super::{Incoming, Known, NotATable, rows};

/// A table of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Grid {
    /// The sheet it stands in; empty where the file has but one.
    pub sheet: String,
    pub heads: Vec<String>,
    /// Rows with their numbers.
    pub rows: Vec<(usize, Vec<String>)>,
}

/// Reads tags or quantities back from CSV or TSV; of tags what a table of quantities beside them says, too, if there is one. Columns
/// are found by their names, in any order.
///
/// # Errors
/// If it is no such table.
pub fn read_delimited(text: &str, beside: Option<&str>, known: &Known<'_>) -> Result<Vec<Incoming>, NotATable> {
    let beside = beside.and_then(|text| grid_of(text).ok());
    let beside = beside.map(|grid| Grid { sheet: Table::Quantities.key().to_owned(), ..grid });
    rows::read(&[grid_of(text)?], beside.as_ref(), known)
}

fn grid_of(text: &str) -> Result<Grid, NotATable> {
    let text = text.trim_start_matches('\u{FEFF}');
    // Excel writes semicolons or tabs in some countries.
    let head = text.lines().next().unwrap_or("");
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|mark| head.bytes().filter(|byte| byte == mark).count()).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut records = (1..).zip(reader.records()).map(|(number, record)| {
        let record = record.map_err(|error| NotATable::Damaged(error.to_string()))?;
        Ok((number, record.iter().map(|cell| unguarded(cell).to_owned()).collect::<Vec<String>>()))
    });
    let heads = records.next().ok_or(NotATable::NoTags)??.1;
    Ok(Grid { sheet: String::new(), heads, rows: records.collect::<Result<_, _>>()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_in_a_cell_are_its_own() {
        for words in ["甲\r\n乙", "甲\n乙", "甲\r乙", "\u{2028}\u{85}"] {
            let grid = grid_of(&format!("note\r\n\"{words}\"\r\n")).unwrap_or_default();
            assert_eq!(grid.rows, [(2, vec![words.to_owned()])]);
        }
    }

    #[test]
    fn cells_with_line_ends_marks_and_guards_come_back() {
        let text = "\u{FEFF}kind;quote\r\ntarget;\"甲\n“乙”;\"\"丙\"\"\"\r\nindicator;'=1+1\r\n";
        let grid = grid_of(text).unwrap_or_default();
        assert_eq!(grid.heads, ["kind", "quote"]);
        assert_eq!(grid.rows, [(2, vec!["target".to_owned(), "甲\n“乙”;\"丙\"".into()]), (3, vec!["indicator".into(), "=1+1".into()])]);
        assert_eq!(grid_of(""), Err(NotATable::NoTags));
    }
}
