//! Saved web pages: the encoding, the main text, and what the page says of itself.

mod blocks;
mod main_text;
mod notes;
mod tree;

use super::extracted::{Extent, Extracted, Format, Method, Told};
use super::lines::{Lines, unknown_characters};
use super::{NotAReport, Wish};
use crate::quantity::date;
use crate::text::decode::{Encoding, decode_as, detect};
use blocks::{Block, Shown, blocks, blocks_of_chapter};
pub(super) use notes::Notes;
use std::collections::BTreeMap;
use tree::{Content, NodeId, Tree};

/// How far into a page its declaration of the encoding is looked for, in bytes: browsers look at 1,024, but pages saved
/// by hand have more in front.
const DECLARED_WITHIN: usize = 8 * 1024;

/// Reads a page.
///
/// # Errors
/// If it is larger or deeper than any page.
pub(super) fn read(bytes: &[u8], wish: Wish) -> Result<Extracted, NotAReport> {
    let encoding = wish.encoding.unwrap_or_else(|| encoding_of(bytes));
    let decoded = decode_as(bytes, encoding);
    let mut extracted = read_text(&decoded.text, wish)?;
    extracted.method = Method::of(Format::Html, Some(encoding), wish.extent);
    // A mark for what could not be decoded may stand in a page as such: somebody else's damage.
    if !decoded.errors.is_empty() {
        extracted.errors = unknown_characters(&extracted.text);
    }
    Ok(extracted)
}

/// The encoding of a page: what its bytes prove; else what it declares, if the bytes bear that out; else the likeliest.
fn encoding_of(bytes: &[u8]) -> Encoding {
    let found = detect(bytes);
    let head = String::from_utf8_lossy(bytes.get(..DECLARED_WITHIN.min(bytes.len())).unwrap_or_default()).to_ascii_lowercase();
    let declared = head.split("charset").skip(1).find_map(|rest| {
        let name: String = rest
            .trim_start_matches([' ', '=', '"', '\''])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            .collect();
        Encoding::from_name(&name)
    });
    match declared {
        Some(declared) if found != Encoding::Utf8 && !matches!(declared, Encoding::Utf16Le | Encoding::Utf16Be) => {
            // A declaration is believed unless reading by it breaks more than reading by the bytes does.
            let broken = |encoding| decode_as(bytes, encoding).errors.len();
            if broken(declared) <= broken(found) + bytes.len() / 2_000 { declared } else { found }
        }
        _ => found,
    }
}

/// Reads a page that is decoded.
///
/// # Errors
/// If it is larger or deeper than any page.
pub(super) fn read_text(page: &str, wish: Wish) -> Result<Extracted, NotAReport> {
    let tree = Tree::parse(page)?;
    let told = read_told(&tree);
    let all = blocks(&tree, tree.root());
    let chosen = match wish.extent {
        Extent::Whole => (0..all.len()).collect(),
        Extent::Main => main_text::main_blocks(&tree, &all, told.get(&Told::Title).map(String::as_str)),
    };
    let mut lines = Lines::default();
    chosen.iter().filter_map(|at| all.get(*at)).for_each(|block| write(block, &mut lines));
    if lines.is_too_long() {
        return Err(NotAReport::Bomb);
    }
    let (text, layout) = lines.finish();
    let method = Method::of(Format::Html, None, wish.extent);
    Ok(Extracted { text, method, errors: Vec::new(), layout, told, left_out: chosen.len() < all.len() })
}

/// Adds all that a chapter of a book shows, and its notes to those of the book.
///
/// # Errors
/// If it is larger or deeper than any page.
pub(super) fn read_chapter(page: &str, file: &str, lines: &mut Lines, notes: &mut Notes) -> Result<(), NotAReport> {
    let tree = Tree::parse(page)?;
    notes.take_texts(&tree, file);
    blocks_of_chapter(&tree, file, notes).iter().for_each(|block| write(block, lines));
    Ok(())
}

fn write(block: &Block, lines: &mut Lines) {
    match &block.shown {
        Shown::Paragraph(text) => lines.paragraph(text),
        Shown::Table(rows) => lines.table(rows),
    }
}

/// Names of `<meta>` under which pages say what they are, in lower case: those of Dublin Core, Open Graph and the
/// national rules for government sites (《政府网站发展指引》, 国办发〔2017〕47号: ArticleTitle, PubDate, ContentSource).
const METAS: [(&str, Told); 14] = [
    ("articletitle", Told::Title),
    ("og:title", Told::Title),
    ("dc.title", Told::Title),
    ("pubdate", Told::Published),
    ("publishdate", Told::Published),
    ("article:published_time", Told::Published),
    ("dc.date", Told::Published),
    ("contentsource", Told::Source),
    ("og:site_name", Told::Source),
    ("dc.publisher", Told::Issuer),
    ("author", Told::Issuer),
    ("url", Told::Url),
    ("og:url", Told::Url),
    ("dc.source", Told::Source),
];

fn read_told(tree: &Tree) -> BTreeMap<Told, String> {
    let mut told = BTreeMap::new();
    let mut put = |key, value: &str| {
        let value = super::lines::collapse(value).trim().to_owned();
        let fits = key != Told::Url || value.starts_with("http://") || value.starts_with("https://");
        if fits && !value.is_empty() {
            told.entry(key).or_insert(value);
        }
    };
    let metas: BTreeMap<String, &str> = tree
        .descendants(tree.root())
        .filter(|id| tree.name(*id) == "meta")
        .filter_map(|id| {
            let name = tree.attribute(id, "name").or_else(|| tree.attribute(id, "property"))?;
            Some((name.to_ascii_lowercase(), tree.attribute(id, "content")?))
        })
        .collect();
    for (name, key) in METAS {
        match (metas.get(name), key) {
            (Some(value), Told::Published) => date(value).into_iter().for_each(|day| put(key, &day.to_string())),
            (Some(value), _) => put(key, value),
            (None, _) => {}
        }
    }
    for id in tree.descendants(tree.root()) {
        read_element(tree, id, &mut put);
    }
    told
}

fn read_element(tree: &Tree, id: NodeId, put: &mut impl FnMut(Told, &str)) {
    match (tree.name(id), tree.get(id).map(|node| &node.content)) {
        ("title", _) => put(Told::Title, without_site(&super::lines::collapse(&tree.text(id)))),
        ("link", _) if tree.attribute(id, "rel") == Some("canonical") => {
            tree.attribute(id, "href").into_iter().for_each(|url| put(Told::Url, url));
        }
        // <!-- saved from url=(0042)http://… --> as browsers write it into what they save.
        (_, Some(Content::Comment(comment))) => {
            if let Some((_, rest)) = comment.split_once("saved from url=(") {
                let url = rest.split_once(')').map_or("", |(_, url)| url).split_whitespace().next().unwrap_or("");
                put(Told::Url, url);
            }
        }
        _ => {}
    }
}

/// A page's title without the name of its site behind it.
fn without_site(title: &str) -> &str {
    let cut = ["_", "|", " - ", "－", "--", "——"].iter().filter_map(|mark| title.find(mark)).filter(|at| *at > 0).min();
    title.get(..cut.unwrap_or(title.len())).unwrap_or(title).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn main_text(page: &str) -> String {
        read_text(page, Wish::default()).map(|read| read.text).unwrap_or_default()
    }

    #[test]
    fn the_main_text_of_a_page() {
        let page = "<title>政府工作报告_某市政府</title><div class=nav><a href=/>首页</a><a href=/x>公开</a></div>\
            <h1>政府工作报告</h1><p>来源：某市日报</p><div id=c><p>各位代表：</p><p>全市生产总值增长8%，就业稳定。</p>\
            <p>一、回顾</p><p>过去一年，我们坚持稳中求进，办成了许多大事。<br>新的一年，任务更重。</p></div>\
            <div class=share>分享到：微信</div><ul><li><a href=1>相关新闻一</a></li><li><a href=2>相关新闻二</a></li></ul><div>版权所有 某市政府办公室主办，网站标识码1234567890</div>";
        assert_eq!(
            main_text(page),
            "政府工作报告\n来源：某市日报\n各位代表：\n全市生产总值增长8%，就业稳定。\n一、回顾\n过去一年，我们坚持稳中求进，办成了许多大事。\n新的一年，任务更重。\n"
        );
    }

    #[test]
    fn tables_of_data_and_tables_of_layout() {
        let page = "<table><tr><td><a href=1>首页</a></td><td><p>全市生产总值增长8%，就业形势总体稳定，物价平稳。</p>\
            <table><tr><th>指标<th colspan=2>增长<tr><td rowspan=2>产值<td>8<td>%<tr><td>9<td>%</table></td></tr></table>";
        assert_eq!(main_text(page), "全市生产总值增长8%，就业形势总体稳定，物价平稳。\n指标\t增长\n产值\t8\t%\n\t9\t%\n");
    }
}
