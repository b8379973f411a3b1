//! What can be written of a review.

/// A file that comes of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReviewFile {
    /// Every figure, as CSV.
    Figures,
    /// The same as a workbook.
    Workbook,
    /// One page on how far people agree.
    Page,
    /// A row for each case, a column for each person.
    Cases,
    /// A row for each run of characters, a column for each person.
    Runs,
    /// What was decided.
    Decisions,
    /// A page for each of those who tagged, in a folder.
    Feedback,
}

impl ReviewFile {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 7] = [Self::Figures, Self::Workbook, Self::Page, Self::Cases, Self::Runs, Self::Decisions, Self::Feedback];

    /// Its key in the locale.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Figures => "figures",
            Self::Workbook => "workbook",
            Self::Page => "page",
            Self::Cases => "cases",
            Self::Runs => "runs",
            Self::Decisions => "decisions",
            Self::Feedback => "feedback",
        }
    }

    /// What a dialog that asks where it goes is called, by its key in the locale.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Figures => "review_file_figures",
            Self::Workbook => "review_file_workbook",
            Self::Page => "review_file_page",
            Self::Cases => "review_file_cases",
            Self::Runs => "review_file_runs",
            Self::Decisions => "review_file_decisions",
            Self::Feedback => "review_file_feedback",
        }
    }

    /// How its name ends, without the dot.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Figures | Self::Cases | Self::Runs | Self::Decisions => "csv",
            Self::Workbook => "xlsx",
            Self::Page | Self::Feedback => "html",
        }
    }

    /// Whether several files go into a folder.
    pub const fn is_folder(self) -> bool {
        matches!(self, Self::Feedback)
    }

    /// Whether figures stand in it, or what they are reckoned from.
    pub const fn is_of_figures(self) -> bool {
        !matches!(self, Self::Decisions | Self::Feedback)
    }
}
