//! Other people's tags beside the user's own: whose they are, and how they are shown.

use super::notice::What;
use crate::annotation::{Annotations, Person, PersonId, Time};
use crate::store::wire::Role;
use crate::store::{FolderLayers, LayerFile, LayerFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How somebody's tags are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LayerShown {
    /// In their colour.
    #[default]
    Full,
    /// Pale.
    Dim,
    /// Not at all. They count all the same.
    Hidden,
}

impl LayerShown {
    /// All ways, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::Full, Self::Dim, Self::Hidden];

    /// Its key in the locale.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Dim => "dim",
            Self::Hidden => "hidden",
        }
    }
}

/// What somebody else put on the report.
#[derive(Clone, Debug)]
pub struct ShownLayer {
    /// Who.
    pub person: Person,
    /// As what: somebody who tags, or who decides.
    pub role: Role,
    /// The records.
    pub annotations: Arc<Annotations>,
    /// Their file.
    pub path: PathBuf,
    /// Whether it was opened from elsewhere, and does not lie with the report.
    pub outside: bool,
    /// How many of their tags have no place in this text.
    pub unplaced: usize,
    /// When it was submitted, where this is what was submitted.
    pub submitted: Option<Time>,
    /// Whether the file is not what was written: something else changed it, or it is damaged.
    pub edited: bool,
    /// How many of its lines could not be read.
    pub lost: usize,
    /// How it is shown.
    pub shown: LayerShown,
    /// The number of its colour, which it keeps as long as the report is open.
    pub lane: u8,
}

/// What other people put on a report.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// Those that are loaded: of one role after the other, by name.
    pub all: Vec<ShownLayer>,
    /// How many people's are withheld, because the project is blind.
    pub withheld: usize,
    /// Whether the user may see nobody's yet.
    pub(super) closed: bool,
    /// Counts the changes.
    pub(super) changes: u64,
}

impl Layers {
    /// The layer of a person in a role.
    pub fn get(&self, person: PersonId, role: &Role) -> Option<&ShownLayer> {
        self.all.iter().find(|layer| layer.person.id == person && layer.role == *role)
    }

    /// Those that are to be seen.
    pub fn visible(&self) -> impl Iterator<Item = &ShownLayer> {
        self.all.iter().filter(|layer| layer.shown != LayerShown::Hidden)
    }

    /// Layers of a report that is open in another document, before any are taken: whoever is known there keeps colour and way of
    /// being shown.
    pub(super) fn beside(other: &Self) -> Self {
        Self { all: other.all.iter().filter(|layer| !layer.outside).cloned().collect(), ..Self::default() }
    }

    /// Takes what lies with the report. What was opened from elsewhere stays, unless the same person's lies here now. Returns
    /// what the person has to be told of files that are damaged.
    pub(super) fn take(&mut self, found: FolderLayers) -> Vec<What> {
        let before = std::mem::take(&mut self.all);
        let outside = before.iter().filter(|layer| layer.outside).cloned();
        let is_new = |layer: &ShownLayer| !found.layers.iter().any(|file| file.person.id == layer.person.id && file.role == layer.role);
        let outside: Vec<ShownLayer> = outside.filter(is_new).collect();
        (self.withheld, self.closed) = (found.withheld, found.closed);
        let told = found.layers.into_iter().filter_map(|file| self.add(&before, file, 0, false)).collect();
        self.all.extend(outside);
        self.sort();
        told
    }

    /// Adds what was opened from elsewhere. Returns what the person has to be told if the file is damaged.
    pub(super) fn take_from(&mut self, from: LayerFrom) -> Option<What> {
        let before = std::mem::take(&mut self.all);
        let (person, role) = (from.file.person.id, from.file.role.clone());
        self.all = before.iter().filter(|layer| layer.person.id != person || layer.role != role).cloned().collect();
        let told = self.add(&before, from.file, from.unplaced.len(), true);
        self.sort();
        told
    }

    /// Puts away what was opened from elsewhere.
    pub(super) fn remove(&mut self, path: &Path) {
        self.all.retain(|layer| !layer.outside || layer.path != path);
        self.changes += 1;
    }

    /// Shows a layer otherwise.
    pub(super) fn show(&mut self, person: PersonId, role: &Role, shown: LayerShown) {
        self.all.iter_mut().filter(|layer| layer.person.id == person && layer.role == *role).for_each(|layer| layer.shown = shown);
    }

    fn add(&mut self, before: &[ShownLayer], file: LayerFile, unplaced: usize, outside: bool) -> Option<What> {
        let known = before.iter().find(|layer| layer.person.id == file.person.id && layer.role == file.role);
        let (shown, lane) = known.map_or_else(|| (LayerShown::Full, self.free_lane(before)), |known| (known.shown, known.lane));
        let is_news = file.edited && known.is_none_or(|known| !known.edited || known.lost != file.lost);
        let told = is_news.then(|| damage(&file));
        let LayerFile { path, person, role, annotations, submitted, edited, lost } = file;
        let unplaced = unplaced.max(annotations.unplaced().len());
        self.all.push(ShownLayer { person, role, annotations, path, outside, unplaced, submitted, edited, lost, shown, lane });
        told
    }

    fn free_lane(&self, before: &[ShownLayer]) -> u8 {
        let is_taken = |lane: &u8| self.all.iter().chain(before).any(|layer| layer.lane == *lane);
        (0..u8::MAX).find(|lane| !is_taken(lane)).unwrap_or(u8::MAX)
    }

    fn sort(&mut self) {
        self.all.sort_by(|one, other| {
            let key = |layer: &ShownLayer| (layer.role != Role::Annotation, layer.person.name.clone(), layer.person.id);
            key(one).cmp(&key(other))
        });
        self.changes += 1;
    }
}

/// What is to be said of a file that is not what was written.
fn damage(file: &LayerFile) -> What {
    let path = file.path.clone();
    if file.lost > 0 { What::LayerDamaged { path, lines: file.lost } } else { What::EditedElsewhere(path) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn file(number: u128, name: &str) -> LayerFile {
        LayerFile {
            path: PathBuf::from(format!("{name}.ron")),
            person: Person { id: PersonId(Uuid::from_u128(number)), name: name.to_owned() },
            role: Role::Annotation,
            annotations: Arc::default(),
            submitted: None,
            edited: false,
            lost: 0,
        }
    }

    fn found(files: Vec<LayerFile>) -> FolderLayers {
        FolderLayers { layers: files, ..FolderLayers::default() }
    }

    #[test]
    fn a_person_keeps_colour_and_way_of_showing() {
        let mut layers = Layers::default();
        layers.take(found(vec![file(1, "b"), file(2, "c")]));
        layers.show(PersonId(Uuid::from_u128(2)), &Role::Annotation, LayerShown::Dim);
        layers.take(found(vec![file(3, "a"), file(1, "b"), file(2, "c")]));
        let all: Vec<_> = layers.all.iter().map(|layer| (layer.person.name.as_str(), layer.lane, layer.shown)).collect();
        assert_eq!(all, [("a", 2, LayerShown::Full), ("b", 0, LayerShown::Full), ("c", 1, LayerShown::Dim)]);
    }

    #[test]
    fn a_person_is_shown_alike_where_a_report_is_tagged_and_where_it_is_reviewed() {
        let mut tagged = Layers::default();
        tagged.take(found(vec![file(1, "b"), file(2, "c")]));
        tagged.take_from(LayerFrom { file: file(3, "d"), placed: 3, unplaced: Vec::new(), from: None });
        tagged.show(PersonId(Uuid::from_u128(2)), &Role::Annotation, LayerShown::Hidden);
        let mut reviewed = Layers::beside(&tagged);
        reviewed.take(found(vec![file(4, "a"), file(1, "b"), file(2, "c")]));
        let all: Vec<_> = reviewed.all.iter().map(|layer| (layer.person.name.as_str(), layer.lane, layer.shown)).collect();
        assert_eq!(all, [("a", 2, LayerShown::Full), ("b", 0, LayerShown::Full), ("c", 1, LayerShown::Hidden)]);
        assert!(reviewed.all.iter().all(|layer| !layer.outside), "what was opened from elsewhere stays where it was opened");
    }

    #[test]
    fn damage_to_somebodys_file_is_told_when_it_comes_and_shown_while_it_lasts() {
        let mut layers = Layers::default();
        let path = PathBuf::from("b.ron");
        let edited = LayerFile { edited: true, submitted: Some(Time(5)), ..file(1, "b") };
        let damaged = LayerFile { lost: 2, ..edited.clone() };
        assert!(layers.take(found(vec![file(1, "b")])).is_empty());
        assert_eq!(layers.take(found(vec![edited.clone()])), [What::EditedElsewhere(path.clone())]);
        assert!(layers.take(found(vec![edited])).is_empty(), "once is enough");
        assert_eq!(layers.take(found(vec![damaged.clone()])), [What::LayerDamaged { path: path.clone(), lines: 2 }]);
        let [layer] = &layers.all[..] else { panic!("one layer") };
        assert_eq!((layer.edited, layer.lost, layer.submitted), (true, 2, Some(Time(5))));
        assert!(layers.take(found(vec![file(1, "b")])).is_empty());
        let from = LayerFrom { file: damaged, placed: 3, unplaced: Vec::new(), from: None };
        assert_eq!(layers.take_from(from), Some(What::LayerDamaged { path, lines: 2 }));
    }

    #[test]
    fn what_came_from_elsewhere_stays_until_it_lies_with_the_report() {
        let mut layers = Layers::default();
        layers.take_from(LayerFrom { file: file(1, "b"), placed: 3, unplaced: Vec::new(), from: None });
        layers.take(found(vec![file(2, "a")]));
        assert_eq!(layers.all.iter().filter(|layer| layer.outside).count(), 1);
        layers.take(found(vec![file(1, "b")]));
        assert_eq!(layers.all.iter().map(|layer| layer.outside).collect::<Vec<_>>(), [false]);
        layers.remove(Path::new("b.ron"));
        assert_eq!(layers.all.len(), 1, "only what came from elsewhere can be put away");
    }
}
