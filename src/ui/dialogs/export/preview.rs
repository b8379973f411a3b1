//! A look at what will be written: of one report, before anything is.

use crate::exchange::{Format, Options};
use crate::locale::Words;
use crate::report::ScriptView;
use crate::session::{DocumentId, HandedWork, Spoken, with_handed};
use egui::{Frame, Label, RichText, ScrollArea, Ui};

/// How many lines of what will be written are shown.
const LINES: usize = 40;
/// How many characters of a line are shown.
const LONGEST: usize = 400;
/// The least height of these lines in points.
const LOWEST: f32 = 64.0;
/// What stands around them in points: the frame, and the space between it and what is above.
const AROUND: f32 = 22.0;

/// What is looked at.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Choice {
    /// The report that is shown of what will be written.
    pub document: Option<DocumentId>,
    /// All reports of the folder, or that one.
    pub all: bool,
    pub format: Format,
    pub reading: ScriptView,
    /// Who is ticked.
    pub people: Vec<bool>,
    /// Which kinds are.
    pub kinds: Vec<bool>,
}

/// What will be written of it.
#[derive(Debug)]
pub(super) struct Preview {
    of: Choice,
    /// The name of the report's file; none is open.
    name: Option<String>,
    lines: Vec<String>,
    /// The paths of the files that will be written; of all reports those that are written in any case.
    paths: Vec<String>,
}

impl Preview {
    pub(super) fn new(of: Choice, work: Option<HandedWork>, options: &Options, spoken: &Spoken) -> Self {
        let name = work.as_ref().map(|work| work.name.clone());
        let works: Vec<HandedWork> = work.into_iter().collect();
        let text = if works.is_empty() { String::new() } else { with_handed(&works, options, spoken, |handed| of.format.preview(handed)) };
        let meant: &[HandedWork] = if of.all { &[] } else { &works };
        let paths = with_handed(meant, options, spoken, |handed| of.format.paths(handed));
        Self { of, name, lines: lines(&text), paths }
    }

    /// Whether it is of this.
    pub(super) fn is_of(&self, choice: &Choice) -> bool {
        self.of == *choice
    }

    pub(super) fn paths(&self) -> &[String] {
        &self.paths
    }

    /// Draws it in a room of this height.
    pub(super) fn ui(&self, ui: &mut Ui, words: &Words, height: f32) {
        let top = ui.cursor().top();
        ui.add_space(4.0);
        let Some(name) = &self.name else {
            ui.strong(words.get("export_preview"));
            ui.weak(words.get("export_preview_none"));
            return;
        };
        ui.horizontal(|ui| {
            ui.strong(words.fill("export_preview_of", &[name]));
            let left_out = match self.of.format {
                Format::Csv | Format::Tsv => Some("export_preview_ids"),
                Format::Html | Format::Docx => Some("export_preview_words"),
                _ => None,
            };
            if let Some(key) = left_out {
                ui.weak(words.get(key));
            }
        });
        let height = (height - (ui.cursor().top() - top) - AROUND).max(LOWEST);
        Frame::group(ui.style()).show(ui, |ui| {
            let area = ScrollArea::both().id_salt("export preview").max_height(height).auto_shrink(false);
            area.show(ui, |ui| {
                for line in &self.lines {
                    ui.add(Label::new(RichText::new(line).small()).extend());
                }
            });
        });
    }
}

/// The first lines of a text, each as much of it as is shown.
fn lines(text: &str) -> Vec<String> {
    let short = |line: &str| {
        let short: String = line.replace('\t', "    ").chars().take(LONGEST).collect();
        if line.chars().count() > LONGEST { format!("{short}…") } else { short }
    };
    let more = text.lines().nth(LINES).map(|_| "…".to_owned());
    text.lines().take(LINES).map(short).chain(more).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_beginning_is_shown() {
        let text = format!("{}\n{}", "长".repeat(2 * LONGEST), "行\n".repeat(2 * LINES));
        let lines = lines(&text);
        assert_eq!((lines.len(), lines[0].chars().count(), lines[LINES].as_str()), (LINES + 1, LONGEST + 1, "…"));
    }
}
