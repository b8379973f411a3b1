//! Which blocks of a page are the report: the element that holds nearly all running text, and the title above it.
//!
//! Nothing is known of particular sites. docs/originals.md describes the rule.

use super::blocks::{Block, Shown};
use super::tree::{NodeId, Tree};
use std::collections::BTreeMap;

/// The share of the running text an element must hold to be looked into further.
const NEARLY_ALL: f64 = 0.95;
/// The share that is enough where the element holds several paragraphs.
const MOST: f64 = 0.8;

/// Elements that by their name are no part of a text.
const ASIDE: [&str; 5] = ["nav", "aside", "footer", "menu", "dialog"];
/// Parts of names that people who make pages give to what is not the text.
const ASIDE_NAMES: [&str; 19] = [
    "nav",
    "menu",
    "breadcrumb",
    "crumb",
    "share",
    "related",
    "relate",
    "sidebar",
    "copyright",
    "footer",
    "pager",
    "toolbar",
    "tool-bar",
    "comment",
    "cookie",
    "qrcode",
    "banner",
    "login",
    "search",
];
/// Words that make up lines with which a page is worked, not read.
const CONTROLS: [&str; 40] = [
    "打印本页",
    "關閉窗口",
    "关闭窗口",
    "返回顶部",
    "返回頂部",
    "上一篇",
    "下一篇",
    "上一条",
    "下一条",
    "扫一扫",
    "掃一掃",
    "在手机打开当前页",
    "分享到",
    "分享",
    "打印",
    "列印",
    "關閉",
    "关闭",
    "收藏",
    "字号",
    "字號",
    "字体",
    "字體",
    "放大",
    "缩小",
    "縮小",
    "繁体",
    "简体",
    "语音播报",
    "朗读",
    "微信",
    "微博",
    "朋友圈",
    "QQ空间",
    "保护视力色",
    "回到顶部",
    "大",
    "中",
    "小",
    "默认",
];

/// The numbers of the blocks that are the report.
pub(super) fn main_blocks(tree: &Tree, blocks: &[Block], title: Option<&str>) -> Vec<usize> {
    let Some(container) = container(tree, blocks) else { return (0..blocks.len()).collect() };
    let inside = |block: &Block| block.element == container || tree.ancestors(block.element).any(|id| id == container);
    let first = blocks.iter().position(|block| inside(block) && block.is_running_text()).unwrap_or(0);
    let end = tail(blocks, first).unwrap_or(blocks.len());
    let last = blocks.iter().take(end).rposition(|block| inside(block) && block.is_running_text()).unwrap_or(first);
    let begin = first_of_title(blocks, first, title).unwrap_or_else(|| {
        // Without a title, what stands in the container above the first paragraph is its head.
        blocks.iter().position(&inside).unwrap_or(first).min(first)
    });
    let aside = |block: &Block| is_aside(tree, block, container);
    (begin..end)
        .filter(|&at| {
            let Some(block) = blocks.get(at) else { return false };
            (at < first || inside(block))
                && !aside(block)
                && (block.heading.is_some() || !is_control(&block.text()))
                && !is_in_list_of_links(blocks, at, last)
        })
        .collect()
}

/// The deepest element that holds nearly all running text.
fn container(tree: &Tree, blocks: &[Block]) -> Option<NodeId> {
    let mut held: BTreeMap<NodeId, (usize, usize)> = BTreeMap::new();
    for block in blocks.iter().filter(|block| block.is_running_text() || matches!(block.shown, Shown::Table(_))) {
        if std::iter::once(block.element).chain(tree.ancestors(block.element)).any(|id| ASIDE.contains(&tree.name(id))) {
            continue;
        }
        for id in std::iter::once(block.element).chain(tree.ancestors(block.element)) {
            let (characters, count) = held.entry(id).or_default();
            *characters += block.characters;
            *count += 1;
        }
    }
    let of = |id: NodeId| held.get(&id).copied().unwrap_or_default();
    let mut here = tree.root();
    if of(here).0 == 0 {
        return None;
    }
    loop {
        let all = of(here).0 as f64;
        let several = of(here).1 > 1;
        let next = tree.children(here).iter().copied().max_by_key(|child| of(*child).0);
        let Some((next, (characters, count))) = next.map(|next| (next, of(next))) else { return Some(here) };
        let share = characters as f64 / all;
        // One paragraph that happens to be most of the text is not what holds the text.
        if !((share >= NEARLY_ALL && (count > 1 || !several)) || (share >= MOST && count > 2)) {
            return Some(here);
        }
        here = next;
    }
}

/// Where the title stands above the first paragraph: the last heading of a page's own rank there, or the line that says
/// what the page's title says.
fn first_of_title(blocks: &[Block], first: usize, title: Option<&str>) -> Option<usize> {
    let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let title = title.map(squeezed).filter(|title| title.chars().count() > 3);
    let above = || blocks.iter().take(first + 1).enumerate();
    let says = |block: &Block| {
        let text = squeezed(&block.text());
        text.chars().count() > 3 && title.as_ref().is_some_and(|title| title.starts_with(&text) || text == *title)
    };
    // A breadcrumb ends in the title, too, but is made of links.
    let said = above().filter(|(_, block)| !block.is_links() && says(block)).map(|(at, _)| at).next_back();
    said.or_else(|| {
        above().filter(|(_, block)| block.heading.is_some_and(|rank| rank <= 2) && !block.is_links()).map(|(at, _)| at).next_back()
    })
}

/// Whether a block stands in something that is no part of the text, below the container or beside it.
fn is_aside(tree: &Tree, block: &Block, container: NodeId) -> bool {
    let around = std::iter::once(block.element).chain(tree.ancestors(block.element));
    // What holds the text is the text's, whatever it is called.
    let around = around.take_while(|id| *id != container && !tree.ancestors(container).any(|above| above == *id));
    let mut named = around.map(|id| {
        let names = format!(
            "{} {} {}",
            tree.attribute(id, "class").unwrap_or(""),
            tree.attribute(id, "id").unwrap_or(""),
            tree.attribute(id, "role").unwrap_or("")
        );
        let names = names.to_ascii_lowercase();
        // As LibreOffice marks what stood at the page's ends.
        if matches!(tree.attribute(id, "title"), Some("header" | "footer")) {
            return true;
        }
        ASIDE.contains(&tree.name(id)) || names.split(|c: char| !c.is_ascii_alphabetic()).any(|name| ASIDE_NAMES.contains(&name))
    });
    named.any(|aside| aside)
}

/// Headings of what sites put below a text.
const TAILS: [&str; 16] = [
    "相关新闻",
    "相關新聞",
    "相关阅读",
    "相關閱讀",
    "相关报道",
    "相關報導",
    "相关链接",
    "相关稿件",
    "推荐阅读",
    "推薦閱讀",
    "为你推荐",
    "猜你喜欢",
    "热门评论",
    "网友评论",
    "最新评论",
    "延伸阅读",
];

/// Where what a site puts below a text begins: a short line of that kind behind two thirds of it.
fn tail(blocks: &[Block], first: usize) -> Option<usize> {
    let behind = first + (blocks.len() - first.min(blocks.len())) * 2 / 3;
    let is_tail = |block: &Block| block.characters <= 12 && TAILS.iter().any(|tail| block.text().trim_start().starts_with(tail));
    blocks.iter().enumerate().skip(behind).find(|(_, block)| is_tail(block)).map(|(at, _)| at)
}

/// Whether a block is made of links and stands beside another that is, before or behind the running text. Inside it such
/// a list is part of the text, and so is one link alone, and the appendices of a document.
fn is_in_list_of_links(blocks: &[Block], at: usize, last: usize) -> bool {
    let running = |range: &[Block]| range.iter().any(Block::is_running_text);
    if at < last && running(blocks.get(..at).unwrap_or_default()) {
        return false;
    }
    let links = |at: Option<usize>| {
        let block = at.and_then(|at| blocks.get(at));
        block.is_some_and(|block| block.is_links() && !block.is_running_text() && !block.text().trim_start().starts_with("附"))
    };
    links(Some(at)) && (links(at.checked_sub(1)) || links(Some(at + 1)))
}

/// Whether most of a short line is words with which a page is worked.
fn is_control(text: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let all = letters(text);
    if all > 40 || text.contains('。') {
        return false;
    }
    let mut rest = text.to_owned();
    let mut words = 0;
    for word in CONTROLS.iter().filter(|word| text.contains(**word)) {
        words += usize::from(rest.contains(word));
        rest = rest.replace(word, "");
    }
    let controls = all - letters(&rest);
    // One such word may be a heading of its own.
    (words > 1 || letters(&rest) == 0) && controls > 0 && controls * 10 >= all * 6
}
