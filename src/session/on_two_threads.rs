//! Work on a list that two cores share.

/// Does something with each of a list, the first half on a thread of its own; what comes of it is in the order of the list.
pub fn on_two_threads<T: Sync, R: Send>(list: &[T], one: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let (near, far) = list.split_at(list.len() / 2);
    std::thread::scope(|scope| {
        let near = scope.spawn(|| near.iter().map(&one).collect::<Vec<R>>());
        let far: Vec<R> = far.iter().map(&one).collect();
        let mut all = near.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        all.extend(far);
        all
    })
}

#[cfg(test)]
mod tests {
    use super::on_two_threads;

    #[test]
    fn the_order_stays() {
        for len in [0, 1, 2, 7] {
            let list: Vec<usize> = (0..len).collect();
            assert_eq!(on_two_threads(&list, |at| at * 2), list.iter().map(|at| at * 2).collect::<Vec<_>>());
        }
    }
}
