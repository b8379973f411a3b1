//! Numbers, units, bounds, periods and deadlines: read from what a report says or a person types.
//!
//! Reading never guesses: what cannot be read is an [`Unread`] with its reason, and the words stay.

mod date;
mod mention;
mod number;
mod period;
mod stated;

pub use date::date;
pub use mention::{Form, Mention, Units, mentions};
pub use number::{Number, number};
pub use period::{Deadline, Part, Period, Year, deadline, period};
pub use stated::{Basis, Bound, Measure, Quantity, Stated, stated};

/// Why something typed could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Unread {
    /// It is none of the values there are to choose from.
    #[error("not one of the choices")]
    NotAChoice,
    /// There is no number in it.
    #[error("no number")]
    NoNumber,
    /// Digits are masked (`42***`), so there is no value.
    #[error("masked digits")]
    Masked,
    /// After a number something stands that is no unit and no bound.
    #[error("something left over")]
    LeftOver,
    /// The second number of a range is smaller than the first.
    #[error("the range runs backwards")]
    Backwards,
    /// The units of a range differ.
    #[error("the units of the range differ")]
    UnitsDiffer,
    /// It is not a period such as 2020, 2020-H1, 2020-01/2020-06 or 十四五.
    #[error("not a period")]
    NotAPeriod,
    /// It is not a date or part of a year such as 2020-06-30 or 年底前.
    #[error("not a deadline")]
    NotADeadline,
    /// The month, day, half or quarter does not exist.
    #[error("no such month or day")]
    NoSuchDay,
}
