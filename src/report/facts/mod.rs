//! What a report says of itself — title, kind, place, period, date, speaker, where it is from, how secret it is — and what people corrected.

mod origin;
mod read;
mod secrecy;

pub use read::facts;
pub use secrecy::Secrecy;
pub(super) use secrecy::level_of;

use super::outline::Role;
use crate::quantity::{Period, Unread, Year, date, period};
use crate::text::Pos;
use std::collections::{BTreeMap, BTreeSet};

/// A fact about a report that is read from its text or told by its original, and can be corrected by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Its title.
    Title,
    /// The place it reports on.
    Place,
    /// The level of that place, by the key of a [`Tier`].
    Tier,
    /// What time it is of, as [`Period`] prints it.
    Period,
    /// What kind of report it is, by the key of a [`Genre`].
    Genre,
    /// Who gave it.
    Speaker,
    /// Who issued it.
    Issuer,
    /// Its document number (文号).
    Number,
    /// Where it was taken from: a newspaper, a site.
    Source,
    /// When it was published, or else given, as 2024-01-18.
    Published,
    /// Its address.
    Url,
    /// When it was fetched from there, as 2024-01-18.
    Accessed,
    /// How far the work on it is, by the key of a [`Progress`].
    Progress,
    /// How secret it is, by the key of a [`Secrecy`].
    Secrecy,
}

impl Field {
    /// All of them, in the order people are shown.
    pub const ALL: [Self; 14] = [
        Self::Title,
        Self::Place,
        Self::Tier,
        Self::Period,
        Self::Genre,
        Self::Speaker,
        Self::Issuer,
        Self::Number,
        Self::Source,
        Self::Published,
        Self::Url,
        Self::Accessed,
        Self::Progress,
        Self::Secrecy,
    ];

    /// Its key in files and in the locale.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Place => "place",
            Self::Tier => "tier",
            Self::Period => "period",
            Self::Genre => "genre",
            Self::Speaker => "speaker",
            Self::Issuer => "issuer",
            Self::Number => "number",
            Self::Source => "source",
            Self::Published => "published",
            Self::Url => "url",
            Self::Accessed => "accessed",
            Self::Progress => "progress",
            Self::Secrecy => "secrecy",
        }
    }

    /// The field of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.key() == key)
    }

    /// The keys it may have as its value; nothing for a field of free text.
    pub fn choices(self) -> Option<Vec<&'static str>> {
        match self {
            Self::Tier => Some(Tier::ALL.map(Tier::key).into()),
            Self::Genre => Some(Genre::ALL.map(Genre::key).into()),
            Self::Progress => Some(Progress::ALL.map(Progress::key).into()),
            Self::Secrecy => Some(Secrecy::ALL.map(Secrecy::key).into()),
            Self::Title
            | Self::Place
            | Self::Period
            | Self::Speaker
            | Self::Issuer
            | Self::Number
            | Self::Source
            | Self::Published
            | Self::Url
            | Self::Accessed => None,
        }
    }

    /// A value as it is kept: a period or a day in its standard form. An empty one says that there is none.
    ///
    /// # Errors
    /// If it is no value of this field.
    pub fn standard(self, value: &str) -> Result<String, Unread> {
        let value = value.trim();
        match self {
            _ if value.is_empty() => Ok(String::new()),
            Self::Period => {
                let standard = period(value, Year(None))?.to_string();
                // 去年 is a period only where one knows which year is meant; 20xx is kept as the report has it.
                let masked = value.contains(['x', 'X', '×', '某']);
                if standard.contains("XXXX") && !masked { Err(Unread::NotAPeriod) } else { Ok(standard) }
            }
            Self::Published | Self::Accessed => Ok(date(value)?.to_string()),
            Self::Tier | Self::Genre | Self::Progress | Self::Secrecy => {
                let known = self.choices().unwrap_or_default().contains(&value);
                if known { Ok(value.to_owned()) } else { Err(Unread::NotAChoice) }
            }
            Self::Title | Self::Place | Self::Speaker | Self::Issuer | Self::Number | Self::Source | Self::Url => Ok(value.to_owned()),
        }
    }
}

/// The level of the place a report is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The whole country.
    National,
    /// Provinces, autonomous regions, cities under the central government, special administrative regions.
    Province,
    /// Cities and prefectures.
    City,
    /// Counties and districts.
    County,
    /// Towns and townships.
    Town,
}

impl Tier {
    /// All of them, highest first.
    pub const ALL: [Self; 5] = [Self::National, Self::Province, Self::City, Self::County, Self::Town];

    /// Its key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Province => "province",
            Self::City => "city",
            Self::County => "county",
            Self::Town => "town",
        }
    }
}

/// The kind of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Genre {
    /// 政府工作报告.
    Work,
    /// 国民经济和社会发展计划执行情况报告.
    Plan,
    /// 预算执行情况报告.
    Budget,
    /// 统计公报.
    Bulletin,
    /// 规划, 纲要.
    Programme,
    /// A speech at a meeting.
    Speech,
    /// 通知, 意见, 方案.
    Document,
    /// A piece of news.
    News,
}

impl Genre {
    /// All of them.
    pub const ALL: [Self; 8] =
        [Self::Work, Self::Plan, Self::Budget, Self::Bulletin, Self::Programme, Self::Speech, Self::Document, Self::News];

    /// Its key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Plan => "plan",
            Self::Budget => "budget",
            Self::Bulletin => "bulletin",
            Self::Programme => "programme",
            Self::Speech => "speech",
            Self::Document => "document",
            Self::News => "news",
        }
    }
}

/// How far somebody says the work on a report is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Progress {
    /// To be done.
    Waiting,
    /// Begun.
    Begun,
    /// Done.
    Done,
}

impl Progress {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Begun, Self::Done];

    /// Its key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Begun => "begun",
            Self::Done => "done",
        }
    }
}

/// What people corrected; it is kept with the report and laid over what was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrections {
    /// Facts as they should be.
    pub fields: BTreeMap<Field, String>,
    /// Facts of the parts that begin at a place.
    pub part_fields: BTreeMap<Pos, BTreeMap<Field, String>>,
    /// Beginnings of paragraphs at which a report of its own begins (true), or none does though it looks so (false).
    pub parts: BTreeMap<Pos, bool>,
    /// What the paragraph that begins at a place is.
    pub roles: BTreeMap<Pos, Role>,
    /// Beginnings of lines that go on the paragraph before them.
    pub joined: BTreeSet<Pos>,
    /// Places inside lines where a paragraph begins.
    pub divided: BTreeSet<Pos>,
    /// Places inside paragraphs where a sentence begins (true), or where the one before goes on though a stop
    /// stands there (false).
    pub sentences: BTreeMap<Pos, bool>,
}

impl Corrections {
    /// Takes what another set corrects and this one says nothing of; whether there was anything.
    pub fn take_missing(&mut self, other: &Self) -> bool {
        let before = self.clone();
        fn missing<K: Ord + Clone, V: Clone>(own: &mut BTreeMap<K, V>, other: &BTreeMap<K, V>) {
            for (key, value) in other {
                own.entry(key.clone()).or_insert_with(|| value.clone());
            }
        }
        missing(&mut self.fields, &other.fields);
        for (place, fields) in &other.part_fields {
            missing(self.part_fields.entry(*place).or_default(), fields);
        }
        missing(&mut self.parts, &other.parts);
        missing(&mut self.roles, &other.roles);
        missing(&mut self.sentences, &other.sentences);
        self.joined.extend(&other.joined);
        self.divided.extend(&other.divided);
        *self != before
    }

    /// The corrected facts of the whole file, or of the part that begins at a place.
    pub fn fields_of(&self, part: Option<Pos>) -> Option<&BTreeMap<Field, String>> {
        match part {
            None => Some(&self.fields),
            Some(part) => self.part_fields.get(&part),
        }
    }

    /// Corrects a fact of the whole file or of a part; nothing goes back to what was read.
    pub fn set_field(&mut self, part: Option<Pos>, field: Field, value: Option<String>) {
        let fields = match part {
            None => &mut self.fields,
            Some(part) => self.part_fields.entry(part).or_default(),
        };
        match value {
            Some(value) => drop(fields.insert(field, value)),
            None => drop(fields.remove(&field)),
        }
        self.part_fields.retain(|_, fields| !fields.is_empty());
    }
}

/// The facts of a report; empty where nothing was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts(BTreeMap<Field, String>);

impl Facts {
    /// Facts by their fields.
    pub const fn new(facts: BTreeMap<Field, String>) -> Self {
        Self(facts)
    }

    /// A fact, if known.
    pub fn get(&self, field: Field) -> Option<&str> {
        self.0.get(&field).map(String::as_str)
    }

    /// All that is known.
    pub const fn all(&self) -> &BTreeMap<Field, String> {
        &self.0
    }

    /// The year of the report's period: what parts of years in its text belong to.
    pub fn year(&self) -> Year {
        let period = self.get(Field::Period).and_then(|words| period(words, Year(None)).ok());
        match period {
            Some(Period::In(year, _)) => year,
            Some(Period::Years(_, year) | Period::Fiscal(year)) => Year(Some(year)),
            Some(Period::Plan(_)) | None => Year(None),
        }
    }

    /// These facts with corrections laid over them; an empty correction removes a fact.
    #[must_use]
    pub fn corrected(mut self, corrections: Option<&BTreeMap<Field, String>>) -> Self {
        for (&field, value) in corrections.into_iter().flatten() {
            if value.is_empty() {
                self.0.remove(&field);
            } else {
                self.0.insert(field, value.clone());
            }
        }
        // A place that was corrected is of its own level.
        let corrected = |field| corrections.is_some_and(|fields| fields.contains_key(&field));
        if corrected(Field::Place)
            && !corrected(Field::Tier)
            && let Some(tier) = self.get(Field::Place).and_then(origin::tier_of)
        {
            self.0.insert(Field::Tier, tier.key().to_owned());
        }
        self
    }

    /// These facts, completed by others where they say nothing.
    #[must_use]
    pub fn or(mut self, others: &Self) -> Self {
        for (field, value) in &others.0 {
            self.0.entry(*field).or_insert_with(|| value.clone());
        }
        self
    }
}
