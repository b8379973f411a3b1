//! A text under way from one edition to the next, every character of which knows where it comes from.

use std::collections::BTreeSet;
use std::ops::Range;

/// Where a character of the new text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is the character at this place of the old text, whatever its script and width.
    Old(u32),
    /// It was not there before.
    New,
    /// It was not there before and says nothing: a reader passes over it, as over the `(fā)` in 發(fā)展.
    Damage,
}

/// A character and where it comes from.
#[derive(Clone, Copy, Debug)]
pub struct Letter {
    pub c: char,
    pub origin: Origin,
}

/// Letters that were not there before.
pub fn written(text: &str) -> Vec<Letter> {
    text.chars().map(|c| Letter { c, origin: Origin::New }).collect()
}

/// Letters that were not there before and say nothing.
pub fn damage(text: &str) -> Vec<Letter> {
    text.chars().map(|c| Letter { c, origin: Origin::Damage }).collect()
}

/// A change that puts words in at a place.
pub fn insertion(at: usize, words: &str) -> (Range<usize>, Vec<Letter>) {
    (at..at, written(words))
}

/// What letters become when other characters stand in their place: those that begin or end both alike stay what they
/// were, for nobody could say that they were replaced; the rest is new. `same` is asked with a place in each.
pub fn replaced(old: &[Letter], new: &[char], same: impl Fn(usize, usize) -> bool) -> Vec<Letter> {
    let shorter = old.len().min(new.len());
    let lead = (0..shorter).take_while(|&at| same(at, at)).count();
    let tail = (1..=shorter - lead).take_while(|&back| same(old.len() - back, new.len() - back)).count();
    let origin = |at: usize| {
        if at < lead {
            old[at].origin
        } else if at >= new.len() - tail {
            old[at + old.len() - new.len()].origin
        } else {
            Origin::New
        }
    };
    new.iter().enumerate().map(|(at, &c)| Letter { c, origin: origin(at) }).collect()
}

/// The text as far as it has been edited. Every edit goes through [`Draft::rewrite`] or [`Draft::recast`], so that what
/// it says of the origin of a character is never worked out afterwards.
pub struct Draft {
    letters: Vec<Letter>,
}

impl Draft {
    /// A text before any edit.
    pub fn of(text: &str) -> Self {
        let letter = |(at, c): (u32, char)| Letter { c, origin: Origin::Old(at) };
        Self { letters: (0..).zip(text.chars()).map(letter).collect() }
    }

    /// Its characters.
    pub fn chars(&self) -> Vec<char> {
        self.letters.iter().map(|letter| letter.c).collect()
    }

    /// A stretch of its letters.
    pub fn letters(&self, range: Range<usize>) -> &[Letter] {
        &self.letters[range]
    }

    /// What a stretch becomes when words are put in its place.
    pub fn with_words(&self, range: Range<usize>, words: &str) -> Vec<Letter> {
        let (old, new): (&[Letter], Vec<char>) = (&self.letters[range], words.chars().collect());
        replaced(old, &new, |one, other| old[one].c == new[other])
    }

    /// Puts letters in the place of stretches; an empty stretch is a place, no letters delete it. Stretches count in the
    /// text as it is before the call; one that begins inside another is left out.
    pub fn rewrite(&mut self, changes: impl IntoIterator<Item = (Range<usize>, Vec<Letter>)>) {
        let mut changes: Vec<(Range<usize>, Vec<Letter>)> = changes.into_iter().collect();
        changes.sort_by_key(|(range, _)| (range.start, range.end));
        let mut letters = Vec::with_capacity(self.letters.len());
        let mut at = 0;
        for (range, new) in changes {
            if range.start >= at {
                letters.extend_from_slice(&self.letters[at..range.start]);
                letters.extend(new);
                at = range.end;
            }
        }
        letters.extend_from_slice(&self.letters[at..]);
        self.letters = letters;
    }

    /// Deletes stretches.
    pub fn delete(&mut self, stretches: impl IntoIterator<Item = Range<usize>>) {
        self.rewrite(stretches.into_iter().map(|range| (range, Vec::new())));
    }

    /// Takes a stretch away and puts it in at a place outside it.
    pub fn move_to(&mut self, range: Range<usize>, to: usize) {
        if to <= range.start || range.end <= to {
            let moved = self.letters[range.clone()].to_vec();
            self.rewrite([(range, Vec::new()), (to..to, moved)]);
        }
    }

    /// Writes characters in another form; they stay the characters they were.
    pub fn recast(&mut self, form: impl Fn(char) -> char) {
        for letter in &mut self.letters {
            letter.c = form(letter.c);
        }
    }

    /// The new text with the truth about an old one of `old_len` characters.
    pub fn finish(self, old_len: usize) -> Edited {
        let mut edited = Edited { text: String::new(), image: vec![None; old_len], damage: BTreeSet::new() };
        for (at, letter) in (0..).zip(&self.letters) {
            edited.text.push(letter.c);
            match letter.origin {
                Origin::Old(from) => {
                    let other = edited.image[from as usize].replace(at);
                    assert_eq!(other, None, "character {from} of the old text stands twice in the new one");
                }
                Origin::Damage => {
                    edited.damage.insert(at);
                }
                Origin::New => {}
            }
        }
        edited
    }
}

/// A new text together with the truth: what became of each character of the old one.
pub struct Edited {
    pub text: String,
    /// For every character of the old text its place in the new one; none where it was deleted or replaced.
    pub image: Vec<Option<u32>>,
    /// The places in the new text of characters that say nothing.
    pub damage: BTreeSet<u32>,
}
