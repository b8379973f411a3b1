//! PDF with a text layer: glyphs to rows, rows to paragraphs, without page numbers and running heads.
//!
//! Pages are interpreted by hayro, which knows the predefined CMaps of Chinese fonts; docs/originals.md says how it was
//! chosen. A PDF holds no paragraphs: docs/originals.md says how they are told.

mod collections;
mod contents;
mod glyphs;
mod heads;
mod paragraphs;
mod rows;

use super::NotAReport;
use super::extracted::{Extent, Extracted, Format, Method, Told};
use super::lines::{Lines, unknown_characters};
use glyphs::{Glyphs, Page};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt as _, interpret_page};
use rows::{Row, rows};
use std::collections::BTreeMap;

/// The most pages a report has.
const MOST_PAGES: usize = 5_000;
/// The most glyphs that are read.
const MOST_GLYPHS: usize = 3_000_000;

/// Reads a PDF.
///
/// # Errors
/// If it is damaged, locked, holds only pictures, or does not say which characters it draws.
pub(super) fn read(bytes: &[u8], extent: Extent) -> Result<Extracted, NotAReport> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => NotAReport::Locked,
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => NotAReport::Damaged,
    })?;
    if pdf.pages().len() > MOST_PAGES {
        return Err(NotAReport::Bomb);
    }
    let mut pages = read_pages(&pdf)?;
    collections::complete(&pdf, &mut pages);
    let drawn: usize = pages.iter().map(|page| page.glyphs.len()).sum();
    let unmapped: usize = pages.iter().map(|page| page.unmapped).sum();
    if drawn == 0 {
        let pictures = pages.iter().any(|page| page.pictures > 0);
        return Err(if pictures {
            NotAReport::Scan
        } else if pages.is_empty() {
            NotAReport::Damaged
        } else {
            NotAReport::Empty
        });
    }
    let turned = pages.iter_mut().map(Page::turn).fold(false, |any, lost| any | lost);
    if unmapped * 2 > drawn {
        return Err(NotAReport::Unmapped);
    }
    let mut rows: Vec<Vec<Row>> = pages.iter().map(rows).collect();
    let mut left_out = turned;
    if extent == Extent::Main {
        let whole = rows.clone();
        let removed = heads::remove(&mut rows, &pages) | contents::remove(&mut rows);
        // What is nothing but heads is no head.
        if rows.iter().all(Vec::is_empty) {
            rows = whole;
        } else {
            left_out |= removed;
        }
    }
    let mut lines = Lines::default();
    paragraphs::write(&rows, &mut lines);
    if lines.is_too_long() {
        return Err(NotAReport::Bomb);
    }
    let (text, layout) = lines.finish();
    let errors = unknown_characters(&text);
    Ok(Extracted { text, method: Method::of(Format::Pdf, None, extent), errors, layout, told: read_told(&pdf), left_out })
}

fn read_pages(pdf: &Pdf) -> Result<Vec<Page>, NotAReport> {
    let cache = InterpreterCache::new();
    let mut pages = Vec::new();
    let mut total = 0;
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let bounds = hayro_interpret::kurbo::Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let settings = InterpreterSettings::default();
        let mut context = Context::new(page.initial_transform(true).to_kurbo(), bounds, &cache, pdf.xref(), settings);
        let mut glyphs = Glyphs::new(f64::from(width), f64::from(height), MOST_GLYPHS - total);
        interpret_page(page, &mut context, &mut glyphs);
        total += glyphs.page.glyphs.len();
        if total >= MOST_GLYPHS {
            return Err(NotAReport::Bomb);
        }
        pages.push(glyphs.page);
    }
    Ok(pages)
}

/// The title in the file's properties, unless it is the name of the file it was made from.
fn read_told(pdf: &Pdf) -> BTreeMap<Told, String> {
    let title = pdf.metadata().title.as_deref().map(text_string).unwrap_or_default();
    let is_file = title.rsplit_once('.').is_some_and(|(_, ending)| (2..=5).contains(&ending.len()) && ending.is_ascii());
    let title = title.trim();
    if is_file || title.chars().count() < 4 { BTreeMap::new() } else { BTreeMap::from([(Told::Title, title.to_owned())]) }
}

/// A text string of a PDF: UTF-16BE or UTF-8 by its mark, else bytes of which only ASCII is sure (ISO 32000-2 §7.9.2.2).
fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units: Vec<u16> = rest
                .chunks_exact(2)
                .map(|pair| u16::from_be_bytes([pair.first().copied().unwrap_or(0), pair.last().copied().unwrap_or(0)]))
                .collect();
            String::from_utf16_lossy(&units)
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ if bytes.is_ascii() => String::from_utf8_lossy(bytes).into_owned(),
        _ => String::new(),
    }
}
