//! Who hears of what: the graph of signals, memos and effects.
//!
//! A change marks everything that depends on it and queues the effects among it; nothing is
//! computed before it is read, or the queue runs. So an effect runs once however many of its
//! signals have changed, and not at all if the memos between have the same values as before.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

/// Computes a node; returns whether its value is another than before.
pub(crate) type Compute = Box<dyn FnMut() -> bool>;

/// Something that is read, or reads, or both.
pub(crate) struct Node {
    /// Counted up: who is made later has a greater one.
    id: u64,
    kind: Kind,
    state: Cell<State>,
    /// What it has read when it was computed last, by id; while it is computed, what it has read
    /// before, too.
    sources: RefCell<Vec<Read>>,
    /// Who has read it, by id.
    observers: RefCell<Vec<(u64, Weak<Node>)>>,
    compute: RefCell<Option<Compute>>,
}

/// That something was read.
struct Read {
    source: Rc<Node>,
    /// Whether that was in this computation, rather than in the one before.
    is_new: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Source,
    Memo,
    Effect,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    /// As its sources are.
    Clean,
    /// A source of its sources has changed.
    Check,
    /// One of its sources has changed.
    Dirty,
}

thread_local! {
    static NEXT_ID: Cell<u64> = const { Cell::new(0) };
    /// What is computed now.
    static READER: RefCell<Option<Rc<Node>>> = const { RefCell::new(None) };
    /// Effects that are to run.
    static QUEUE: RefCell<Vec<Weak<Node>>> = const { RefCell::new(Vec::new()) };
    static IS_PLANNED: Cell<bool> = const { Cell::new(false) };
}

impl Node {
    fn new(kind: Kind, state: State, compute: Option<Compute>) -> Rc<Self> {
        let id = NEXT_ID.get();
        NEXT_ID.set(id + 1);
        Rc::new(Self {
            id,
            kind,
            state: Cell::new(state),
            sources: RefCell::default(),
            observers: RefCell::default(),
            compute: RefCell::new(compute),
        })
    }

    /// A value that is set from outside.
    pub(crate) fn source() -> Rc<Self> {
        Self::new(Kind::Source, State::Clean, None)
    }

    /// A value that is computed when it is read.
    pub(crate) fn memo(compute: Compute) -> Rc<Self> {
        Self::new(Kind::Memo, State::Dirty, Some(compute))
    }

    /// Something that is done again whenever what it reads has changed: for the first time now, or
    /// with the others in the queue.
    pub(crate) fn effect(compute: Compute, is_immediate: bool) -> Rc<Self> {
        let node = Self::new(Kind::Effect, State::Clean, Some(compute));
        match is_immediate {
            true => node.compute(),
            false => node.mark(State::Dirty),
        }
        node
    }

    /// Lets what is computed now hear of changes.
    pub(crate) fn track(self: &Rc<Self>) {
        READER.with_borrow(|reader| {
            let Some(reader) = reader else { return };
            let mut sources = reader.sources.borrow_mut();
            match sources.binary_search_by_key(&self.id, |read| read.source.id) {
                Ok(at) => sources[at].is_new = true,
                Err(at) => {
                    let source = self.clone();
                    let is_new = true;
                    sources.insert(at, Read { source, is_new });
                    let mut observers = self.observers.borrow_mut();
                    if let Err(at) = observers.binary_search_by_key(&reader.id, |(id, _)| *id) {
                        observers.insert(at, (reader.id, Rc::downgrade(reader)));
                    }
                }
            }
        });
    }

    /// Tells everyone who has read this that it has changed.
    pub(crate) fn notify(&self) {
        self.mark_observers(State::Dirty);
    }

    fn mark_observers(&self, state: State) {
        for (_, observer) in self.observers.borrow().iter() {
            if let Some(observer) = observer.upgrade().filter(|node| node.hears(self)) {
                observer.mark(state);
            }
        }
    }

    /// Whether a change matters: while this is computed, only of what it has read already.
    fn hears(&self, source: &Node) -> bool {
        let is_computed = self.compute.borrow().is_none();
        let sources = self.sources.borrow();
        !is_computed
            || sources
                .binary_search_by_key(&source.id, |read| read.source.id)
                .is_ok_and(|at| sources[at].is_new)
    }

    fn mark(self: &Rc<Self>, state: State) {
        let before = self.state.get();
        if before >= state {
            return;
        }
        self.state.set(state);
        if before == State::Clean {
            match self.kind {
                Kind::Effect => plan(self.clone()),
                _ => self.mark_observers(State::Check),
            }
        }
    }

    /// Computes it, if what it has read is not what it was.
    pub(crate) fn update(self: &Rc<Self>) {
        if self.state.get() == State::Check {
            let sources: Vec<_> = self
                .sources
                .borrow()
                .iter()
                .map(|read| read.source.clone())
                .collect();
            for source in sources {
                source.update();
                if self.state.get() == State::Dirty {
                    break;
                }
            }
        }
        match self.state.get() {
            State::Dirty => self.compute(),
            _ => self.state.set(State::Clean),
        }
    }

    fn compute(self: &Rc<Self>) {
        // It is not there while it runs already.
        let Some(mut compute) = self.compute.take() else {
            return;
        };
        for read in self.sources.borrow_mut().iter_mut() {
            read.is_new = false;
        }
        self.state.set(State::Clean);
        let has_changed = as_reader(Some(self.clone()), &mut *compute);
        self.forget(|read| !read.is_new);
        *self.compute.borrow_mut() = Some(compute);
        if has_changed {
            self.mark_observers(State::Dirty);
        }
    }

    /// Hears no more of some of what it has read.
    fn forget(&self, is_forgotten: impl Fn(&mut Read) -> bool) {
        let forgotten: Vec<Read> = {
            let mut sources = self.sources.borrow_mut();
            sources.extract_if(.., |read| is_forgotten(read)).collect()
        };
        // Dropped after the borrow: this may be the last to hold a memo.
        for read in forgotten {
            let mut observers = read.source.observers.borrow_mut();
            if let Ok(at) = observers.binary_search_by_key(&self.id, |(id, _)| *id) {
                observers.remove(at);
            }
        }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.forget(|_| true);
    }
}

fn as_reader<R>(reader: Option<Rc<Node>>, run: impl FnOnce() -> R) -> R {
    let before = Reader(READER.replace(reader));
    let result = run();
    drop(before);
    result
}

/// The reader that comes back when this is dropped.
struct Reader(Option<Rc<Node>>);

impl Drop for Reader {
    fn drop(&mut self) {
        let before = self.0.take();
        // Dropped after the borrow: it may be the last to hold an effect.
        drop(READER.replace(before));
    }
}

/// Reads signals without hearing of their changes.
pub fn untrack<R>(read: impl FnOnce() -> R) -> R {
    as_reader(None, read)
}

fn plan(effect: Rc<Node>) {
    QUEUE.with_borrow_mut(|queue| queue.push(Rc::downgrade(&effect)));
    if !IS_PLANNED.replace(true) {
        #[cfg(target_arch = "wasm32")]
        crate::page::soon(flush);
    }
}

/// Runs the effects that are to run. In a page that happens by itself, as soon as the event listener
/// or whatever else runs now has returned.
pub fn flush() {
    loop {
        let mut queue = QUEUE.take();
        if queue.is_empty() {
            break;
        }
        // What is made within an effect is younger: it goes, rather than runs, when the effect does.
        queue.sort_by_cached_key(|effect| effect.upgrade().map(|effect| effect.id));
        for effect in queue {
            if let Some(effect) = effect.upgrade() {
                effect.update();
            }
        }
    }
    IS_PLANNED.set(false);
}

/// What can be heard of, without a value.
#[derive(Clone)]
pub struct Trigger(Rc<Node>);

impl Trigger {
    /// One that has not happened yet.
    #[must_use]
    pub fn new() -> Self {
        Self(Node::source())
    }

    /// Lets the effect, memo or part of a view that runs now hear of it.
    pub fn track(&self) {
        self.0.track();
    }

    /// It has happened.
    pub fn notify(&self) {
        self.0.notify();
    }
}

impl Default for Trigger {
    fn default() -> Self {
        Self::new()
    }
}
