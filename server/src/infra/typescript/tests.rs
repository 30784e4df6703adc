use super::*;
use crate::infra::{Array, Message, Value, Wire};

/// How it looks. */ ends no comment.
#[derive(Clone, Wire)]
struct Pen {
    /// Pixels.
    width: f32,
    color: (u8, u8, u8),
}

#[derive(Clone, Wire)]
enum Tip {
    Round,
    #[message(name = "sq\"uare")]
    Square,
}

/// A line.
///
/// That somebody drew.
#[derive(Clone, Message)]
#[message(name = "draw-stroke", tags(Drawing, Undoable))]
struct Stroke {
    points: Array<[f32; 2]>,
    weights: Option<Array<u16>>,
    ids: Array<i64>,
    pen: Pen,
    pens: Vec<Pen>,
    tip: Tip,
    #[message(name = "the tip")]
    other: Option<Tip>,
    #[message(typescript = "`#${string}`")]
    label: String,
    #[message(default = Value::Nil)]
    extra: Value,
}

#[derive(Clone, Message)]
#[message(tags(Drawing))]
struct Clear {}

fn set() -> MessageSet {
    let set = MessageSet::new().with::<Stroke>().unwrap();
    set.with::<Clear>().unwrap()
}

#[test]
fn writes_interfaces_unions_and_guards() {
    let found = generate_typescript_interfaces(&set(), ClientApiVersion::V1);
    let expected = include_str!("tests/expected.ts");
    assert_eq!(found, expected, "{found}");
}

#[test]
fn arrays_of_version_0_are_bytes() {
    let found = generate_typescript_interfaces(&set(), ClientApiVersion::V0);
    assert!(
        found.contains("  points: Uint8Array<ArrayBuffer>;\n"),
        "{found}"
    );
    assert!(!found.contains("Float32Array"));
}

#[test]
fn names_never_clash() {
    let mut names = Names::default();
    names.reserve("Message");
    assert_eq!(names.unique("Message"), "Message2");
    assert_eq!(names.unique("Message"), "Message3");
    assert_eq!(names.unique("a-b c"), "a_b_c");
    assert_eq!(names.unique("3D"), "_3D");
    assert_eq!(names.unique("Größe"), "Gr__e");
}

#[test]
fn an_empty_set_has_no_message() {
    let found = generate_typescript_interfaces(&MessageSet::new(), ClientApiVersion::V1);
    assert!(found.ends_with("export type Message = never;\n"), "{found}");
}
