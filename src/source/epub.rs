//! EPUB: the chapters of its spine, each a web page (EPUB 3.3 §5).

use super::NotAReport;
use super::extracted::{Extent, Extracted, Format, Method, Told};
use super::html::{self, Notes};
use super::lines::Lines;
use super::package::{Package, resolve};
use super::xml::{self, Local as _};
use crate::quantity::date;
use std::collections::BTreeMap;

/// Reads a book.
///
/// # Errors
/// If it is damaged, locked or larger than any book.
pub(super) fn read(bytes: &[u8], extent: Extent) -> Result<Extracted, NotAReport> {
    let mut package = Package::open(bytes)?;
    // Fonts may be obfuscated by what this file says; chapters that are not in the clear are locked.
    let locked = package.text_if_any("META-INF/encryption.xml")?.is_some_and(|text| text.contains("xhtml") || text.contains(".html"));
    if locked {
        return Err(NotAReport::Locked);
    }
    let container = package.text("META-INF/container.xml")?;
    let tree = xml::parse(&container)?;
    let root = tree.descendants().find(|node| node.is("rootfile")).and_then(|node| node.value("full-path")).ok_or(NotAReport::Damaged)?;
    let root = resolve("", root);
    let book = package.text(&root)?;
    let tree = xml::parse(&book)?;
    let book = tree.root_element();
    let mut lines = Lines::default();
    let mut notes = Notes::default();
    let mut left_out = false;
    for chapter in chapters(book, extent) {
        let chapter = resolve(&root, &chapter);
        let Some(page) = package.text_if_any(&chapter)? else {
            left_out = true;
            continue;
        };
        html::read_chapter(&page, &chapter, &mut lines, &mut notes)?;
        if lines.is_too_long() {
            return Err(NotAReport::Bomb);
        }
    }
    lines.notes(notes.in_order());
    let (text, layout) = lines.finish();
    let method = Method::of(Format::Epub, None, extent);
    Ok(Extracted { text, method, errors: Vec::new(), layout, told: read_told(book), left_out })
}

/// The files of the chapters in reading order; the table of contents is none.
fn chapters(book: roxmltree::Node<'_, '_>, extent: Extent) -> Vec<String> {
    let mut files = BTreeMap::new();
    for item in book.child("manifest").into_iter().flat_map(|manifest| manifest.all("item").collect::<Vec<_>>()) {
        let is_contents = item.value("properties").is_some_and(|properties| properties.split(' ').any(|property| property == "nav"));
        let is_page = item.value("media-type").is_some_and(|kind| kind.contains("html"));
        if let (Some(id), Some(file)) = (item.value("id"), item.value("href"))
            && is_page
            && (extent == Extent::Whole || !is_contents)
        {
            files.insert(id, unescaped(file));
        }
    }
    let spine = book.child("spine").into_iter().flat_map(|spine| spine.all("itemref").collect::<Vec<_>>());
    let shown = |item: &roxmltree::Node<'_, '_>| extent == Extent::Whole || item.value("linear") != Some("no");
    spine.filter(shown).filter_map(|item| files.get(item.value("idref")?).cloned()).collect()
}

/// A reference with its percent signs resolved (RFC 3986 §2.1).
fn unescaped(reference: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = reference.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match hex.filter(|_| byte == b'%') {
            Some(value) => {
                bytes.push(value);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn read_told(book: roxmltree::Node<'_, '_>) -> BTreeMap<Told, String> {
    let mut told = BTreeMap::new();
    let Some(metadata) = book.child("metadata") else { return told };
    for node in metadata.children() {
        let text = node.text().unwrap_or("").trim();
        let (key, value) = match node.local() {
            "title" => (Told::Title, Some(text.to_owned())),
            "publisher" => (Told::Issuer, Some(text.to_owned())),
            "source" => (Told::Source, Some(text.to_owned())),
            "date" => (Told::Published, date(text).ok().map(|day| day.to_string())),
            _ => continue,
        };
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            told.entry(key).or_insert(value);
        }
    }
    told
}
