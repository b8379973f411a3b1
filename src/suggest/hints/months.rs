//! Periods as months one can count.

use crate::quantity::{Part, Period, Year};

/// The months from the first to the last, both included, counted from the year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Months {
    pub first: i32,
    pub last: i32,
}

impl Months {
    /// Those of a period; none of one whose year is masked.
    pub fn of(period: Period) -> Option<Self> {
        let years = |from: i16, to: i16| Some(Self { first: i32::from(from) * 12, last: i32::from(to) * 12 + 11 });
        match period {
            Period::In(year, part) => {
                let (first, last) = match part {
                    Part::Whole => (1, 12),
                    Part::Half(1) => (1, 6),
                    Part::Half(_) => (7, 12),
                    Part::Quarter(quarter) => (quarter.saturating_mul(3).saturating_sub(2), quarter.saturating_mul(3)),
                    Part::Months(first, last) => (first, last),
                };
                Some(Self { first: Self::month(year, first)?, last: Self::month(year, last)? })
            }
            Period::Years(from, to) => years(from, to),
            // From April to March.
            Period::Fiscal(from) => years(from, from).map(|year| Self { first: year.first + 3, last: year.last + 3 }),
            // From the sixth plan on, which began in 1981, each is of five years.
            Period::Plan(number @ 6..) => {
                let from = 1981 + 5 * (i16::from(number) - 6);
                years(from, from + 4)
            }
            Period::Plan(_) => None,
        }
    }

    /// The number of a month of a year, if the year is known.
    pub fn month(year: Year, month: i8) -> Option<i32> {
        year.0.map(|year| i32::from(year) * 12 + i32::from(month) - 1)
    }

    /// The same months a year before.
    pub const fn year_before(self) -> Self {
        Self { first: self.first - 12, last: self.last - 12 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::period;

    fn months(words: &str) -> Option<Months> {
        Months::of(period(words, Year(Some(2020))).unwrap())
    }

    #[test]
    fn the_same_months_in_other_words() {
        for (words, others) in [
            ("2020-H1", "1-6月"),
            ("下半年", "2020-07/2020-12"),
            ("2020", "2020-01/2020-12"),
            ("三季度", "2020-07/2020-09"),
            ("前三季度", "1-9月"),
            ("十三五", "2016-2020年"),
            ("“十四五”时期", "2021/2025"),
        ] {
            assert_eq!(months(words), months(others), "{words}");
            assert!(months(words).is_some());
        }
        assert_eq!(months("20xx年"), None);
        assert_eq!(months("2020-H1").map(Months::year_before), months("2019年上半年"));
        assert_eq!(months("2019-20年度").map(|months| months.first), months("2019-04").map(|months| months.first));
    }
}
