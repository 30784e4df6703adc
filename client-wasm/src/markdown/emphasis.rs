//! Emphasis: which runs of `*`, `_` and `~` belong together, by CommonMark's rules.

/// A part of a line.
#[derive(Debug)]
pub(super) enum Piece {
    Html(String),
    Run(Run),
    /// A bracket that may begin a link.
    Bracket(Bracket),
}

/// Marks that may begin or end emphasis.
#[derive(Debug)]
pub(super) struct Run {
    mark: u8,
    count: usize,
    original: usize,
    opens: bool,
    closes: bool,
    /// Tags that it stands for.
    ending: String,
    beginning: String,
}

/// `[` or `![`.
#[derive(Debug)]
pub(super) struct Bracket {
    pub(super) is_image: bool,
    /// Where the text after it begins.
    pub(super) start: usize,
    /// Links do not hold links.
    pub(super) is_active: bool,
}

impl Run {
    /// A run between two characters.
    pub(super) fn new(mark: u8, count: usize, before: Option<char>, after: Option<char>) -> Self {
        let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let is_mark = |c: Option<char>| c.is_some_and(is_punctuation);
        let leads = !is_space(after) && (!is_mark(after) || is_space(before) || is_mark(before));
        let trails = !is_space(before) && (!is_mark(before) || is_space(after) || is_mark(after));
        let (opens, closes) = match mark {
            b'_' => (
                leads && (!trails || is_mark(before)),
                trails && (!leads || is_mark(after)),
            ),
            b'~' => (leads && count <= 2, trails && count <= 2),
            _ => (leads, trails),
        };
        Self {
            mark,
            count,
            original: count,
            opens,
            closes,
            ending: String::new(),
            beginning: String::new(),
        }
    }

    /// Whether this one and a later one are about the same text.
    fn pairs_with(&self, closer: &Self) -> bool {
        if self.mark != closer.mark {
            return false;
        }
        if self.mark == b'~' {
            return self.original == closer.original;
        }
        let is_odd = (self.closes || closer.opens)
            && (self.original + closer.original).is_multiple_of(3)
            && !(self.original.is_multiple_of(3) && closer.original.is_multiple_of(3));
        !is_odd
    }
}

/// Without tables: beyond ASCII, those blocks that hold nothing else.
pub(super) fn is_punctuation(character: char) -> bool {
    character.is_ascii_punctuation()
        || matches!(
            character,
            '\u{a1}'..='\u{a9}' | '\u{ab}'..='\u{b1}' | '\u{b4}' | '\u{b6}'..='\u{b8}' | '\u{bb}' | '\u{bf}'
            | '\u{d7}' | '\u{f7}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{20a0}'..='\u{20cf}'
            | '\u{2190}'..='\u{2bff}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}'
            | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{1f000}'..='\u{1faff}'
        )
}

/// Runs of one mark that wait for one that closes them.
#[derive(Default)]
struct Openers {
    /// Their pieces, in order.
    pieces: Vec<usize>,
    /// Before these there is none, for each kind of closer: whether it opens too, and its length.
    bottoms: [[usize; 3]; 2],
}

/// Finds which runs belong together and turns them into tags.
pub(super) fn resolve(pieces: &mut [Piece]) {
    let mut waiting: [Openers; 3] = Default::default();
    for at in 0..pieces.len() {
        let (before, rest) = pieces.split_at_mut(at);
        let Some(Piece::Run(closer)) = rest.first_mut() else {
            continue;
        };
        let own = match closer.mark {
            b'*' => 0,
            b'_' => 1,
            _ => 2,
        };
        while closer.closes && closer.count > 0 {
            let Openers { pieces, bottoms } = &mut waiting[own];
            let bottom = &mut bottoms[usize::from(closer.opens)][closer.original % 3];
            let candidates = pieces.iter().rev().take_while(|piece| **piece >= *bottom);
            let is_pair = |piece: &&usize| match &before[**piece] {
                Piece::Run(run) => run.pairs_with(closer),
                Piece::Html(_) | Piece::Bracket(_) => false,
            };
            let Some(pair) = candidates.copied().find(|piece| is_pair(&piece)) else {
                *bottom = at;
                break;
            };
            let Piece::Run(opener) = &mut before[pair] else {
                break;
            };
            let is_used_up = join(opener, closer);
            // What waits between the two can no longer be closed.
            for openers in &mut waiting {
                let is_inside = |piece: &usize| *piece > pair || (*piece == pair && is_used_up);
                while openers.pieces.pop_if(|piece| is_inside(piece)).is_some() {}
            }
        }
        if closer.opens && closer.count > 0 {
            waiting[own].pieces.push(at);
        }
    }
}

/// Makes one element of what is between two runs. Returns whether the first is used up.
fn join(opener: &mut Run, closer: &mut Run) -> bool {
    let strength = match opener.mark {
        b'~' => opener.count,
        _ if opener.count >= 2 && closer.count >= 2 => 2,
        _ => 1,
    };
    let (begin, end) = match (opener.mark, strength) {
        (b'~', _) => ("<del>", "</del>"),
        (_, 2) => ("<strong>", "</strong>"),
        _ => ("<em>", "</em>"),
    };
    opener.beginning.insert_str(0, begin);
    closer.ending.push_str(end);
    opener.count -= strength;
    closer.count -= strength;
    opener.count == 0
}

/// The HTML of pieces; brackets and marks that mean nothing are text.
pub(super) fn html(pieces: impl IntoIterator<Item = Piece>) -> String {
    let mut html = String::new();
    for piece in pieces {
        match piece {
            Piece::Html(piece) => html.push_str(&piece),
            Piece::Run(run) => {
                html.push_str(&run.ending);
                (0..run.count).for_each(|_| html.push(char::from(run.mark)));
                html.push_str(&run.beginning);
            }
            Piece::Bracket(bracket) => html.push_str(if bracket.is_image { "![" } else { "[" }),
        }
    }
    html
}
