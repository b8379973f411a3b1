//! Finding words in all reports of the folder, and checking all tags: what was found, line by line.

use super::{Action, Asked};
use crate::locale::Words;
use crate::report::Pattern;
use crate::session::{Command, ProjectCommand, Work};
use crate::store::{FolderHit, Job};
use crate::ui::theme::Palette;
use egui::text::LayoutJob;
use egui::{Align, Color32, FontId, Key, Label, Layout, ScrollArea, Sense, TextEdit, TextFormat, Ui, vec2};

/// What is asked for.
#[derive(Debug, Default)]
pub struct WorkPanel {
    typed: String,
    expression: bool,
    error: Option<String>,
    /// What was typed from elsewhere and is to be looked for.
    pending: bool,
    current: Option<usize>,
}

impl WorkPanel {
    /// Looks for words, as if they had been typed.
    pub fn look_for(&mut self, typed: &str) {
        typed.clone_into(&mut self.typed);
        self.pending = true;
    }
}

/// Height of a line in points.
const LINE: f32 = 22.0;
/// Size of its text in points.
const SIZE: f32 = 14.0;
/// Characters of context that stand before the words.
const BEFORE: usize = 18;

/// Asking to find or to check.
pub fn ask_ui(ui: &mut Ui, panel: &mut WorkPanel, words: &Words, asked: &mut Asked) {
    let field = ui.add(TextEdit::singleline(&mut panel.typed).hint_text(words.get("folder_find")).desired_width(180.0));
    let field = field.accessible_name(words.get("folder_find"));
    let enter = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    ui.checkbox(&mut panel.expression, words.get("find_expression"));
    if (ui.button(words.get("folder_find_go")).clicked() || enter || std::mem::take(&mut panel.pending)) && !panel.typed.trim().is_empty() {
        let pattern = if panel.expression { Pattern::expression(&panel.typed).map(Some) } else { Ok(Pattern::words(&panel.typed)) };
        match pattern {
            Ok(pattern) => {
                panel.error = None;
                pattern.into_iter().for_each(|pattern| asked.command(Command::Project(ProjectCommand::Run(Job::Find(pattern)))));
            }
            Err(error) => panel.error = Some(error),
        }
        panel.current = None;
    }
    if let Some(error) = &panel.error {
        ui.colored_label(ui.visuals().error_fg_color, words.get("find_bad_expression")).on_hover_text(error);
    }
    if ui.button(words.get("folder_check")).on_hover_text(words.get("folder_check_hint")).clicked() {
        panel.current = None;
        asked.command(Command::Project(ProjectCommand::Run(Job::Check)));
    }
    if ui.button(words.get("folder_suggest")).on_hover_text(words.get("folder_suggest_hint")).clicked() {
        panel.current = None;
        asked.command(Command::Project(ProjectCommand::Run(Job::Suggest)));
    }
}

/// What was found so far, and how far the work is.
pub fn found_ui(ui: &mut Ui, panel: &mut WorkPanel, work: &Work, words: &Words, palette: &Palette, asked: &mut Asked) {
    ui.horizontal(|ui| {
        let reports = reports(&work.hits);
        let key = match (&work.job, work.hits.is_empty()) {
            (Job::Find(_), false) => "folder_found",
            (Job::Find(_), true) => "folder_found_none",
            (Job::Check, false) => "folder_slipped",
            (Job::Check, true) => "folder_all_stand",
            (Job::Suggest, false) => "folder_proposed",
            (Job::Suggest, true) => "folder_proposed_none",
        };
        if let Some(progress) = work.progress {
            let share = progress.done as f32 / progress.all.max(1) as f32;
            let label = format!("{} / {}", progress.done, progress.all);
            ui.add(egui::ProgressBar::new(share).desired_width(200.0).text(label));
            if ui.button(words.get("stop")).clicked() {
                asked.command(Command::Project(ProjectCommand::Stop));
            }
        }
        if work.progress.is_none() || !work.hits.is_empty() {
            ui.label(words.fill(key, &[&work.hits.len().to_string(), &reports.to_string()]));
        }
        if work.stopped {
            ui.colored_label(palette.warning, words.get("stopped"));
        }
        if work.progress.is_none() && ui.button(words.get("close_panel")).clicked() {
            asked.command(Command::Project(ProjectCommand::Clear));
        }
    });
    ScrollArea::vertical().id_salt("folder hits").auto_shrink(false).show_rows(ui, LINE, work.hits.len(), |ui, range| {
        for at in range {
            let Some(hit) = work.hits.get(at) else { continue };
            if hit_ui(ui, hit, panel.current == Some(at), words, palette) {
                panel.current = Some(at);
                asked.action(Action::OpenAt(hit.path.clone(), hit.span));
                asked.action(Action::ShowReport);
            }
        }
    });
}

/// In how many reports something was found: hits of one follow one another.
fn reports(hits: &[FolderHit]) -> usize {
    hits.iter().zip(hits.iter().skip(1)).filter(|(a, b)| a.path != b.path).count() + usize::from(!hits.is_empty())
}

/// A line: whose report, what stands before, the words, what stands behind. Whether it was clicked.
fn hit_ui(ui: &mut Ui, hit: &FolderHit, is_current: bool, words: &Words, palette: &Palette) -> bool {
    ui.horizontal(|ui| {
        let title = ui.allocate_ui_with_layout(vec2(190.0, LINE), Layout::left_to_right(Align::Center), |ui| {
            ui.add(Label::new(egui::RichText::new(&hit.title).weak()).truncate().sense(Sense::click()))
        });
        let skipped = hit.before.chars().count().saturating_sub(BEFORE);
        let before: String = hit.before.chars().skip(skipped).collect();
        let part = |text: &str, colour: Color32, background: Color32| {
            LayoutJob::single_section(
                text.to_owned(),
                TextFormat { font_id: FontId::proportional(SIZE), color: colour, background, ..Default::default() },
            )
        };
        // Hits stand under one another.
        let layout = Layout::right_to_left(Align::Center);
        let left = part(&before, palette.faint, Color32::TRANSPARENT);
        let left =
            ui.allocate_ui_with_layout(vec2(BEFORE as f32 * SIZE, LINE), layout, |ui| ui.add(Label::new(left).sense(Sense::click())));
        ui.spacing_mut().item_spacing.x = 0.0;
        let mut rest = part(&hit.words.replace('\n', " "), palette.heading, if is_current { palette.hit_here } else { palette.hit });
        let after = part(&hit.after, palette.faint, Color32::TRANSPARENT);
        after.sections.into_iter().for_each(|section| rest.append(&after.text, 0.0, section.format));
        if let Some((person, quote)) = &hit.slipped {
            let said = part(&words.fill("folder_slipped_tag", &[person, quote]), palette.error, Color32::TRANSPARENT);
            said.sections.into_iter().for_each(|section| rest.append(&said.text, 12.0, section.format));
        }
        let line = ui.add(Label::new(rest).sense(Sense::click()).truncate());
        line.clicked() || left.inner.clicked() || title.inner.clicked()
    })
    .inner
}
