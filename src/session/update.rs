//! The one way a session changes.

use super::command::{Command, TagCommand};
use super::effect::Effect;
use super::notice::What;
use super::state::{Question, State};
use super::{files, keeping, measuring, reading, reviewing, suggesting, tagging};
use crate::annotation::Time;

/// Carries out a command that happens at `now`; returns what the runner has to do.
pub fn update(state: &mut State, command: Command, now: Time) -> Vec<Effect> {
    let mut effects = match command {
        Command::File(command) => files::update(state, command, now),
        Command::Read(command) => reading::update(state, command),
        Command::Tag(command) => tagging::update(state, command, now),
        Command::Suggest(command) => suggesting::update(state, command, now),
        Command::Review(command) => reviewing::update(state, command, now),
        Command::Report(command) => super::corrections::update(state, command, now),
        Command::Keep(command) => {
            let mut effects = keeping::update(state, command, now);
            effects.extend(super::traces::go_on(state, now));
            effects
        }
        Command::Project(command) => super::project::update(state, command, now),
        Command::Export(command) => super::exporting::update(state, command),
        Command::Import(command) => super::importing::update(state, command, now),
        Command::All(commands) => all(state, commands, now),
    };
    effects.extend(suggesting::keep_up(state));
    effects.extend(reviewing::keep_up(state));
    effects.extend(measuring::keep_up(state));
    effects
}

/// Carries out commands in order. Where one has to ask first, the others wait for the answer with it.
fn all(state: &mut State, commands: Vec<Command>, now: Time) -> Vec<Effect> {
    let mut effects = Vec::new();
    let reports = commands.iter().filter(|command| matches!(command, Command::Tag(TagCommand::MakeAll(..)))).count();
    let mut rest = commands.into_iter();
    while let Some(command) = rest.next() {
        effects.extend(update(state, command, now));
        if let Some(Question::Name { then }) = &mut state.question {
            let asked = std::mem::replace(then.as_mut(), Command::All(Vec::new()));
            **then = Command::All(std::iter::once(asked).chain(rest).collect());
            return effects;
        }
    }
    if reports > 1 {
        state.tell(What::TaggedIn { reports });
    }
    effects
}
