//! Damage that scraping left in a text: what can be undone for sure, and what can only be pointed at.
//!
//! Nothing here changes a source text. A repair is a patch laid over it in a view; what cannot be known is
//! not guessed (assets/damage/README.md).

use super::classes::{is_closing, is_digit, is_han, is_opening, is_space};
use super::offset_map::OffsetMap;
use super::position::{Pos, Source, Span, View};
use super::script::{Conversion, convert};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::OnceLock;

/// A way of repairing, each of which can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Repair {
    /// Pinyin that a script put behind characters is hidden: 發(fā)展 is 發展.
    Pinyin,
    /// Asterisks in place of brackets are shown as brackets: `***擴大***` is （擴大）.
    Asterisks,
    /// Half-width marks beside Han are shown full-width, straight quotation marks as curved ones, and dashes drawn of
    /// lines as dashes.
    Marks,
}

impl Repair {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Pinyin, Self::Asterisks, Self::Marks];

    /// Its key in the locale and in settings.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Pinyin => "pinyin",
            Self::Asterisks => "asterisks",
            Self::Marks => "marks",
        }
    }
}

/// Which repairs are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Repairs([bool; 3]);

impl Repairs {
    /// The text as it stands.
    pub const NONE: Self = Self([false; 3]);
    /// Everything that can be repaired.
    pub const ALL: Self = Self([true; 3]);

    /// Whether a repair is shown.
    pub fn has(self, repair: Repair) -> bool {
        self.0.get(repair as usize).copied().unwrap_or(false)
    }

    /// These with one shown or left out.
    #[must_use]
    pub fn with(mut self, repair: Repair, shown: bool) -> Self {
        if let Some(slot) = self.0.get_mut(repair as usize) {
            *slot = shown;
        }
        self
    }
}

/// A stretch of source text and the one character it is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patch {
    /// The stretch. Injected pinyin goes with the character before it.
    pub span: Span,
    /// What it is read as.
    pub becomes: char,
    /// Why.
    pub repair: Repair,
}

/// Why a stretch cannot be repaired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// Bytes were lost or shifted; other characters stand there now.
    Bytes,
    /// Asterisks that may stand for a bracket or for something left out.
    Asterisks,
    /// A byte could not be decoded.
    Undecodable,
}

impl Loss {
    /// Its key in the locale.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Bytes => "bytes",
            Self::Asterisks => "asterisks",
            Self::Undecodable => "undecodable",
        }
    }
}

/// What is damaged in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Damage {
    patches: Vec<Patch>,
    losses: Vec<(Span, Loss)>,
    /// How many patches each repair has.
    counts: [usize; 3],
    machine_converted: bool,
}

impl Damage {
    /// Looks for damage in a whole text: what counts as damage depends on how much of it there is.
    pub fn of(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let mut damage = Self { machine_converted: machine_converted(text), ..Self::default() };
        let pinyin = injected_pinyin(&chars);
        if !pinyin.is_empty() {
            damage.losses = shifted_bytes(&chars).into_iter().map(|span| (span, Loss::Bytes)).collect();
        }
        damage.patches = pinyin;
        brackets_of_asterisks(&chars, &mut damage);
        half_width_marks(&chars, &mut damage.patches);
        let undecodable = (0..).zip(&chars).filter(|(_, c)| **c == '\u{FFFD}').map(|(at, _)| (Span::of(at, at + 1), Loss::Undecodable));
        damage.losses.extend(undecodable);
        damage.losses.sort_by_key(|(span, _)| *span);
        // One loss inside another is part of it.
        damage.losses.dedup_by(|(next, _), (last, _)| {
            let inside = next.overlaps(*last);
            if inside {
                *last = last.union(*next);
            }
            inside
        });
        let losses = &damage.losses;
        damage.patches.retain(|patch| !overlaps_any(losses, patch.span));
        damage.patches.sort_by_key(|patch| patch.span);
        damage.counts = Repair::ALL.map(|repair| damage.patches.iter().filter(|patch| patch.repair == repair).count());
        damage
    }

    /// What can be repaired, in order and without overlap.
    pub fn patches(&self) -> &[Patch] {
        &self.patches
    }

    /// What can be repaired within a stretch.
    pub fn patches_in(&self, span: Span) -> &[Patch] {
        let from = self.patches.partition_point(|patch| patch.span.start() < span.start());
        let to = self.patches.partition_point(|patch| patch.span.end() <= span.end()).max(from);
        self.patches.get(from..to).unwrap_or_default()
    }

    /// How many places a repair has.
    pub fn count(&self, repair: Repair) -> usize {
        self.counts.get(repair as usize).copied().unwrap_or(0)
    }

    /// What cannot be repaired, in order.
    pub fn losses(&self) -> &[(Span, Loss)] {
        &self.losses
    }

    /// Whether the text looks as if a program had put the words of Taiwan in place of the mainland's.
    pub const fn machine_converted(&self) -> bool {
        self.machine_converted
    }

    /// A stretch of the text as repaired, with the map from the one to the other.
    pub fn repaired(&self, source: &str, span: Span, repairs: Repairs) -> (String, OffsetMap<Source, View>) {
        let patches = self.patches_in(span).iter().filter(|patch| repairs.has(patch.repair));
        let mut text = String::with_capacity(source.len());
        let mut changes = Vec::new();
        let (mut rest, mut at) = (source.chars(), span.start());
        for patch in patches {
            text.extend(rest.by_ref().take(patch.span.start().since(at) as usize));
            text.push(patch.becomes);
            rest.by_ref().take(patch.span.len() as usize).for_each(drop);
            at = patch.span.end();
            if patch.span.len() != 1 {
                changes.push((patch.span.start().since(span.start()), patch.span.len(), 1));
            }
        }
        text.push_str(rest.as_str());
        (text, OffsetMap::from_changes(span.len(), changes))
    }
}

fn overlaps_any(losses: &[(Span, Loss)], span: Span) -> bool {
    let next = losses.partition_point(|(loss, _)| loss.end() <= span.start());
    losses.get(next).is_some_and(|(loss, _)| loss.overlaps(span))
}

fn place(at: usize) -> Pos {
    Pos::new(u32::try_from(at).unwrap_or(u32::MAX))
}

fn span(from: usize, to: usize) -> Span {
    Span::new(place(from), place(to))
}

/// The pinyin of each character the script knows.
fn listed() -> &'static FxHashMap<char, &'static str> {
    static LISTED: OnceLock<FxHashMap<char, &'static str>> = OnceLock::new();
    LISTED.get_or_init(|| {
        let lines = include_str!("../../assets/damage/pinyin.tsv").lines();
        lines.filter_map(|line| line.split_once('\t')).filter_map(|(c, pinyin)| Some((c.chars().next()?, pinyin))).collect()
    })
}

/// How often, and behind how many different characters, pinyin must stand before it counts as injected.
const PATTERN: (usize, usize) = (5, 3);

/// Listed characters with their pinyin in brackets; none where the document does not show the pattern.
fn injected_pinyin(chars: &[char]) -> Vec<Patch> {
    let mut found = Vec::new();
    for (at, window) in chars.windows(2).enumerate() {
        let &[c, '('] = window else { continue };
        let Some(pinyin) = listed().get(&c) else { continue };
        let rest = chars.get(at + 2..).unwrap_or_default();
        let len = pinyin.chars().count();
        if rest.iter().copied().take(len).eq(pinyin.chars()) && rest.get(len) == Some(&')') {
            found.push(Patch { span: span(at, at + len + 3), becomes: c, repair: Repair::Pinyin });
        }
    }
    let mut kinds: Vec<char> = found.iter().map(|patch| patch.becomes).collect();
    kinds.sort_unstable();
    kinds.dedup();
    if found.len() < PATTERN.0 || kinds.len() < PATTERN.1 { Vec::new() } else { found }
}

/// How far apart, in characters, two signs of one shift of bytes may stand: text in GBK falls into step again at the
/// next ASCII character.
const SHIFT: usize = 12;

/// Stretches where the script broke characters apart: a `?` it left inside text, and all up to where the bytes fall into
/// step again.
fn shifted_bytes(chars: &[char]) -> Vec<Span> {
    let at = |at: usize| chars.get(at).copied().unwrap_or('\n');
    let ends_question = |c: char| c == '\n' || is_space(c) || matches!(c, '”' | '’' | '"' | '」' | '』' | ')' | '）');
    let is_foreign = |c: char| c.is_ascii_graphic() && !is_digit(c) && !matches!(c, ',' | '.' | ';' | ':' | '(' | ')' | '%');
    let is_pinyin = |c: char| c.is_ascii_lowercase() || matches!(c, 'à'..='ü' | 'ā'..='ǜ');
    let mut spans = Vec::new();
    let mut from = 0;
    while from < chars.len() {
        if at(from) != '?' || ends_question(at(from + 1)) {
            from += 1;
            continue;
        }
        let (mut end, mut look) = (from + 1, from + 1);
        while look < chars.len() && look < end + SHIFT {
            let c = at(look);
            if matches!(c, '\n' | '，' | '。' | '；' | '：' | '、' | ',' | ';') || is_digit(c) {
                break;
            }
            look += 1;
            if is_foreign(c) || is_pinyin(c) || (c == ')' && is_pinyin(at(look.saturating_sub(2)))) {
                end = look;
            }
        }
        spans.push(span(from, end));
        from = end;
    }
    spans
}

/// The most characters that stand between two runs of asterisks read as brackets.
const LONGEST_BRACKET: usize = 12;

/// Pairs of `***` as brackets, by what stands between and before them; the other ones are losses.
fn brackets_of_asterisks(chars: &[char], damage: &mut Damage) {
    let mut runs: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let len = chars.iter().skip(at).take_while(|&&c| c == '*').count();
        if len == 3 {
            runs.push(at);
        }
        at += len.max(1);
    }
    let mut index = 0;
    while let Some(&run) = runs.get(index) {
        let close = runs.get(index + 1).copied().filter(|&close| is_bracket(chars, run, close));
        if let Some(close) = close {
            damage.patches.push(Patch { span: span(run, run + 3), becomes: '（', repair: Repair::Asterisks });
            damage.patches.push(Patch { span: span(close, close + 3), becomes: '）', repair: Repair::Asterisks });
            index += 2;
        } else {
            damage.losses.push((span(run, run + 3), Loss::Asterisks));
            index += 1;
        }
    }
}

fn is_bracket(chars: &[char], run: usize, close: usize) -> bool {
    let inside = chars.get(run + 3..close).unwrap_or_default();
    // Masked digits stand behind digits (42*** 億元) or before a unit (***%).
    let masked = run.checked_sub(1).and_then(|at| chars.get(at)).copied().is_some_and(is_digit)
        || inside.first().is_some_and(|&c| matches!(c, '%' | '％') || is_space(c) || is_digit(c));
    (1..=LONGEST_BRACKET).contains(&inside.len()) && !masked && !inside.iter().any(|c| matches!(c, '。' | '；' | ';' | '\n'))
}

/// The full-width form of a half-width mark of Chinese text.
const fn full_width(c: char) -> Option<char> {
    Some(match c {
        ',' => '，',
        ':' => '：',
        ';' => '；',
        '!' => '！',
        '?' => '？',
        '(' => '（',
        ')' => '）',
        '─' | '━' | '―' => '—',
        _ => return None,
    })
}

/// The farthest a bracket's other half is looked for, in characters.
const BRACKET_REACH: usize = 80;

/// Half-width marks that stand for full-width ones: those beside Han, brackets in pairs. `patches` are the repairs found so
/// far, in order; what they cover is left out.
fn half_width_marks(chars: &[char], patches: &mut Vec<Patch>) {
    let mut taken: Vec<Span> = patches.iter().map(|patch| patch.span).collect();
    taken.sort_unstable();
    let mut opened: Vec<usize> = Vec::new();
    let mut found: Vec<(usize, char)> = Vec::new();
    straight_quotes(chars, &mut found);
    // A mark beside a quotation mark that was mended is a Chinese one.
    let mut mended = Cow::Borrowed(chars);
    for &(at, becomes) in &found {
        if let Some(c) = mended.to_mut().get_mut(at) {
            *c = becomes;
        }
    }
    let chars: &[char] = &mended;
    let mut next = 0;
    for (at, &c) in chars.iter().enumerate() {
        while taken.get(next).is_some_and(|span| span.end() <= place(at)) {
            next += 1;
        }
        if c == '\n' {
            opened.clear();
        }
        let Some(becomes) = full_width(c) else { continue };
        if taken.get(next).is_some_and(|span| span.covers(place(at))) {
            continue;
        }
        match c {
            '(' => opened.push(at),
            ')' => {
                let Some(open) = opened.pop().filter(|open| at - open <= BRACKET_REACH) else { continue };
                let inside = chars.get(open + 1..at).unwrap_or_default();
                if inside.iter().any(|&c| is_han(c)) || is_chinese(neighbour(chars, open, false)) || is_chinese(neighbour(chars, at, true))
                {
                    found.extend([(open, '（'), (at, '）')]);
                }
            }
            '─' | '━' | '―' => {
                let beside = |other: Option<usize>| other.and_then(|other| chars.get(other)) == Some(&c);
                let (before, after) = (beside(at.checked_sub(1)), beside(at.checked_add(1)));
                let alone = before != after && !(before && beside(at.checked_sub(2))) && !(after && beside(at.checked_add(2)));
                if alone {
                    found.push((at, becomes));
                }
            }
            _ => {
                // Behind injected pinyin stands the bracket that ends it.
                let behind_patch = next.checked_sub(1).and_then(|last| taken.get(last)).is_some_and(|patch| patch.end() == place(at));
                let before = if behind_patch { Some('字') } else { neighbour(chars, at, false) };
                let after = neighbour(chars, at, true);
                let in_number = before.is_some_and(is_digit) && after.is_some_and(is_digit);
                if !in_number && (is_chinese(before) || is_chinese(after) || matches!(before, Some('%' | '％'))) {
                    found.push((at, becomes));
                }
            }
        }
    }
    patches.extend(found.into_iter().map(|(at, becomes)| Patch { span: span(at, at + 1), becomes, repair: Repair::Marks }));
}

/// Straight quotation marks around Han, by turns opening and closing: only in lines that have an even number of them.
fn straight_quotes(chars: &[char], found: &mut Vec<(usize, char)>) {
    let mut start = 0;
    for line in chars.split(|&c| c == '\n') {
        let quotes: Vec<usize> = line.iter().enumerate().filter(|(_, c)| **c == '"').map(|(at, _)| at).collect();
        let pairs = quotes.chunks(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)));
        let is_pair = |&(open, close): &(usize, usize)| line.get(open + 1..close).is_some_and(|inside| inside.iter().any(|&c| is_han(c)));
        if quotes.len().is_multiple_of(2) {
            found.extend(pairs.filter(is_pair).flat_map(|(open, close)| [(start + open, '“'), (start + close, '”')]));
        }
        start += line.len() + 1;
    }
}

/// The nearest character on one side that is no space, in the same line.
fn neighbour(chars: &[char], at: usize, right: bool) -> Option<char> {
    let near = |c: &&char| !is_space(**c);
    let found =
        if right { chars.get(at + 1..)?.iter().take(4).find(near) } else { chars.get(at.saturating_sub(4)..at)?.iter().rev().find(near) };
    found.copied().filter(|&c| c != '\n')
}

/// Whether a character makes the mark beside it a Chinese one.
fn is_chinese(c: Option<char>) -> bool {
    c.is_some_and(|c| is_han(c) || (!c.is_ascii() && (is_opening(c) || is_closing(c))))
}

/// How much of a text is read to tell whether it was converted by machine, in bytes.
const READ: usize = 600_000;
/// How many different spoilt words make a text a machine's.
const SPOILT: usize = 2;

/// Words that conversion to Taiwan's wording spoils, as it writes them.
fn spoilt_words() -> &'static [String] {
    static WORDS: OnceLock<Vec<String>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let words = include_str!("../../assets/damage/over_converted.txt").lines().filter(|line| !line.is_empty());
        let spoilt = words.filter_map(|word| {
            let (wording, characters) =
                (convert(word, Conversion::SimplifiedToTaiwanWording), convert(word, Conversion::SimplifiedToTaiwan));
            (wording.text != characters.text).then_some(wording.text)
        });
        spoilt.collect()
    })
}

fn machine_converted(text: &str) -> bool {
    // Only text that is not simplified can be: 這 and 與 stand in every report.
    let head = text.get(..text.floor_char_boundary(READ)).unwrap_or(text);
    if !head.contains(['個', '與', '業', '經']) {
        return false;
    }
    spoilt_words().iter().filter(|word| head.contains(word.as_str())).take(SPOILT).count() == SPOILT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str) -> (String, Damage) {
        let damage = Damage::of(text);
        let whole = Span::of(0, u32::try_from(text.chars().count()).unwrap());
        (damage.repaired(text, whole, Repairs::ALL).0, damage)
    }

    const PATTERN_SHOWN: &str = "發(fā)展產(chǎn)業(yè)，發(fā)展農(nóng)業(yè)。";

    #[test]
    fn pinyin_is_hidden_only_where_the_document_shows_the_pattern() {
        assert_eq!(repaired(PATTERN_SHOWN).0, "發展產業，發展農業。");
        let genuine = "發(fā)音練習，昉(fǎng)字少見。";
        assert_eq!(repaired(genuine).0, "發（fā）音練習，昉（fǎng）字少見。");
        let (text, damage) = repaired(&format!("{PATTERN_SHOWN}昉(fǎng)字"));
        assert!(text.contains("昉（fǎng）字"));
        assert_eq!(damage.count(Repair::Pinyin), 6);
    }

    #[test]
    fn shifted_bytes_are_left_and_listed() {
        let (text, damage) = repaired(&format!("{PATTERN_SHOWN}試點鏈?zhǔn)金B(yǎng)老服務,落實六?!比蝿?wù),好嗎?”"));
        assert!(text.ends_with("試點鏈?zhǔn)金B(yǎng)老服務，落實六?!比蝿?wù)，好嗎？”"), "{text}");
        assert_eq!(damage.losses().len(), 2);
    }

    #[test]
    fn asterisks_are_brackets_or_a_loss() {
        let (text, damage) = repaired("省委***擴大***會議，生產總值 42*** 億元，低於全省 ***% 、全市。\n***一***情況");
        assert_eq!(text, "省委（擴大）會議，生產總值 42*** 億元，低於全省 ***% 、全市。\n（一）情況");
        assert_eq!(damage.losses().iter().map(|(_, loss)| *loss).collect::<Vec<_>>(), [Loss::Asterisks; 2]);
    }

    #[test]
    fn marks_beside_han_are_chinese() {
        for (source, expected) in [
            ("增长8%,达2,561亿元;比例3.5:49.0", "增长8%，达2,561亿元；比例3.5:49.0"),
            ("(一)发展(2019年)GDP(e.g. a,b)", "（一）发展（2019年）GDP(e.g. a,b)"),
            ("── 报告 ─ ───", "—— 报告 ─ ───"),
            ("为什么? “好!”", "为什么？ “好！”"),
            ("\"十二连增\",\"5G\"；\"十三五\"", "“十二连增”，\"5G\"；“十三五”"),
            ("\"一\"二\"", "\"一\"二\""),
        ] {
            assert_eq!(repaired(source).0, expected);
        }
    }

    #[test]
    fn a_machine_s_words_are_told() {
        assert!(repaired("各專案標準與經濟執行情況").1.machine_converted());
        assert!(!repaired("各項目標與經濟運行情況，資訊服務與軟體產業").1.machine_converted());
    }
}
