//! Characters of fonts that say of which national collection they are, but not which character a code is.
//!
//! An embedded font of Adobe-GB1, CNS1, Japan1 or Korea1 needs no `ToUnicode`: its codes lead to numbers of the
//! collection, and the collection's own CMap to characters (ISO 32000-2 §9.10.2). hayro does this for fonts that are not
//! embedded.

use super::glyphs::Page;
use hayro_interpret::hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use std::collections::BTreeMap;
use std::ops::Deref as _;

/// A font: from codes to the numbers of a collection, and from these to characters.
struct Collection {
    codes: CMap,
    characters: CMap,
}

impl Collection {
    /// The characters of a code.
    fn text(&self, code: u32) -> Option<String> {
        let number = [2, 1, 3, 4].into_iter().find_map(|bytes| self.codes.lookup_cid_code(code, bytes))?;
        Some(match self.characters.lookup_bf_string(number)? {
            BfString::Char(c) => c.to_string(),
            BfString::String(text) => text,
        })
    }
}

/// Completes the glyphs that do not say which characters they are, as far as their fonts tell.
pub(super) fn complete(pdf: &Pdf, pages: &mut [Page]) {
    if pages.iter().all(|page| page.unmapped == 0) {
        return;
    }
    let fonts = fonts(pdf);
    for page in pages {
        for glyph in &mut page.glyphs {
            let Some((font, code)) = glyph.unmapped.as_deref() else { continue };
            if let Some(text) = fonts.get(font).and_then(|font| font.text(*code)) {
                glyph.text = text;
                page.unmapped -= 1;
            }
        }
    }
}

/// The fonts of national collections without `ToUnicode`, by their names.
fn fonts(pdf: &Pdf) -> BTreeMap<String, Collection> {
    let mut fonts = BTreeMap::new();
    for object in pdf.objects() {
        let Object::Dict(font) = object else { continue };
        if font.get::<Name<'_>>("Subtype").is_none_or(|kind| kind.as_str() != "Type0") || font.contains_key("ToUnicode") {
            continue;
        }
        if let (Some(name), Some(collection)) = (font.get::<Name<'_>>("BaseFont"), collection(&font)) {
            fonts.insert(without_subset(name.as_str()).to_owned(), collection);
        }
    }
    fonts
}

fn collection(font: &Dict<'_>) -> Option<Collection> {
    let codes = match font.get::<Object<'_>>("Encoding")? {
        Object::Name(name) => match CMapName::from_bytes(name.deref()) {
            CMapName::IdentityH | CMapName::IdentityV => CMap::identity_h(),
            name => CMap::parse(load_embedded(name)?, load_embedded)?,
        },
        Object::Stream(stream) => embedded(&stream)?,
        _ => return None,
    };
    let descendant = font.get::<Array<'_>>("DescendantFonts")?.iter::<Dict<'_>>().next()?;
    let info = descendant.get::<Dict<'_>>("CIDSystemInfo")?;
    let (registry, ordering) = (info.get::<PdfString<'_>>("Registry")?, info.get::<PdfString<'_>>("Ordering")?);
    let family = CidFamily::from_registry_ordering(registry.deref(), ordering.deref());
    let characters = CMap::parse(load_embedded(family.ucs2_cmap()?)?, load_embedded)?;
    Some(Collection { codes, characters })
}

fn embedded(stream: &Stream<'_>) -> Option<CMap> {
    CMap::parse(&stream.decoded().ok()?, load_embedded)
}

/// The name of a font without the mark of its subset: `ABCDEF+SimSun`.
pub(super) fn without_subset(name: &str) -> &str {
    let mark = name.split_once('+').filter(|(mark, _)| mark.len() == 6 && mark.bytes().all(|byte| byte.is_ascii_uppercase()));
    mark.map_or(name, |(_, name)| name)
}
