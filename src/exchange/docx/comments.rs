//! Comments (批注): each says of a tag what kind it is, its quantities and attributes, and who made it.

use super::runs::run;
use crate::annotation::Time;
use crate::exchange::handed::TagRow;
use crate::exchange::markup::escaped;
use crate::exchange::voice::Voice;

/// The comment on a tag.
pub(super) fn comment(voice: &Voice<'_>, row: &TagRow<'_>, id: usize) -> String {
    let name = row.layer.person.name.as_str();
    let initial: String = name.chars().take(1).collect();
    let mark = "<w:r><w:rPr><w:rStyle w:val=\"CommentReference\"/></w:rPr><w:annotationRef/></w:r>";
    let paragraph = |(at, line): (usize, &String)| {
        let mark = if at == 0 { mark } else { "" };
        format!("<w:p><w:pPr><w:pStyle w:val=\"CommentText\"/></w:pPr>{mark}{}</w:p>", run("", "", line))
    };
    let paragraphs: String = voice.lines(row).iter().enumerate().map(paragraph).collect();
    format!(
        "<w:comment w:id=\"{id}\" w:author=\"{}\" w:date=\"{}\" w:initials=\"{}\">{paragraphs}</w:comment>",
        escaped(name),
        moment(row.stamp.changed),
        escaped(&initial)
    )
}

/// A moment as Word takes one: without fractions of a second.
fn moment(time: Time) -> String {
    let said = time.to_string();
    format!("{}Z", said.split(['.', 'Z']).next().unwrap_or(&said))
}
