//! RIS, the format in which reference managers exchange (EndNote, Zotero, NoteExpress).

use super::citation::{author, language, published, title};
use super::stamp::remark;
use crate::report::{Facts, Field};

/// One report as a record of type `RPRT`, or `GOVDOC` where it has a document number.
pub(super) fn write(facts: &Facts, name: &str) -> String {
    let title = title(facts, name);
    let (year, day) = published(facts);
    let kind = if facts.get(Field::Number).is_some() { "GOVDOC" } else { "RPRT" };
    let lines = [
        ("TY", Some(kind.to_owned())),
        ("TI", Some(title.to_owned())),
        ("AU", author(facts)),
        ("PY", year),
        ("DA", day.map(|day| format!("{}/", day.replace('-', "/")))),
        ("PB", facts.get(Field::Issuer).or_else(|| facts.get(Field::Source)).map(str::to_owned)),
        ("SN", facts.get(Field::Number).map(str::to_owned)),
        ("LA", Some(language(title).to_owned())),
        ("N1", remark(facts)),
        ("UR", facts.get(Field::Url).map(str::to_owned)),
        ("Y2", facts.get(Field::Accessed).map(|day| format!("{}/", day.replace('-', "/")))),
    ];
    let mut written = String::new();
    for (tag, value) in lines.iter().filter_map(|(tag, value)| Some((tag, value.as_ref()?))) {
        // A line end would end the field.
        written.push_str(&format!("{tag}  - {}\r\n", value.replace(['\r', '\n'], " ")));
    }
    written + "ER  - \r\n"
}

#[cfg(test)]
mod tests {
    use super::super::citation::tests::known;
    use super::*;

    #[test]
    fn a_record() {
        assert_eq!(
            write(&known(), "a.txt").lines().collect::<Vec<_>>(),
            [
                "TY  - GOVDOC",
                "TI  - 云溪市政府工作报告",
                "AU  - 云溪市人民政府",
                "PY  - 2024",
                "DA  - 2024/01/18/",
                "PB  - 云溪日报",
                "SN  - 云政发〔2024〕1号",
                "LA  - zh",
                "UR  - https://www.example.gov.cn/a_1.html",
                "Y2  - 2024/03/02/",
                "ER  - "
            ]
        );
    }
}
