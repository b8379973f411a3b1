//! Web pages saved as one file, .mhtml: a mail whose first part of HTML is the page (RFC 2557).

use super::extracted::{Extent, Extracted, Format, Method, Told};
use super::{NotAReport, Wish, html};
use mail_parser::{MessageParser, MimeHeaders as _};

/// Reads a page saved as one file.
///
/// # Errors
/// If there is no page in it.
pub(super) fn read(bytes: &[u8], extent: Extent) -> Result<Extracted, NotAReport> {
    let message = MessageParser::default().parse(bytes).ok_or(NotAReport::Damaged)?;
    let is_page = |part: &&mail_parser::MessagePart<'_>| {
        part.content_type().is_some_and(|kind| kind.ctype() == "text" && kind.subtype().is_some_and(|kind| kind == "html"))
    };
    let page = message.parts.iter().find(is_page).ok_or(NotAReport::Damaged)?;
    // The parser has decoded the part by what its header says: what comes is UTF-8, whatever the page says of itself.
    let text = page.text_contents().ok_or(NotAReport::Damaged)?;
    let mut extracted = html::read_text(text, Wish { encoding: None, extent })?;
    extracted.method = Method::of(Format::Mhtml, None, extent);
    let address = message.header_raw("Snapshot-Content-Location").map(str::trim).filter(|url| url.starts_with("http"));
    if let Some(url) = address {
        extracted.told.insert(Told::Url, url.to_owned());
    }
    if let Some(date) = message.date() {
        extracted.told.insert(Told::Accessed, format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
    }
    Ok(extracted)
}
