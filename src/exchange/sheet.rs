//! A page that needs nothing else, for what comes of a review: it asks no network and runs no script, follows the system from
//! light to dark, and prints on A4.

use super::handed::Labels;
use super::markup::escaped;
use crate::report::Secrecy;

/// What the page may do: be styled by itself.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// A page of a title. What stands on it is markup already.
pub(super) fn sheet(labels: &dyn Labels, title: &str, secrecy: Option<Secrecy>, body: &str) -> String {
    let language = escaped(labels.label("sheet", "language"));
    let title = escaped(title);
    let style = include_str!("sheet.css");
    // On each printed sheet, too, in the words of the law.
    let stamp = secrecy.map(|level| format!("@page {{ @top-left {{ content: \"{}\"; font-weight: bold }} }}\n", level.mark()));
    let mark = secrecy.map(|level| format!("<p class=\"stamp\" lang=\"zh-Hans\">{}</p>\n", level.mark()));
    let head = [
        "<!DOCTYPE html>".to_owned(),
        format!("<html lang=\"{language}\">"),
        "<head>".to_owned(),
        "<meta charset=\"utf-8\">".to_owned(),
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">".to_owned(),
        format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">"),
        "<meta name=\"referrer\" content=\"no-referrer\">".to_owned(),
        format!("<title>{title}</title>"),
        format!("<style>\n{style}{}</style>", stamp.unwrap_or_default()),
        "</head>".to_owned(),
    ];
    format!("{}\n<body>\n{}{body}</body>\n</html>\n", head.join("\n"), mark.unwrap_or_default())
}

/// A row of cells.
pub(super) fn row(cells: impl IntoIterator<Item = String>) -> String {
    format!("<tr>{}</tr>\n", cells.into_iter().collect::<String>())
}

/// The head of a column or of a row.
pub(super) fn head(scope: &str, words: &str) -> String {
    format!("<th scope=\"{scope}\">{}</th>", escaped(words))
}

/// A paragraph with a class.
pub(super) fn paragraph(class: &str, words: &str) -> String {
    format!("<p class=\"{class}\">{}</p>\n", escaped(words))
}

/// What a page is held against in tests: HTML but for what it leaves open on purpose is XML.
#[cfg(test)]
pub(super) fn assert_well_formed(page: &str) {
    let body = page.split_once("<body>").unwrap().1.split_once("</body>").unwrap().0;
    let parsed = format!("<body>{body}</body>");
    assert!(roxmltree::Document::parse(&parsed).is_ok(), "{parsed}");
    for outside in ["src=", "url(", "@import", "<script", "<link", "http:", "https:"] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[cfg(test)]
mod tests {
    use super::super::handed::Keys;
    use super::*;

    #[test]
    fn a_secret_page_is_stamped_and_nothing_is_markup_that_was_not() {
        let page = sheet(&Keys, "一<b>二", Some(Secrecy::Secret), &paragraph("faint", "<三>"));
        assert_well_formed(&page);
        assert!(page.contains("<title>一&lt;b&gt;二</title>") && page.contains("<p class=\"faint\">&lt;三&gt;</p>"));
        assert!(page.contains("<p class=\"stamp\" lang=\"zh-Hans\">机密</p>") && page.contains("content: \"机密\""));
        assert!(!sheet(&Keys, "一", None, "").contains("class=\"stamp\""));
    }
}
