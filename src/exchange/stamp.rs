//! The stamp of secrecy that what leaves the program bears.

use crate::report::{Facts, Field, Report, Secrecy};

/// The level that what is taken from a report is stamped with; nothing where no level is known, or it is for everybody.
pub fn stamp(facts: &Facts) -> Option<Secrecy> {
    facts.get(Field::Secrecy).and_then(Secrecy::from_key).filter(|level| *level != Secrecy::Public)
}

/// The highest level among several.
pub fn highest<'a>(facts: impl IntoIterator<Item = &'a Facts>) -> Option<Secrecy> {
    facts.into_iter().filter_map(stamp).max()
}

/// The level of a file: the highest among the reports in it.
pub fn stamp_of(report: &Report) -> Option<Secrecy> {
    highest(std::iter::once(report.facts()).chain(report.parts().iter().map(|part| &part.facts)))
}

/// The stamp as a remark in another program's format. Whatever the interface speaks, it is the mark of the law.
pub(super) fn remark(facts: &Facts) -> Option<String> {
    stamp(facts).map(|level| format!("密级：{}", level.mark()))
}

/// A citation with the stamp at its end: 〔秘密〕.
pub(super) fn stamped(citation: String, facts: &Facts) -> String {
    match stamp(facts) {
        Some(level) => format!("{citation}〔{}〕", level.mark()),
        None => citation,
    }
}

#[cfg(test)]
mod tests {
    use super::super::citation::tests::known;
    use super::super::{CitationStyle, cite};
    use super::*;

    fn of(level: Secrecy) -> Facts {
        known().corrected(Some(&[(Field::Secrecy, level.key().to_owned())].into()))
    }

    #[test]
    fn what_is_for_everybody_bears_no_stamp() {
        for facts in [known(), of(Secrecy::Public)] {
            assert_eq!(stamp(&facts), None);
            for style in CitationStyle::ALL {
                let cited = cite(&facts, "a.txt", style);
                assert!(!cited.contains("密级") && !cited.contains("〔公开〕"), "{cited}");
            }
        }
        assert_eq!(highest([&of(Secrecy::Internal), &known(), &of(Secrecy::Secret), &of(Secrecy::Public)]), Some(Secrecy::Secret));
        assert_eq!(highest([&known()]), None);
    }

    #[test]
    fn every_style_bears_the_stamp() {
        let facts = of(Secrecy::Confidential);
        for (style, stamp) in [
            (CitationStyle::GbT7714, "〔秘密〕"),
            (CitationStyle::Apa, "〔秘密〕"),
            (CitationStyle::Ris, "\r\nN1  - 密级：秘密\r\n"),
            (CitationStyle::BibTex, "  note = {密级：秘密}"),
        ] {
            let cited = cite(&facts, "a.txt", style);
            assert!(cited.contains(stamp), "{cited}");
        }
    }

    #[test]
    fn of_several_reports_in_a_file_the_highest_counts() {
        let first = "全市生产总值增长。".repeat(10);
        let file = format!("工作总结材料篇1\n同志们：\n{first}\n工作总结材料篇2\n机密★1年\n同志们：\n乙。\n");
        let report = Report::new(file, crate::report::Corrections::default());
        assert_eq!((report.parts().len(), stamp(report.facts()), stamp_of(&report)), (2, None, Some(Secrecy::Secret)));
    }
}
