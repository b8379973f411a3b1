//! Commands of reading: selecting, picking, switching script.

use super::command::ReadCommand;
use super::document::Selection;
use super::effect::Effect;
use super::keeping::remember;
use super::state::State;

pub(super) fn update(state: &mut State, command: ReadCommand) -> Vec<Effect> {
    let Some(document) = state.document_mut() else {
        return Vec::new();
    };
    match command {
        ReadCommand::Select(selection) => {
            let all = document.report.text().span();
            document.selection = Selection { anchor: all.clamp(selection.anchor), caret: all.clamp(selection.caret) };
        }
        ReadCommand::Pick(tags) => document.picked = tags.into_iter().filter(|id| document.annotations.tag(*id).is_some()).collect(),
        ReadCommand::View(view) => document.view = view,
        ReadCommand::Bookmark(place) => {
            if !document.bookmarks.remove(&place) {
                document.bookmarks.insert(place);
            }
            return remember(state);
        }
        ReadCommand::Arrived(place) => document.place = place,
    }
    Vec::new()
}
