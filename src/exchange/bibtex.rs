//! BibTeX.

use super::citation::{author, language, published, title};
use super::stamp::remark;
use crate::report::{Facts, Field};

/// One report as an entry of type `techreport`.
pub(super) fn write(facts: &Facts, name: &str) -> String {
    let title = title(facts, name);
    let (year, day) = published(facts);
    // In double braces, so that the name of an office is not taken for a person's.
    let fields = [
        ("title", Some(format!("{{{}}}", escaped(title)))),
        ("author", author(facts).map(|author| format!("{{{}}}", escaped(&author)))),
        ("institution", facts.get(Field::Issuer).or_else(|| facts.get(Field::Source)).map(escaped)),
        ("number", facts.get(Field::Number).map(escaped)),
        ("year", year.clone()),
        ("date", day.map(str::to_owned)),
        ("url", facts.get(Field::Url).map(|url| url.replace(['{', '}'], ""))),
        ("urldate", facts.get(Field::Accessed).map(str::to_owned)),
        ("note", remark(facts)),
        ("langid", Some(if language(title) == "zh" { "chinese" } else { "english" }.to_owned())),
    ];
    let lines: Vec<String> = fields.iter().filter_map(|(key, value)| Some(format!("  {key} = {{{}}}", value.as_ref()?))).collect();
    format!("@techreport{{{},\n{}\n}}\n", key(facts, name, year.as_deref()), lines.join(",\n"))
}

/// A key that is the same for the same report and another for any other: the year, and a number made of all that is known.
fn key(facts: &Facts, name: &str, year: Option<&str>) -> String {
    let known = facts.all().values().map(String::as_str).chain([name]);
    let sum = known.flat_map(str::bytes).fold(0x811C_9DC5_u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("report{}{sum:08x}", year.unwrap_or(""))
}

/// Text with what BibTeX reads as its own put out of its way.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '{' | '}' => {}
            '\\' => escaped.push('/'),
            '&' | '%' | '$' | '#' | '_' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\n' | '\r' => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::citation::tests::known;
    use super::*;

    #[test]
    fn an_entry() {
        let entry = write(&known(), "a.txt");
        assert!(entry.starts_with("@techreport{report2024"), "{entry}");
        for line in ["  title = {{云溪市政府工作报告}}", "  author = {{云溪市人民政府}}", "  url = {https://www.example.gov.cn/a_1.html}"]
        {
            assert!(entry.contains(line), "{line}\n{entry}");
        }
        assert_eq!(escaped("50% & {a}_b"), "50\\% \\& a\\_b");
    }
}
