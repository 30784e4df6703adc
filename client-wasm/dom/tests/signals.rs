//! Signals, memos, effects and owners: who hears of what, when and how often.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use proptest::collection::vec;
use proptest::prelude::*;
use scenecast_dom::*;

/// What effects have written, in their order.
type Log<T> = Rc<RefCell<Vec<T>>>;

/// Runs a test whose signals and effects go before its thread does.
fn owned(test: impl FnOnce()) {
    Owner::new().with(test);
}

/// An effect that writes down what it reads.
fn log_of<T: 'static>(read: impl Fn() -> T + 'static) -> Log<T> {
    let log = Log::default();
    let written = log.clone();
    effect(move || written.borrow_mut().push(read()));
    flush();
    log
}

#[test]
fn an_effect_runs_once_however_many_of_its_signals_change() {
    owned(|| {
        let (a, b) = (RwSignal::new(1), RwSignal::new(10));
        let log = log_of(move || a.get() + b.get());
        a.set(2);
        b.set(20);
        a.set(3);
        assert_eq!(*log.borrow(), [11], "not before the queue runs");
        flush();
        assert_eq!(*log.borrow(), [11, 23]);
        flush();
        assert_eq!(log.borrow().len(), 2);
    });
}

#[test]
fn two_ways_from_a_signal_to_an_effect_are_one_run_of_it() {
    owned(|| {
        let source = RwSignal::new(1);
        let computed = Rc::new(Cell::new(0));
        let count = computed.clone();
        let double = Memo::new(move || {
            count.set(count.get() + 1);
            source.get() * 2
        });
        let next = Memo::new(move || source.get() + 1);
        let log = log_of(move || (double.get(), next.get()));
        source.set(5);
        flush();
        assert_eq!(
            *log.borrow(),
            [(2, 2), (10, 6)],
            "never one old and one new"
        );
        assert_eq!(computed.get(), 2);
    });
}

#[test]
fn a_memo_with_the_same_value_as_before_tells_nobody() {
    owned(|| {
        let source = RwSignal::new(1);
        let is_odd = Memo::new(move || source.get() % 2 == 1);
        let word = Memo::new(move || if is_odd.get() { "odd" } else { "even" });
        let log = log_of(move || word.get());
        source.set(3);
        flush();
        assert_eq!(*log.borrow(), ["odd"]);
        source.set(4);
        flush();
        assert_eq!(*log.borrow(), ["odd", "even"]);
        // A signal tells everybody, whatever it is set to.
        let log = log_of(move || source.get());
        source.set(4);
        flush();
        assert_eq!(*log.borrow(), [4, 4]);
    });
}

#[test]
fn what_is_read_no_more_is_not_heard_of() {
    owned(|| {
        let (is_left, left, right) = (RwSignal::new(true), RwSignal::new(1), RwSignal::new(2));
        let log = log_of(move || {
            if is_left.get() {
                left.get()
            } else {
                right.get()
            }
        });
        right.set(20);
        flush();
        assert_eq!(*log.borrow(), [1]);
        is_left.set(false);
        left.set(10);
        flush();
        left.set(11);
        flush();
        assert_eq!(*log.borrow(), [1, 20]);
    });
}

#[test]
fn who_reads_is_known_again_after_a_memo_and_after_reading_in_secret() {
    owned(|| {
        let (inner, outer, secret) = (RwSignal::new(1), RwSignal::new(10), RwSignal::new(100));
        let memo = Memo::new(move || inner.get());
        let log = log_of(move || memo.get() + untrack(|| secret.get()) + outer.get());
        secret.set(200);
        flush();
        assert_eq!(*log.borrow(), [111]);
        outer.set(20);
        flush();
        inner.set(2);
        flush();
        assert_eq!(*log.borrow(), [111, 221, 222]);
    });
}

#[test]
fn what_an_effect_sets_is_heard_of_in_the_same_run_of_the_queue() {
    owned(|| {
        let (count, copy) = (RwSignal::new(1), RwSignal::new(0));
        let log = log_of(move || copy.get());
        effect(move || copy.set(count.get()));
        flush();
        count.set(2);
        flush();
        assert_eq!(*log.borrow(), [0, 1, 2]);
        // One that sets what it reads itself comes to rest.
        effect(move || {
            if count.get() < 5 {
                count.update(|count| *count += 1);
            }
        });
        flush();
        assert_eq!(log.borrow().last(), Some(&5));
    });
}

#[test]
fn what_an_effect_sets_before_it_reads_it_is_no_news_to_it() {
    owned(|| {
        let (source, copy) = (RwSignal::new(1), RwSignal::new(0));
        let log = log_of(move || {
            copy.set(source.get());
            copy.get()
        });
        for value in [2, 3] {
            source.set(value);
            flush();
        }
        assert_eq!(*log.borrow(), [1, 2, 3], "once for each change");
        copy.set(9);
        flush();
        assert_eq!(log.borrow().len(), 4, "heard of, and set back");
    });
}

#[test]
fn what_an_effect_has_made_goes_before_it_runs_again() {
    owned(|| {
        let (outer, inner) = (RwSignal::new('a'), RwSignal::new(1));
        let log: Log<String> = Log::default();
        let written = log.clone();
        effect(move || {
            let name = outer.get();
            let (ran, gone) = (written.clone(), written.clone());
            effect(move || ran.borrow_mut().push(format!("{name}{}", inner.get())));
            on_cleanup(move || gone.borrow_mut().push(format!("{name} gone")));
        });
        flush();
        // The inner one is to run, too, but is no more.
        inner.set(2);
        outer.set('b');
        flush();
        assert_eq!(*log.borrow(), ["a1", "a gone", "b2"]);
    });
}

#[test]
fn an_effect_may_let_go_of_others_and_of_itself() {
    owned(|| {
        let signal = RwSignal::new(0);
        let log: Log<&str> = Log::default();
        let owner = Rc::new(RefCell::new(None::<Owner>));
        let (first, second) = (log.clone(), log.clone());
        let own = owner.clone();
        let made = Owner::new();
        made.with(|| {
            effect(move || {
                first.borrow_mut().push("first");
                if signal.get() == 1 {
                    own.take();
                }
            });
            effect(move || {
                signal.track();
                second.borrow_mut().push("second");
            });
        });
        owner.replace(Some(made));
        flush();
        assert_eq!(*log.borrow(), ["first", "second"]);
        signal.set(1);
        flush();
        signal.set(2);
        flush();
        assert_eq!(*log.borrow(), ["first", "second", "first"]);
    });
}

#[test]
fn the_youngest_goes_first_while_all_can_still_be_read() {
    owned(|| {
        let log: Log<i32> = Log::default();
        let owner = Owner::new();
        owner.with(|| {
            let value = RwSignal::new(7);
            for index in 0..3 {
                let log = log.clone();
                on_cleanup(move || log.borrow_mut().push(10 * index + value.get_untracked()));
            }
        });
        owner.clean();
        assert_eq!(*log.borrow(), [27, 17, 7]);
        drop(owner);
        assert_eq!(log.borrow().len(), 3, "each once");
    });
}

#[test]
fn what_is_gone_is_never_taken_for_something_else() {
    owned(|| {
        let owner = Owner::new();
        let old = owner.with(|| RwSignal::new(1));
        drop(owner);
        // It may be where the old one was.
        let new = RwSignal::new(2);
        old.set(3);
        assert_eq!(old.try_get_untracked(), None);
        assert_eq!(new.get_untracked(), 2);
        let stored = Owner::new().with(|| StoredValue::new(1));
        assert_eq!(stored.try_with_value(|value| *value), None);
        assert_eq!(stored.try_update_value(|value| *value), None);
    });
}

#[test]
fn the_closest_context_counts() {
    owned(|| {
        let outer = Owner::new();
        let (far, near, none) = outer.with(|| {
            provide_context("far");
            provide_context(1_u8);
            let inner = Owner::new();
            let near = inner.with(|| {
                provide_context("near");
                (use_context::<&str>(), use_context::<u8>())
            });
            (use_context::<&str>(), near, use_context::<i64>())
        });
        assert_eq!(far, Some("far"));
        assert_eq!(near, (Some("near"), Some(1)));
        assert_eq!(none, None);
        assert_eq!(use_context::<&str>(), None, "outside of both");
    });
}

#[test]
fn effects_and_memos_see_what_is_provided_where_they_are_made() {
    owned(|| {
        let signal = RwSignal::new(0);
        let log = Owner::new();
        let (seen, _memo) = log.with(|| {
            provide_context("here");
            let memo = Memo::new(move || (signal.get(), use_context::<&str>()));
            (log_of(move || memo.get()), memo)
        });
        signal.set(1);
        flush();
        assert_eq!(*seen.borrow(), [(0, Some("here")), (1, Some("here"))]);
    });
}

/// A memo: the sum of these nodes, sources first and then the memos before it, in whole halves. If
/// the first is odd the last is not read.
#[derive(Clone, Debug)]
struct Sum(Vec<usize>);

impl Sum {
    fn of(&self, read: impl Fn(usize) -> i64) -> i64 {
        let first = self.0.first().map_or(0, |node| read(*node));
        let count = self.0.len() - usize::from(first % 2 != 0 && self.0.len() > 1);
        let rest = self.0[..count].iter().skip(1).map(|node| read(*node));
        (first + rest.sum::<i64>()) / 2
    }
}

const SOURCES: usize = 4;

fn graph() -> impl Strategy<Value = Vec<Sum>> {
    vec(vec(any::<prop::sample::Index>(), 0..4), 1..10).prop_map(|memos| {
        let sum = |(at, nodes): (usize, Vec<prop::sample::Index>)| {
            Sum(nodes
                .into_iter()
                .map(|node| node.index(SOURCES + at))
                .collect())
        };
        memos.into_iter().enumerate().map(sum).collect()
    })
}

proptest! {
    /// Whatever is set between two runs of the queue, every effect has then seen what it would
    /// compute by itself, and ran only if that is another value than before.
    #[test]
    fn any_graph_is_what_it_computes(
        graph in graph(),
        rounds in vec(vec((0..SOURCES, -4..5_i64), 0..4), 1..8),
    ) {
        owned(|| {
            let sources: Vec<RwSignal<i64>> = (0..SOURCES).map(|_| RwSignal::new(0)).collect();
            let mut memos: Vec<Memo<i64>> = Vec::new();
            for sum in &graph {
                let (sum, sources, before) = (sum.clone(), sources.clone(), memos.clone());
                memos.push(Memo::new(move || {
                    sum.of(|node| match node.checked_sub(SOURCES) {
                        None => sources[node].get(),
                        Some(memo) => before[memo].get(),
                    })
                }));
            }
            let logs: Vec<Log<i64>> = memos.iter().map(|memo| {
                let memo = *memo;
                log_of(move || memo.get())
            }).collect();
            let mut values = [0; SOURCES];
            let mut expected: Vec<Vec<i64>> = vec![vec![0]; graph.len()];
            for round in &rounds {
                for (source, value) in round {
                    sources[*source].set(*value);
                    values[*source] = *value;
                }
                flush();
                let mut nodes = values.to_vec();
                for (sum, expected) in graph.iter().zip(&mut expected) {
                    let value = sum.of(|node| nodes[node]);
                    nodes.push(value);
                    if expected.last() != Some(&value) {
                        expected.push(value);
                    }
                }
                for (log, expected) in logs.iter().zip(&expected) {
                    assert_eq!(&*log.borrow(), expected);
                }
            }
        });
    }
}
