use super::*;
use crate::encode::BytesSink;
use proptest::prelude::*;

fn parse_bytes(bytes: &[u8]) -> Result<Value, ParseError> {
    parse(&Bytes::copy_from_slice(bytes), &[], &Limits::default())
}

fn reason(bytes: &[u8]) -> ParseReason {
    parse_bytes(bytes).unwrap_err().reason
}

#[test]
fn refuses_what_is_wrong() {
    assert_eq!(reason(&[]), ParseReason::Truncated);
    assert_eq!(reason(&[0xa3, b'a']), ParseReason::Truncated);
    assert_eq!(reason(&[0xa1, 0xff]), ParseReason::NotUtf8);
    assert_eq!(
        reason(&[0x81, 0x01, 0x01]),
        ParseReason::KeyKind("an integer")
    );
    assert_eq!(reason(&[0xc1]), ParseReason::Marker(0xc1));
    assert_eq!(reason(&[0xd4, 0, 0]), ParseReason::Marker(0xd4));
    assert_eq!(reason(&[0x01, 0x02]), ParseReason::Trailing(1));
    assert_eq!(reason(&[0x91; 65]), ParseReason::TooDeep(64));
    // A list of four billion items in five bytes.
    assert_eq!(
        reason(&[0xdd, 0xff, 0xff, 0xff, 0xff]),
        ParseReason::Truncated
    );
}

#[test]
fn counts_values() {
    let limits = Limits {
        values: 3,
        ..Limits::default()
    };
    let bytes = Bytes::from_static(&[0x93, 1, 2, 3]);
    let error = parse(&bytes, &[], &limits).unwrap_err();
    assert_eq!(error.reason, ParseReason::TooMany(3));
}

#[test]
fn resolves_placeholders() {
    let placeholder = Value::Map(vec![
        ("__binary_index".into(), Value::Int(0)),
        ("dtype".into(), Value::Str("<f4".into())),
    ]);
    let bytes = Bytes::from(BytesSink::inline(&placeholder));
    let buffer = Bytes::from_static(&[0, 0, 128, 63]);
    let value = parse(&bytes, std::slice::from_ref(&buffer), &Limits::default()).unwrap();
    assert_eq!(value, Value::Array(RawArray::new("<f4".into(), buffer)));
    // Without buffers it is a plain map, with another buffer missing an error.
    assert_eq!(parse(&bytes, &[], &Limits::default()).unwrap(), placeholder);
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Nil),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        ((i64::MAX as u64 + 1)..).prop_map(Value::Uint),
        proptest::num::f64::NORMAL.prop_map(Value::Float),
        ".*".prop_map(|s| Value::Str(s.into())),
        any::<Vec<u8>>().prop_map(|b| Value::Bin(b.into())),
    ];
    leaf.prop_recursive(4, 64, 8, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..8).prop_map(Value::List),
            proptest::collection::vec((".*".prop_map(Text::from), inner), 0..8)
                .prop_map(Value::Map),
        ]
    })
}

proptest! {
    #[test]
    fn round_trip(value in any_value()) {
        let bytes = BytesSink::inline(&value);
        prop_assert_eq!(parse_bytes(&bytes).unwrap(), value.clone());
        prop_assert_eq!(value.to_value(), value);
    }

    #[test]
    fn any_bytes_are_a_value_or_an_error(bytes in any::<Vec<u8>>()) {
        let _ = parse_bytes(&bytes);
    }
}
