//! What people are called in what leaves, where their names are hidden: letters.

use super::exporting::HandedWork;
use crate::annotation::PersonId;

/// Puts letters in place of people's names: of one report those of their lanes, of several in the order in which people come up, so
/// that everybody has one letter throughout. Who hands over keeps their name where they are nobody's colleague.
pub(super) fn hide_names(works: &mut [HandedWork], own: Option<PersonId>, letters: &str) {
    let lanes = if let [work] = works { std::mem::take(&mut work.lanes) } else { Vec::new() };
    let mut known: Vec<PersonId> = Vec::new();
    for (person, ..) in works.iter_mut().flat_map(|work| &mut work.layers) {
        let lane = lanes.iter().find(|(id, _)| *id == person.id).map(|(_, lane)| usize::from(*lane));
        let at = match lane.or_else(|| known.iter().position(|id| *id == person.id)) {
            Some(at) => at,
            None if own == Some(person.id) => continue,
            None => {
                known.push(person.id);
                known.len() - 1
            }
        };
        person.name = letters.chars().nth(at).map_or_else(|| (at + 1).to_string(), String::from);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Codebook, Person};
    use crate::exchange::Office;
    use crate::report::{Corrections, Report};
    use std::sync::Arc;
    use uuid::Uuid;

    fn work(people: &[(u128, &str)], lanes: &[(u128, u8)]) -> HandedWork {
        let id = |number: u128| PersonId(Uuid::from_u128(number));
        let layer =
            |(number, name): &(u128, &str)| (Person { id: id(*number), name: (*name).to_owned() }, Office::default(), Arc::default());
        HandedWork {
            report: Arc::new(Report::new("新建学校二十所。".to_owned(), Corrections::default())),
            name: "报告.txt".to_owned(),
            book: Codebook::standard(),
            layers: people.iter().map(layer).collect(),
            lanes: lanes.iter().map(|(number, lane)| (id(*number), *lane)).collect(),
            withheld: 0,
        }
    }

    fn hidden(mut works: Vec<HandedWork>) -> Vec<Vec<String>> {
        hide_names(&mut works, Some(PersonId(Uuid::from_u128(1))), "甲乙");
        works.into_iter().map(|work| work.layers.into_iter().map(|(person, ..)| person.name).collect()).collect()
    }

    #[test]
    fn letters_are_those_beside_the_text_and_of_several_reports_one_for_each() {
        let people = [(1, "我"), (2, "张三"), (3, "李四"), (4, "王五")];
        assert_eq!(hidden(vec![work(&people, &[(2, 1), (3, 0), (4, 2)])]), [["我", "乙", "甲", "3"]]);
        let several = hidden(vec![work(&people[2..], &[(3, 1)]), work(&people[..3], &[(2, 0)])]);
        assert_eq!(several, [vec!["甲", "乙"], vec!["我", "3", "甲"]]);
    }
}
