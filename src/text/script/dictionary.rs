//! OpenCC's dictionaries: the longest entry a text begins with.

use rustc_hash::FxHashMap;

/// Declares the dictionaries that are built into the program.
macro_rules! built_in {
    ($($file:literal,)+) => {
        /// The text of a dictionary: a line an entry, key and value parted by a tab.
        pub(super) fn entries(file: &str) -> Option<&'static str> {
            match file {
                $($file => Some(include_str!(concat!("../../../assets/opencc/", $file))),)+
                _ => None,
            }
        }
    };
}

built_in! {
    "CJK_Compatibility_Ideographs.txt",
    "HKPhrases.txt",
    "HKPhrasesRev.txt",
    "HKVariants.txt",
    "HKVariantsPhrases.txt",
    "HKVariantsRev.txt",
    "HKVariantsRevPhrases.txt",
    "STCharacters.txt",
    "STPhrases.txt",
    "STPhrases_GeneratedFromRegionalPhrases.txt",
    "TSCharacters.txt",
    "TSCharactersExt.txt",
    "TSPhrases.txt",
    "TWPhrases.txt",
    "TWPhrasesRev.txt",
    "TWVariants.txt",
    "TWVariantsPhrases.txt",
    "TWVariantsRev.txt",
    "TWVariantsRevPhrases.txt",
}

/// Characters in a page of the table of first characters.
const PAGE: usize = 256;

/// An index of [`Dictionary::nodes`].
type NodeIndex = u32;

/// A beginning of a key.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// What a key that ends here becomes, and the rank of the dictionary that says so.
    value: Option<(u8, &'static str)>,
    /// Whether longer keys begin so.
    goes_on: bool,
}

/// Entries of several dictionaries as one tree of characters. Node 0 is the empty beginning, and as an index says
/// "none".
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    nodes: Vec<Node>,
    /// The node of each first character below U+10000, in pages that are there only where needed.
    pages: Vec<Option<Box<[NodeIndex; PAGE]>>>,
    /// The node of each further character, and of first characters above.
    further: FxHashMap<(NodeIndex, char), NodeIndex>,
}

impl Dictionary {
    /// Dictionaries by rank, best first; those of one rank are one dictionary, in which of entries with the same key the
    /// first stays.
    pub(super) fn of(ranks: &[Vec<&'static str>]) -> Self {
        let lines: usize = ranks.iter().flatten().map(|text| text.len() / 20).sum();
        let mut dictionary = Self { nodes: vec![Node::default()], pages: vec![None; 0x10000 / PAGE], further: FxHashMap::default() };
        dictionary.nodes.reserve(lines * 2);
        dictionary.further.reserve(lines * 2);
        for (rank, texts) in (0..).zip(ranks) {
            for (key, value) in texts.iter().flat_map(|text| text.lines()).filter_map(|line| line.split_once('\t')) {
                dictionary.insert(key, rank, value);
            }
        }
        dictionary
    }

    fn insert(&mut self, key: &str, rank: u8, value: &'static str) {
        let mut at: NodeIndex = 0;
        for c in key.chars() {
            let next = NodeIndex::try_from(self.nodes.len()).unwrap_or(NodeIndex::MAX);
            let slot = match self.pages.get_mut(c as usize / PAGE).filter(|_| at == 0) {
                Some(page) => page.get_or_insert_with(|| Box::new([0; PAGE])).get_mut(c as usize % PAGE),
                None => Some(self.further.entry((at, c)).or_insert(0)),
            };
            let Some(slot) = slot else { return };
            let is_new = *slot == 0;
            if is_new {
                *slot = next;
            }
            let here = std::mem::replace(&mut at, *slot);
            if is_new {
                self.nodes.push(Node::default());
            }
            if let Some(node) = self.nodes.get_mut(here as usize) {
                node.goes_on = true;
            }
        }
        if let Some(node) = self.nodes.get_mut(at as usize) {
            // Of the same key a worse rank is never asked.
            node.value.get_or_insert((rank, value));
        }
    }

    fn first(&self, c: char) -> NodeIndex {
        match self.pages.get(c as usize / PAGE) {
            Some(page) => page.as_ref().and_then(|page| page.get(c as usize % PAGE)).copied().unwrap_or(0),
            None => self.further.get(&(0, c)).copied().unwrap_or(0),
        }
    }

    /// The longest key of the best rank, down to the worst that counts, that has one at a text's beginning: its length in
    /// bytes, and what it becomes.
    pub(super) fn longest_prefix(&self, text: &str, worst: u8) -> Option<(usize, &'static str)> {
        let mut chars = text.chars();
        let mut at = self.first(chars.next()?);
        let mut best: Option<(usize, &'static str)> = None;
        let mut limit = worst;
        while at != 0 {
            let Some(node) = self.nodes.get(at as usize) else { break };
            if let Some((rank, value)) = node.value.filter(|(rank, _)| *rank <= limit) {
                best = Some((text.len() - chars.as_str().len(), value));
                limit = rank;
            }
            if !node.goes_on {
                break;
            }
            let Some(c) = chars.next() else { break };
            at = self.further.get(&(at, c)).copied().unwrap_or(0);
        }
        best
    }
}
