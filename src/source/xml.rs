//! Reading XML parts: with limits, by local names, whatever the namespace's edition.

use super::NotAReport;
use crate::text::decode::decode;
use roxmltree::{Document, Node, ParsingOptions};

/// The most nodes a part may have.
const MOST_NODES: u32 = 2_000_000;
/// The deepest elements may nest: Word's own nest some forty deep.
pub(crate) const DEEPEST: usize = 256;

/// The most attributes of an element.
const MOST_ATTRIBUTES: usize = 1_000;
/// The most declarations of namespaces in a part: Word writes some thirty.
const MOST_NAMESPACES: usize = 2_000;

/// Bytes of an XML part as text: UTF-8 or UTF-16, as the standard wants it, or whatever else was written.
pub(super) fn decoded(bytes: &[u8]) -> String {
    decode(bytes).text
}

/// Parses a part. Entities beyond the five of XML itself are refused, and with them every trick played by them.
///
/// # Errors
/// If it is damaged, or larger or deeper than any document.
pub(crate) fn parse(text: &str) -> Result<Document<'_>, NotAReport> {
    if is_too_deep(text) {
        return Err(NotAReport::Bomb);
    }
    let text = without_doctype(text).ok_or(NotAReport::Damaged)?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => NotAReport::Bomb,
        _ => NotAReport::Damaged,
    })
}

/// A part behind a document type that defines nothing itself; nothing where it does.
fn without_doctype(text: &str) -> Option<&str> {
    let Some(at) = text.find("<!DOCTYPE") else { return Some(text) };
    // What stands in front is a declaration or a comment; an element in front makes it no document type.
    if text.get(..at).is_none_or(|before| before.chars().count() > 2_000) {
        return Some(text);
    }
    let (declared, rest) = text.get(at..)?.split_once('>')?;
    (!declared.contains('[')).then_some(rest)
}

/// Whether elements nest deeper than any document's, as far as counting tags tells: asked before parsing, so that no
/// parser has to be deep itself.
fn is_too_deep(text: &str) -> bool {
    let (mut depth, mut inside, mut quote, mut last) = (0usize, false, None, b' ');
    // Attributes of a tag, and declarations of namespaces: what reads them compares each with all.
    let (mut attributes, mut namespaces) = (0usize, 0usize);
    let mut skip = 0;
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        if at < skip {
            continue;
        }
        if !inside && byte == b'<' {
            // What is no element may hold anything.
            let rest = text.as_bytes().get(at..).unwrap_or_default();
            let wholes: [(&[u8], &[u8]); 3] = [(b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>")];
            if let Some((_, end)) = wholes.iter().find(|(begin, _)| rest.starts_with(begin)) {
                skip = at + memchr::memmem::find(rest, end).map_or(rest.len(), |found| found + end.len());
                continue;
            }
        }
        match (inside, quote, byte) {
            (true, None, b'=') => {
                attributes += 1;
                namespaces += usize::from(
                    text.as_bytes().get(at.saturating_sub(24)..at).is_some_and(|name| memchr::memmem::find(name, b"xmlns").is_some()),
                );
                if attributes > MOST_ATTRIBUTES || namespaces > MOST_NAMESPACES {
                    return true;
                }
            }
            (true, Some(mark), _) if byte == mark => quote = None,
            (true, Some(_), _) => {}
            (true, None, b'"' | b'\'') => quote = Some(byte),
            (true, None, b'>') => {
                inside = false;
                depth = depth.saturating_sub(usize::from(last == b'/'));
            }
            (_, None, b'<') => match text.as_bytes().get(at + 1) {
                Some(b'/') => depth = depth.saturating_sub(1),
                Some(b'!' | b'?') | None => {}
                Some(_) => {
                    inside = true;
                    attributes = 0;
                    depth += 1;
                    if depth > DEEPEST {
                        return true;
                    }
                }
            },
            _ => {}
        }
        last = byte;
    }
    false
}

/// Local names, and attributes by them.
pub(crate) trait Local<'a, 'input: 'a> {
    /// Whether it is an element of this local name.
    fn is(&self, name: &str) -> bool;
    /// Its local name; empty for what is no element.
    fn local(&self) -> &'a str;
    /// An attribute by its local name.
    fn value(&self, name: &str) -> Option<&'a str>;
    /// The first child element of a name.
    fn child(&self, name: &str) -> Option<Node<'a, 'input>>;
    /// The child elements of a name.
    fn all(&self, name: &'static str) -> impl Iterator<Item = Node<'a, 'input>>;
}

impl<'a, 'input: 'a> Local<'a, 'input> for Node<'a, 'input> {
    fn is(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }

    fn local(&self) -> &'a str {
        if self.is_element() { self.tag_name().name() } else { "" }
    }

    fn value(&self, name: &str) -> Option<&'a str> {
        self.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
    }

    fn child(&self, name: &str) -> Option<Node<'a, 'input>> {
        self.children().find(|child| child.is(name))
    }

    fn all(&self, name: &'static str) -> impl Iterator<Item = Node<'a, 'input>> {
        self.children().filter(move |child| child.is(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_entities_and_damage_are_refused() {
        let deep = format!("<a>{}{}</a>", "<b>".repeat(5000), "</b>".repeat(5000));
        let entities = r#"<!DOCTYPE a [<!ENTITY x "yyyyyyyyyy"><!ENTITY z "&x;&x;&x;">]><a>&z;</a>"#;
        for (text, expected) in [(deep.as_str(), NotAReport::Bomb), (entities, NotAReport::Damaged), ("<a><b></a>", NotAReport::Damaged)] {
            assert_eq!(parse(text).err(), Some(expected));
        }
        assert!(parse("<a><b/>&amp;&#x4E2D;</a>").is_ok());
    }
}
