//! What people are called: by their names, or by the letters of their lanes where names are hidden.

use crate::annotation::{Person, PersonId};
use crate::locale::Words;
use crate::session::{Document, Layers, ShownLayer, State};

/// What people are called beside a report.
#[derive(Clone, Copy, Debug)]
pub struct Called<'a> {
    layers: &'a Layers,
    own: Option<PersonId>,
    hidden: bool,
    words: &'a Words,
}

impl<'a> Called<'a> {
    /// In a document.
    pub fn of(state: &State, document: &'a Document, words: &'a Words) -> Self {
        let own = state.person().map(|person| person.id);
        Self { layers: document.layers(), own, hidden: state.settings().names_hidden, words }
    }

    /// What somebody is called. As what they tagged comes before what they decided, they have one letter.
    pub fn name(&self, person: &Person) -> String {
        let layer = self.layers.all.iter().find(|layer| layer.person.id == person.id);
        match layer.filter(|_| self.hidden) {
            Some(layer) => self.letter(layer.lane),
            None if !self.hidden || self.own == Some(person.id) => person.name.clone(),
            None => self.words.get("somebody").to_owned(),
        }
    }

    /// What somebody is called in what leaves the program: where names are hidden, so is that of the user who decides.
    pub fn name_outside(&self, person: &Person) -> String {
        let is_unlettered = self.hidden && self.own == Some(person.id) && self.lane(person.id).is_none();
        if is_unlettered { self.words.get("called_decider").to_owned() } else { self.name(person) }
    }

    /// What several people are called.
    pub fn names<'p>(&self, people: impl IntoIterator<Item = &'p Person>) -> String {
        people.into_iter().map(|person| self.name(person)).collect::<Vec<_>>().join(self.words.get("list_comma"))
    }

    /// What the person of a layer is called.
    pub fn layer_name(&self, layer: &ShownLayer) -> String {
        if self.hidden { self.letter(layer.lane) } else { layer.person.name.clone() }
    }

    /// The letter of a lane, so that its colour is not its only sign.
    pub fn letter(&self, lane: u8) -> String {
        let letter = self.words.get("lane_letters").chars().nth(usize::from(lane));
        letter.map_or_else(|| (u16::from(lane) + 1).to_string(), String::from)
    }

    /// The letters that stand in place of names, where names are hidden.
    pub fn letters(state: &State, words: &'a Words) -> Option<&'a str> {
        state.settings().names_hidden.then(|| words.get("lane_letters"))
    }

    /// The lane of somebody's tags.
    pub fn lane(&self, person: PersonId) -> Option<u8> {
        self.layers.all.iter().find(|layer| layer.person.id == person).map(|layer| layer.lane)
    }
}
