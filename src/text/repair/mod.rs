//! Damage that scraping left in a text: what can be undone for sure, and what can only be pointed at.
//!
//! Nothing here changes a source text. A repair is a patch laid over it in a view; what cannot be known is
//! not guessed (assets/damage/README.md).

mod asterisks;
mod machine;
mod marks;
mod pinyin;

use super::offset_map::OffsetMap;
use super::position::{Pos, Source, Span, View};
use asterisks::brackets_of_asterisks;
use machine::machine_converted;
use marks::half_width_marks;
use pinyin::{injected_pinyin, shifted_bytes};

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
