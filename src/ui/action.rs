//! What a person can ask for by menu, key or button.

use super::dialogs::Purpose;
use super::figures::ReviewFile;
use super::find::Hit;
use crate::annotation::{CaseKey, Reason, TagId, TagRef};
use crate::report::ScriptView;
use crate::session::Command;
use crate::suggest::Proposal;
use crate::text::repair::Repair;
use crate::text::{Pos, Span};
use std::path::PathBuf;

/// Something asked for that is more than one command, or that only the window can do.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Choose files to open.
    Open,
    /// Choose a folder of reports to open.
    OpenFolder,
    /// Show the grid of the folder, or the report again.
    ToggleGrid,
    /// Open a report and go to a place in it.
    OpenAt(PathBuf, Span),
    /// Show the report, not the grid.
    ShowReport,
    /// Write what the reports of the folder are as CSV.
    WriteFacts,
    /// Take what the reports of the folder are from CSV.
    ReadFacts,
    /// A path was chosen for this.
    Chosen(Purpose, PathBuf),
    /// The same, and it was agreed that it lies outside the folder of the reports.
    StoreThere(Purpose, PathBuf),
    /// Cite the reports picked in the grid.
    CiteFolder,
    /// Type the path of a file to open.
    OpenPath,
    /// Open one of the samples.
    OpenSample(usize),
    /// Paste text as a report.
    Paste,
    /// Save now.
    Save,
    /// Keep the tags in another folder.
    KeepElsewhere,
    /// Show the versions kept of the tags on the report shown.
    Versions,
    /// Show what has changed since the version that lies there.
    LookAtVersion(PathBuf),
    /// Pack the folder, or the report shown.
    Pack,
    /// Choose another folder to take the pack into.
    UnpackElsewhere,
    /// Close the document shown.
    Close,
    /// Leave.
    Quit,
    /// Take the last step back.
    Undo,
    /// Make it again.
    Redo,
    /// Take the last correction in the grid back.
    UndoInGrid,
    /// Make it again.
    RedoInGrid,
    /// Copy the selection.
    Copy,
    /// Copy it as it is shown.
    CopyShown,
    /// Copy it with where it stands.
    CopyCited,
    /// Select the whole report.
    SelectAll,
    /// Select the word at the caret; then, each time, the clause, the sentence, the paragraph around it.
    SelectWider,
    /// Make a tag of the kind with this digit.
    Tag(u8),
    /// Mark the picked tags unsure, or sure.
    Unsure,
    /// Delete the picked tags.
    Delete,
    /// Write the picked tag's note.
    Note,
    /// Link the picked tag to another.
    Link,
    /// Move an end of the picked tag by characters.
    MoveEnd {
        /// Whether it is the start.
        start: bool,
        /// How far; negative is left.
        by: i32,
    },
    /// Pick the tag before.
    PreviousTag,
    /// Pick the tag after.
    NextTag,
    /// Show another script.
    View(ScriptView),
    /// Show the next script.
    NextView,
    /// Show the words of the place a script is of, or not.
    Wording,
    /// Show a repair, or not.
    Repair(Repair),
    /// Change the text size by this many points; 0 goes back to the usual one.
    TextSize(i8),
    /// Show or fold the reports and the outline.
    ToggleLeft,
    /// Show or fold the inspector.
    ToggleRight,
    /// Show or fold the list of tags.
    ToggleList,
    /// Set the theme: `light`, `dark` or the system's (empty).
    Theme(&'static str),
    /// Set the language.
    Language(&'static str),
    /// Choose the encoding.
    Encoding,
    /// Correct what the report is.
    Facts,
    /// Cite the report.
    Cite,
    /// Change one's name.
    Person,
    /// Ask whether what this machine remembers of reports is to be removed.
    ClearTraces,
    /// Show the keys.
    Keys,
    /// Full screen, or back.
    FullScreen,
    /// Stop what is going on: a link being made, a selection.
    Cancel,
    /// Look for something.
    Find,
    /// Go to the next hit.
    NextHit,
    /// Go to the hit before.
    PreviousHit,
    /// Go to a hit.
    GoToHit(Hit),
    /// Go back to where one jumped from.
    Back,
    /// Go forward again.
    Forward,
    /// Put a bookmark on the paragraph at the caret, or take it away.
    Bookmark,
    /// Choose a paragraph to go to.
    GoToParagraph,
    /// List what is damaged.
    Damage,
    /// Choose how reports are set.
    Typesetting,
    /// Go to a place.
    GoTo(Pos),
    /// Go to a heading: it comes to the top.
    GoToHeading(Pos),
    /// Show or fold what is to be looked at.
    ToggleDoubts,
    /// Show what is to be looked at, and go to the first.
    ShowDoubts,
    /// Confirm what is doubtful about the picked tag, and go to the next.
    ConfirmDoubt,
    /// Choose another text of the report to take tags over from.
    CarryFrom,
    /// Pick a tag and go there.
    GoToTag(TagId),
    /// Show proposals to this person, or not.
    ShowProposals(bool),
    /// Show proposals to everybody who opens the project, or not.
    ShowProposalsInProject(bool),
    /// Show or fold the queue of proposals.
    ToggleProposals,
    /// Show or fold what nobody tagged.
    ToggleOmissions,
    /// Take the proposal at hand as it is.
    AcceptProposal,
    /// Turn it down.
    RejectProposal,
    /// Take it and change it.
    MendProposal,
    /// Go on to the next proposal.
    NextProposal,
    /// Go back to the proposal before.
    PreviousProposal,
    /// Have a proposal at hand that stands on the page, or none.
    TakeProposal(Option<Box<Proposal>>),
    /// Have a proposal at hand and go there.
    GoToProposal(Box<Proposal>),
    /// Choose which proposals to take all at once.
    AcceptAll,
    /// Go to something that nobody tagged.
    GoToOmission(Span),
    /// Something about colleagues and what they tagged.
    Colleagues(ColleagueAction),
    /// Something about the cases of a review.
    Case(CaseAction),
    /// Something about how far people agree.
    Figures(FiguresAction),
    /// Something about tags that leave for other programs, or come from them.
    Exchange(ExchangeAction),
}

/// What can be asked for about tags that leave for other programs, or come from them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ExchangeAction {
    /// Choose what is handed over, and where to.
    Export,
    /// Choose its place in the system's dialog.
    ChoosePlace,
    /// Hand over what was chosen.
    ExportHere,
    /// Choose a file to take tags from.
    Import,
}

/// What can be asked for about colleagues: their tags, what people told one another, how the project is reviewed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ColleagueAction {
    /// Show or fold who tagged the report.
    ToggleLayers,
    /// Show or fold what people told one another.
    ToggleComments,
    /// Write a comment.
    Comment,
    /// Review what colleagues tagged; from a review, go back to one's own tags.
    Review,
    /// Choose a colleague's file to take in.
    OpenFile,
    /// Ask whether the user's tags are to be submitted.
    Submit,
    /// Say how the project is reviewed.
    Project,
    /// Show letters in the place of names, or names again.
    HideNames(bool),
    /// Mark what is selected, or else the paragraph at the caret, as read, or as not read.
    MarkRead(bool),
    /// Go to somebody's tag.
    GoTo(TagRef),
    /// Go to words and select them.
    GoToWords(Span),
}

/// What can be asked for about the cases of a review. What stands side by side in the case at hand is counted from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CaseAction {
    /// Show another case.
    GoTo(CaseKey),
    /// Show the next case.
    Next,
    /// Show the case before.
    Previous,
    /// Take what some of the people say.
    Take(u8),
    /// Take what is at hand; go on from a case that was mended.
    TakeHere,
    /// Have at hand what the next of them say.
    NextOption,
    /// Have at hand what those before say.
    PreviousOption,
    /// Take what all say.
    TakeAll,
    /// Tag nothing there.
    Nothing,
    /// Take what some say, or else what is at hand, and change it.
    Mend(Option<u8>),
    /// Decide later.
    Defer,
    /// Ask somebody.
    Ask,
    /// Give the next of the reasons.
    NextReason,
    /// Give a reason, or none.
    Reason(Option<Reason>),
    /// Write why.
    WriteNote,
    /// Take back what was decided.
    Reopen,
    /// Choose which of the cases on which all agree are accepted.
    AcceptAgreed,
}

/// What can be asked for about how far the people of a review agree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FiguresAction {
    /// Show it in place of the page, or the page again.
    Toggle,
    /// Choose where something that comes of the review is written.
    Write(ReviewFile),
    /// Copy a paragraph that says how it was reckoned.
    CopyMethods,
}

impl Action {
    /// What a key asks for while figures are shown in place of the page: nothing that would change what is behind them.
    pub fn in_figures(self) -> Option<Self> {
        match self {
            Self::Close | Self::Cancel | Self::Colleagues(ColleagueAction::Review) => Some(Self::Figures(FiguresAction::Toggle)),
            Self::Figures(_) => Some(self),
            Self::Undo | Self::Redo => None,
            other => other.in_grid(),
        }
    }

    /// What a key asks for while the grid of a folder is shown: nothing that would change the report behind it.
    pub fn in_grid(self) -> Option<Self> {
        match self {
            Self::Undo => Some(Self::UndoInGrid),
            Self::Redo => Some(Self::RedoInGrid),
            Self::Close => Some(Self::ShowReport),
            Self::Open
            | Self::OpenPath
            | Self::OpenFolder
            | Self::ToggleGrid
            | Self::ShowReport
            | Self::Save
            | Self::Exchange(ExchangeAction::Export)
            | Self::Quit
            | Self::TextSize(_)
            | Self::ToggleLeft
            | Self::Theme(_)
            | Self::Language(_)
            | Self::Person
            | Self::Keys
            | Self::FullScreen => Some(self),
            _ => None,
        }
    }
}

/// What the panels asked for in a frame.
#[derive(Debug, Default)]
pub struct Asked {
    /// Commands for the session.
    pub commands: Vec<Command>,
    /// Actions for the window.
    pub actions: Vec<Action>,
}

impl Asked {
    /// Asks for a command.
    pub fn command(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// Asks for an action.
    pub fn action(&mut self, action: Action) {
        self.actions.push(action);
    }
}
