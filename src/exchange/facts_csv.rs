//! The grid of a folder as CSV: what each report is, to be completed in Excel or WPS and taken back.
//!
//! RFC 4180, UTF-8 with a byte order mark, because Excel takes a file without one for GBK. Columns have stable English
//! names; periods and days are text that Excel leaves alone.

use super::table::formula::{guarded, unguarded};
use crate::report::Field;
use std::collections::BTreeMap;

/// A report of a folder with its facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FactsRow {
    /// Its path inside the folder, with `/` between the steps.
    pub path: String,
    /// The character at which a part begins, where it is one of several reports in the file.
    pub part: Option<u32>,
    /// Its facts; an empty one says that there is none.
    pub facts: BTreeMap<Field, String>,
}

/// Writes rows.
pub fn write_facts_csv(rows: &[FactsRow]) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let head = ["path", "part"].into_iter().chain(Field::ALL.map(Field::key));
    let mut written = writer.write_record(head).is_ok();
    for row in rows {
        let part = row.part.map(|part| part.to_string()).unwrap_or_default();
        let facts = Field::ALL.map(|field| guarded(row.facts.get(&field).map_or("", String::as_str)).into_owned());
        written &= writer.write_record([guarded(&row.path).into_owned(), part].into_iter().chain(facts)).is_ok();
    }
    // Writing into memory does not fail.
    debug_assert!(written);
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{FEFF}{}", String::from_utf8_lossy(&bytes))
}

/// Reads rows back: the facts whose columns are there. Columns are found by their names, in any order.
///
/// # Errors
/// What is wrong, in the words of the `csv` crate; or that there is no column `path`.
pub fn read_facts_csv(text: &str) -> Result<Vec<FactsRow>, String> {
    let text = text.trim_start_matches('\u{FEFF}');
    // Excel writes semicolons or tabs in some countries.
    let head = text.lines().next().unwrap_or("");
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|mark| head.bytes().filter(|byte| byte == mark).count()).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers().map_err(|error| error.to_string())?.iter().map(|name| name.trim().to_lowercase()).collect();
    let column = |name: &str| names.iter().position(|known| known == name);
    let path = column("path").ok_or_else(|| "path".to_owned())?;
    let fields: Vec<(Field, usize)> = Field::ALL.into_iter().filter_map(|field| Some((field, column(field.key())?))).collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let cell = |at: usize| record.get(at).map(|value| unguarded(value.trim()).to_owned()).unwrap_or_default();
        let facts = fields.iter().map(|(field, at)| (*field, cell(*at))).collect();
        let part = column("part").and_then(|at| cell(at).parse().ok());
        rows.push(FactsRow { path: cell(path), part, facts });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let rows = vec![
            FactsRow {
                path: "2024/云溪, 报告.txt".into(),
                part: None,
                facts: Field::ALL
                    .into_iter()
                    .map(|field| (field, String::new()))
                    .chain([(Field::Title, "=1+1 “报告”\n二".into())])
                    .collect(),
            },
            FactsRow {
                path: "b.docx".into(),
                part: Some(120),
                facts: Field::ALL.into_iter().map(|field| (field, field.key().to_owned())).collect(),
            },
        ];
        let written = write_facts_csv(&rows);
        assert!(written.starts_with("\u{FEFF}path,part,title,"));
        assert!(written.contains("\"'=1+1 “报告”\n二\""));
        assert_eq!(read_facts_csv(&written), Ok(rows));
    }

    #[test]
    fn other_columns_and_other_marks_are_understood() {
        let rows = read_facts_csv("序号;Path;place\r\n1;a.txt;云溪市\r\n").unwrap_or_default();
        assert_eq!(
            rows.first().map(|row| (row.path.as_str(), row.facts.get(&Field::Place).cloned())),
            Some(("a.txt", Some("云溪市".into())))
        );
        assert!(read_facts_csv("a,b\n1,2\n").is_err());
    }
}
