//! The assignment of least cost: which row takes which column.

use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The columns a row may take, each with what that costs.
pub type Offers = Vec<(usize, i128)>;

/// For each row the column it takes: no column is taken twice, and the costs add up to the least there is. A row takes none
/// where every column it may take is needed elsewhere, and taking none costs nothing.
///
/// Shortest augmenting paths, as Jonker and Volgenant (1987) have them, over the columns that are offered instead of all.
/// The rows with the fewest offers come first, so that one which may take any column is moved about once; of paths of one
/// length the one to the first column is taken.
pub fn assigned(rows: &[Offers], columns: usize) -> Vec<Option<usize>> {
    let mut assignment = Assignment::new(rows, columns);
    let mut turn: Vec<usize> = (0..rows.len()).collect();
    turn.sort_by_key(|row| rows.get(*row).map(Vec::len));
    for row in turn {
        assignment.place(row);
    }
    assignment.rows.iter().map(|row| row.takes.filter(|column| *column < columns)).collect()
}

/// A row: what it may take, what it takes, and its price: no offer costs less than the prices of its row and column together, and
/// one that is taken costs just that.
struct Row {
    offers: Offers,
    price: i128,
    takes: Option<usize>,
}

/// A column: its price, which is nothing as long as it is free, and the row that takes it.
#[derive(Clone, Default)]
struct Column {
    price: i128,
    taken_by: Option<usize>,
}

struct Assignment {
    rows: Vec<Row>,
    columns: Vec<Column>,
}

/// A search for the nearest free column.
#[derive(Default)]
struct Search {
    /// How far each column is that was seen, and from which row it was seen.
    seen: FxHashMap<usize, (i128, usize)>,
    /// What is still to be looked at, the nearest first.
    ahead: BinaryHeap<Reverse<(i128, usize)>>,
}

impl Assignment {
    /// With a column for each row that only this row may take, which stands for none.
    fn new(rows: &[Offers], columns: usize) -> Self {
        let with_none = |(at, offers): (usize, &Offers)| {
            let offers = offers.iter().copied().chain([(columns + at, 0)]).collect();
            Row { offers, price: 0, takes: None }
        };
        Self { rows: rows.iter().enumerate().map(with_none).collect(), columns: vec![Column::default(); columns + rows.len()] }
    }

    fn place(&mut self, start: usize) {
        let mut search = Search::default();
        let mut passed = Vec::new();
        self.look_around(start, 0, &mut search);
        let (length, free) = loop {
            let Some(Reverse((distance, column))) = search.ahead.pop() else { return };
            if search.seen.get(&column).is_none_or(|(nearest, _)| *nearest != distance) {
                continue;
            }
            let Some(row) = self.columns.get(column).and_then(|column| column.taken_by) else { break (distance, column) };
            passed.push((distance, column, row));
            self.look_around(row, distance, &mut search);
        };
        self.raise(start, length);
        for (distance, column, row) in passed {
            self.raise(row, length - distance);
            if let Some(column) = self.columns.get_mut(column) {
                column.price -= length - distance;
            }
        }
        self.hand_on(free, &search);
    }

    /// Sees every column that may be taken by a row so far away.
    fn look_around(&self, at: usize, walked: i128, search: &mut Search) {
        let Some(row) = self.rows.get(at) else { return };
        for &(column, cost) in &row.offers {
            let Some(price) = self.columns.get(column).map(|column| column.price) else { continue };
            let distance = walked + cost - row.price - price;
            if search.seen.get(&column).is_none_or(|(nearest, _)| distance < *nearest) {
                search.seen.insert(column, (distance, at));
                search.ahead.push(Reverse((distance, column)));
            }
        }
    }

    fn raise(&mut self, row: usize, by: i128) {
        if let Some(row) = self.rows.get_mut(row) {
            row.price += by;
        }
    }

    /// Each row on the way to a free column takes the next column, and leaves its own to the row before.
    fn hand_on(&mut self, free: usize, search: &Search) {
        let mut next = Some(free);
        while let Some(column) = next {
            let Some(&(_, row)) = search.seen.get(&column) else { return };
            if let Some(column) = self.columns.get_mut(column) {
                column.taken_by = Some(row);
            }
            next = self.rows.get_mut(row).and_then(|row| row.takes.replace(column));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The least that all assignments cost, by trying them all.
    fn least(rows: &[Offers], taken: &mut Vec<usize>) -> i128 {
        let Some((row, rest)) = rows.split_first() else { return 0 };
        let mut best = least(rest, taken);
        for &(column, cost) in row {
            if !taken.contains(&column) {
                taken.push(column);
                best = best.min(cost + least(rest, taken));
                taken.pop();
            }
        }
        best
    }

    fn offers() -> impl Strategy<Value = Vec<Offers>> {
        let row = proptest::collection::btree_map(0usize..6, -20i128..6, 0..6);
        proptest::collection::vec(row.prop_map(|row| row.into_iter().collect()), 0..6)
    }

    #[test]
    fn two_rows_that_want_one_column_are_both_served() {
        let rows = [vec![(0, -10), (1, -9)], vec![(0, -10)]];
        assert_eq!(assigned(&rows, 2), [Some(1), Some(0)]);
        assert_eq!(assigned(&[vec![(0, -1)], vec![(0, -2)]], 1), [None, Some(0)]);
        assert_eq!(assigned(&[vec![(0, 3)], Vec::new()], 1), [None, None], "what costs more than nothing is left");
    }

    proptest! {
        #[test]
        fn nothing_costs_less(rows in offers()) {
            let taken = assigned(&rows, 6);
            let cost = |(row, column): (&Offers, &Option<usize>)| {
                column.map_or(0, |column| row.iter().find(|offer| offer.0 == column).unwrap().1)
            };
            prop_assert_eq!(rows.iter().zip(&taken).map(cost).sum::<i128>(), least(&rows, &mut Vec::new()));
            let mut columns: Vec<usize> = taken.into_iter().flatten().collect();
            columns.sort_unstable();
            prop_assert!(columns.windows(2).all(|pair| pair[0] != pair[1]));
        }
    }
}
