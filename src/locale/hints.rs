//! Sentences about what is odd in a person's tags.

use super::Words;
use crate::suggest::Hint;

impl Words {
    /// What is odd about a tag.
    pub fn hint_sentence(&self, hint: &Hint) -> String {
        let says: Vec<&str> = hint.says.iter().map(String::as_str).collect();
        self.fill(&format!("hint_{}", hint.key), &says)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Language;
    use super::*;
    use crate::suggest::Lexicon;

    #[test]
    fn every_hint_has_a_sentence() {
        for words in Language::ALL.map(Words::new) {
            for key in Hint::KEYS {
                assert_ne!(words.named("hint", key), key, "{:?}", words.language());
            }
        }
    }

    #[test]
    fn every_rule_has_words() {
        let lexicon = Lexicon::standard();
        assert!(lexicon.rules().count() > 10, "the rules can be read");
        for words in Language::ALL.map(Words::new) {
            for rule in lexicon.rules() {
                assert_ne!(words.named("rule", rule), rule, "{:?}", words.language());
            }
        }
    }
}
