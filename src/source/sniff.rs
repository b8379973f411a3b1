//! What a file is, by its first bytes.

use crate::text::decode::decode;

/// Kinds of file that people take for reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// Text, as far as one can see.
    Text,
    /// PDF.
    Pdf,
    /// Word, .docx.
    Docx,
    /// Excel or PowerPoint of the same family.
    OtherOffice,
    /// OpenDocument text.
    Odt,
    /// Word, Excel or WPS of the old kind (.doc, .xls, .wps): an OLE compound file.
    OldOffice,
    /// OFD, the national layout format.
    Ofd,
    /// EPUB.
    Epub,
    /// A ZIP archive of something else.
    Zip,
    /// RAR, 7z, gzip.
    Archive,
    /// A picture.
    Image,
    /// Rich text.
    Rtf,
    /// A saved web page.
    Html,
    /// A web page saved as one file.
    Mhtml,
    /// A RON file: somebody's tags.
    Ron,
    /// A program, a sound, a film, a database: bytes that are no text.
    Binary,
}

impl FileKind {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Text,
        Self::Pdf,
        Self::Docx,
        Self::OtherOffice,
        Self::Odt,
        Self::OldOffice,
        Self::Ofd,
        Self::Epub,
        Self::Zip,
        Self::Archive,
        Self::Image,
        Self::Rtf,
        Self::Html,
        Self::Mhtml,
        Self::Ron,
        Self::Binary,
    ];

    /// Its key in the locale.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::OtherOffice => "other_office",
            Self::Odt => "odt",
            Self::OldOffice => "old_office",
            Self::Ofd => "ofd",
            Self::Epub => "epub",
            Self::Zip => "zip",
            Self::Archive => "archive",
            Self::Image => "image",
            Self::Rtf => "rtf",
            Self::Html => "html",
            Self::Mhtml => "mhtml",
            Self::Ron => "ron",
            Self::Binary => "binary",
        }
    }
}

/// Bytes a format begins with.
const BEGINNINGS: &[(&[u8], FileKind)] = &[
    (b"%PDF-", FileKind::Pdf),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", FileKind::OldOffice),
    (b"{\\rtf", FileKind::Rtf),
    (b"\x89PNG\r\n\x1A\n", FileKind::Image),
    (b"\xFF\xD8\xFF", FileKind::Image),
    (b"GIF87a", FileKind::Image),
    (b"GIF89a", FileKind::Image),
    (b"II*\0", FileKind::Image),
    (b"MM\0*", FileKind::Image),
    (b"BM", FileKind::Image),
    (b"Rar!\x1A\x07", FileKind::Archive),
    (b"7z\xBC\xAF\x27\x1C", FileKind::Archive),
    (b"\x1F\x8B\x08", FileKind::Archive),
    (b"\x7FELF", FileKind::Binary),
    (b"MZ", FileKind::Binary),
    (b"SQLite format 3\0", FileKind::Binary),
];

/// Says what a file is by its first bytes. Text is what is left.
pub fn sniff(bytes: &[u8]) -> FileKind {
    if bytes.starts_with(b"PK\x03\x04") {
        return zip_kind(bytes);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return FileKind::Image;
    }
    let named = BEGINNINGS.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| *kind);
    match named {
        // Two letters are too few to tell: a text may begin with them.
        Some(kind) if !(bytes.starts_with(b"BM") || bytes.starts_with(b"MZ")) => return kind,
        Some(kind) if is_binary(bytes) => return kind,
        _ => {}
    }
    // A PDF may have something in front of it (ISO 32000-2, annex I.3.4.1).
    if bytes.get(..1024.min(bytes.len())).is_some_and(|head| head.windows(5).any(|window| window == b"%PDF-")) {
        return FileKind::Pdf;
    }
    if is_binary(bytes) {
        return FileKind::Binary;
    }
    let head = decode(bytes.get(..HEAD.min(bytes.len())).unwrap_or_default()).text.trim_start().to_ascii_lowercase();
    if is_page(&head) {
        FileKind::Html
    } else if head.contains("mime-version:") && head.contains("multipart/related") {
        FileKind::Mhtml
    } else if head.starts_with("(") && head.contains("format:") && head.contains("jiannuo") {
        FileKind::Ron
    } else {
        FileKind::Text
    }
}

/// How much of a text is looked at, in bytes.
const HEAD: usize = 2048;

/// Whether a text in lower case begins as a web page does: with one of its elements, after declarations and comments.
fn is_page(head: &str) -> bool {
    let mut rest = head;
    while let Some((opening, closing)) = [("<?xml", "?>"), ("<!--", "-->")].into_iter().find(|(opening, _)| rest.starts_with(opening)) {
        let after = rest.split_once(closing).map_or("", |(_, after)| after);
        if after.is_empty() && opening == "<!--" {
            return true;
        }
        rest = after.trim_start();
    }
    let Some(rest) = rest.strip_prefix('<') else { return false };
    let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '!' | ':')).collect();
    let ends = rest.get(name.len()..).is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/')));
    (name == "!doctype" && rest.contains("html")) || (ends && ELEMENTS.contains(&name.as_str()))
}

/// Elements that pages, and pieces of pages, begin with.
const ELEMENTS: [&str; 47] = [
    "html",
    "head",
    "body",
    "meta",
    "title",
    "link",
    "script",
    "style",
    "base",
    "frameset",
    "div",
    "table",
    "tbody",
    "tr",
    "td",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "center",
    "font",
    "span",
    "section",
    "article",
    "main",
    "header",
    "nav",
    "ul",
    "ol",
    "dl",
    "blockquote",
    "pre",
    "form",
    "img",
    "a",
    "b",
    "i",
    "u",
    "br",
    "hr",
    "em",
    "strong",
    "small",
    "o:p",
];

/// Which of the formats packed as ZIP it is, by the names of its entries; of a damaged one by what stands near its ends.
fn zip_kind(bytes: &[u8]) -> FileKind {
    if let Some(names) = super::package::names(bytes) {
        let has = |name: &str| names.iter().any(|known| known == name);
        let office = has("[Content_Types].xml");
        return match () {
            () if office && names.iter().any(|name| name.starts_with("word/")) => FileKind::Docx,
            () if has("META-INF/container.xml") => FileKind::Epub,
            () if has("OFD.xml") => FileKind::Ofd,
            () if office => FileKind::OtherOffice,
            () if has("content.xml") && (has("META-INF/manifest.xml") || has("mimetype")) => open_document_kind(bytes),
            () => FileKind::Zip,
        };
    }
    let near = bytes.get(..(64 * 1024).min(bytes.len())).unwrap_or_default();
    let end = bytes.get(bytes.len().saturating_sub(64 * 1024)..).unwrap_or_default();
    let holds = |name: &[u8]| near.windows(name.len()).chain(end.windows(name.len())).any(|window| window == name);
    if holds(b"word/") && holds(b"[Content_Types].xml") {
        FileKind::Docx
    } else if holds(b"application/epub+zip") {
        FileKind::Epub
    } else if holds(b"opendocument.text") {
        FileKind::Odt
    } else if holds(b"OFD.xml") {
        FileKind::Ofd
    } else if holds(b"[Content_Types].xml") {
        FileKind::OtherOffice
    } else {
        FileKind::Zip
    }
}

/// Whether an OpenDocument file is a text, by its first entry or by its list of parts.
fn open_document_kind(bytes: &[u8]) -> FileKind {
    let part = |name: &str| super::package::Package::open(bytes).ok()?.text_if_any(name).ok()?;
    let said = part("mimetype").or_else(|| part("META-INF/manifest.xml")).unwrap_or_default();
    if said.contains("opendocument.text") { FileKind::Odt } else { FileKind::OtherOffice }
}

/// Whether bytes are no text in an encoding of one to four bytes a character: more than a few NUL and
/// control bytes. UTF-16 looks like this too; a mark at the start says so.
fn is_binary(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return false;
    }
    let head = bytes.get(..8192.min(bytes.len())).unwrap_or_default();
    let controls = head.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, b'\n' | b'\r' | b'\t' | 0x0C | 0x1A | 0x1B)).count();
    controls * 50 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_by_their_first_bytes() {
        let cases: &[(&[u8], FileKind)] = &[
            (b"", FileKind::Text),
            ("政府工作报告".as_bytes(), FileKind::Text),
            (b"%PDF-1.7\n", FileKind::Pdf),
            (b"PK\x03\x04....[Content_Types].xml....word/document.xml", FileKind::Docx),
            (b"garbage\n%PDF-1.4\n", FileKind::Pdf),
            (b"<!-- saved from url=(0020)http://a.gov.cn/ -->\n<HTML>", FileKind::Html),
            (b"\xEF\xBB\xBF<?xml version='1.0'?>\n<html xmlns='x'>", FileKind::Html),
            (b"<\0h\0t\0m\0l\0>\0", FileKind::Binary),
            (b"\xFF\xFE<\0h\0t\0m\0l\0>\0", FileKind::Html),
            (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n", FileKind::Mhtml),
            (b"PK\x03\x04....hello.txt", FileKind::Zip),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", FileKind::OldOffice),
            (b"\x89PNG\r\n\x1A\n", FileKind::Image),
            (b"BMW sold 3 cars", FileKind::Text),
            (b"<!DOCTYPE html><html>", FileKind::Html),
            (b"\x7FELF\x02\x01", FileKind::Binary),
            (b"\xFF\xFE\x3F\x65\x9C\x5E", FileKind::Text),
        ];
        for (bytes, kind) in cases {
            assert_eq!(sniff(bytes), *kind, "{bytes:?}");
        }
    }
}
