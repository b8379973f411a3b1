//! The columns of the grid.

use crate::annotation::{Codebook, KindId};
use crate::report::Field;

/// A column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The file.
    #[default]
    Name,
    /// The title.
    Title,
    /// The place.
    Place,
    /// Its level.
    Tier,
    /// The period.
    Period,
    /// The kind of report.
    Genre,
    /// Where it was published.
    Source,
    /// When.
    Published,
    /// The script.
    Script,
    /// Format and encoding.
    Encoding,
    /// How many reports are in the file.
    Parts,
    /// Who tagged it.
    People,
    /// Tags of the first kind of the codebook.
    Targets,
    /// Of the second.
    Indicators,
    /// Of the third.
    Commitments,
    /// How far the work is.
    Progress,
    /// How secret it is.
    Secrecy,
    /// The folder it lies in.
    Folder,
}

impl Column {
    /// All that are shown, from left to right.
    pub const ALL: [Self; 17] = [
        Self::Name,
        Self::Title,
        Self::Place,
        Self::Tier,
        Self::Period,
        Self::Genre,
        Self::Targets,
        Self::Indicators,
        Self::Commitments,
        Self::Progress,
        Self::Secrecy,
        Self::People,
        Self::Published,
        Self::Source,
        Self::Script,
        Self::Encoding,
        Self::Parts,
    ];

    /// Those one can group by.
    pub const GROUPS: [Self; 10] = [
        Self::Folder,
        Self::Place,
        Self::Tier,
        Self::Period,
        Self::Genre,
        Self::Source,
        Self::Script,
        Self::People,
        Self::Progress,
        Self::Secrecy,
    ];

    /// Its key in the locale.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Title => "title",
            Self::Place => "place",
            Self::Tier => "tier",
            Self::Period => "period",
            Self::Genre => "genre",
            Self::Source => "source",
            Self::Published => "published",
            Self::Script => "script",
            Self::Encoding => "encoding",
            Self::Parts => "parts",
            Self::People => "people",
            Self::Targets => "targets",
            Self::Indicators => "indicators",
            Self::Commitments => "commitments",
            Self::Progress => "progress",
            Self::Secrecy => "secrecy",
            Self::Folder => "folder",
        }
    }

    /// Its width at first, in points.
    pub const fn width(self) -> f32 {
        match self {
            Self::Name => 190.0,
            Self::Title => 230.0,
            Self::Encoding => 110.0,
            Self::Place | Self::Genre | Self::Source | Self::Published | Self::People => 90.0,
            Self::Period | Self::Progress | Self::Folder => 70.0,
            Self::Tier | Self::Script | Self::Secrecy => 58.0,
            Self::Parts | Self::Targets | Self::Indicators | Self::Commitments => 46.0,
        }
    }

    /// The fact it shows, if it shows one.
    pub const fn field(self) -> Option<Field> {
        match self {
            Self::Title => Some(Field::Title),
            Self::Place => Some(Field::Place),
            Self::Tier => Some(Field::Tier),
            Self::Period => Some(Field::Period),
            Self::Genre => Some(Field::Genre),
            Self::Source => Some(Field::Source),
            Self::Published => Some(Field::Published),
            Self::Progress => Some(Field::Progress),
            Self::Secrecy => Some(Field::Secrecy),
            Self::Name
            | Self::Script
            | Self::Encoding
            | Self::Parts
            | Self::People
            | Self::Targets
            | Self::Indicators
            | Self::Commitments
            | Self::Folder => None,
        }
    }

    /// The kind of tags it counts, if it counts one.
    pub fn kind(self) -> Option<KindId> {
        let at = match self {
            Self::Targets => 0,
            Self::Indicators => 1,
            Self::Commitments => 2,
            _ => return None,
        };
        Codebook::standard().kinds.get(at).map(|kind| kind.id.clone())
    }
}
