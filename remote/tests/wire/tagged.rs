//! Compares values with the fixtures' tagged form, `{"t": type, …}`.

use scenecast_remote::ndarray::Dtype;
use scenecast_remote::value::Scalar;
use scenecast_remote::{NdArray, Value};
use serde_json::Value as Json;

/// Whether `value` is what `expected` describes. NaN equals NaN.
pub(crate) fn equals(value: &Value, expected: &Json) -> bool {
    let list = |key: &str| expected[key].as_array().map(Vec::as_slice);
    // The numbers of a torch.Size have no tag.
    if let Some(number) = expected.as_i64() {
        return *value == Value::Int(number);
    }
    let all = |values: &[Value]| match (list("v"), list("ints")) {
        (Some(expected), _) => {
            values.len() == expected.len() && values.iter().zip(expected).all(|(a, b)| equals(a, b))
        }
        (None, Some(ints)) => {
            values.len() == ints.len()
                && values
                    .iter()
                    .zip(ints)
                    .all(|(a, b)| *a == Value::Int(b.as_i64().unwrap()))
        }
        (None, None) => false,
    };
    match (expected["t"].as_str().unwrap(), value) {
        ("none", Value::None) => true,
        ("bool", Value::Bool(value)) => expected["v"] == *value,
        ("int", Value::Int(value)) => text(&expected["v"]) == value.to_string(),
        ("int", Value::BigInt(bytes)) => decimal(bytes) == text(&expected["v"]),
        ("float", Value::Float(value)) => same(*value, &expected["v"]),
        ("str", Value::Str(value)) => expected["v"] == **value,
        ("bytes", Value::Bytes(value)) | ("bytearray", Value::ByteArray(value)) => {
            crate::bytes(&expected["hex"]) == *value
        }
        ("tuple" | "torch.Size", Value::Tuple(values))
        | ("list", Value::List(values))
        | ("set", Value::Set(values))
        | ("frozenset", Value::FrozenSet(values)) => all(values),
        ("dict", Value::Dict(entries)) => {
            let expected = list("v").unwrap();
            entries.len() == expected.len()
                && entries
                    .iter()
                    .zip(expected)
                    .all(|((key, value), pair)| equals(key, &pair[0]) && equals(value, &pair[1]))
        }
        ("range", Value::Range(range)) => [range.start, range.stop, range.step]
            .into_iter()
            .zip(["start", "stop", "step"])
            .all(|(number, key)| expected[key] == number),
        ("slice", Value::Slice(parts)) => parts
            .iter()
            .zip(["start", "stop", "step"])
            .all(|(part, key)| equals(part, &expected[key])),
        ("enum", Value::Kind(kind)) => {
            expected["name"] == kind.name() && expected["value"] == kind.value()
        }
        ("ndarray" | "tensor", Value::Array(array)) => equals_array(array, expected),
        ("npscalar", Value::Scalar(scalar)) => equals_scalar(scalar, expected),
        ("object", Value::Material(material)) => {
            let state = &expected["state"];
            let color = state["_color"]["v"].as_array().unwrap();
            same(material.diffuse, &state["diffuse"]["v"])
                && same(material.ambient, &state["ambient"]["v"])
                && same(material.specular, &state["specular"]["v"])
                && material
                    .color
                    .iter()
                    .zip(color)
                    .all(|(a, b)| same(*a, &b["v"]))
        }
        ("torch.dtype", Value::Symbol(name)) => {
            name.strip_prefix("torch.") == expected["v"].as_str()
        }
        ("torch.device", Value::Symbol(name)) => expected["v"] == **name,
        _ => false,
    }
}

fn equals_array(array: &NdArray, expected: &Json) -> bool {
    let shape: Vec<usize> = serde_json::from_value(expected["shape"].clone()).unwrap();
    let values = array.to_f64();
    let dtype = match expected["dtype"].as_str().unwrap() {
        "bfloat16" | "float32" => Dtype::F32,
        "float16" => Dtype::F16,
        "float64" => Dtype::F64,
        "int32" => Dtype::I32,
        "int64" => Dtype::I64,
        "uint8" => Dtype::U8,
        "bool" => Dtype::Bool,
        code => Dtype::from_code(&code[1..]).unwrap(),
    };
    let elements = if expected["data"].is_object() {
        assert_eq!(
            expected["data"]["formula"],
            "element i (row-major) = i / 64"
        );
        values
            .iter()
            .enumerate()
            .all(|(i, value)| *value == i as f64 / 64.0)
    } else {
        let mut leaves = Vec::new();
        flatten(&expected["data"], &mut leaves);
        leaves.len() == values.len() && values.iter().zip(leaves).all(|(a, b)| same(*a, b))
    };
    array.shape() == shape && array.dtype() == dtype && elements
}

fn equals_scalar(scalar: &Scalar, expected: &Json) -> bool {
    let code = expected["dtype"].as_str().unwrap();
    scalar.dtype() == Dtype::from_code(&code[1..]).unwrap() && same(scalar.to_f64(), &expected["v"])
}

pub(crate) fn flatten<'a>(nested: &'a Json, leaves: &mut Vec<&'a Json>) {
    match nested {
        Json::Array(values) => values.iter().for_each(|value| flatten(value, leaves)),
        leaf => leaves.push(leaf),
    }
}

fn same(value: f64, expected: &Json) -> bool {
    let expected = match expected {
        Json::String(text) => text.parse().unwrap(),
        Json::Bool(truth) => f64::from(*truth),
        number => number.as_f64().unwrap(),
    };
    // serde_json reads decimals to within one unit in the last place.
    let close = (value - expected).abs() <= f64::EPSILON * expected.abs();
    value == expected || close || (value.is_nan() && expected.is_nan())
}

fn text(number: &Json) -> String {
    number
        .as_str()
        .map_or_else(|| number.to_string(), str::to_owned)
}

/// A positive number in decimal.
fn decimal(little_endian: &[u8]) -> String {
    let mut digits = vec![0u32];
    for byte in little_endian.iter().rev() {
        let mut carry = u32::from(*byte);
        for digit in &mut digits {
            carry += *digit * 256;
            *digit = carry % 10;
            carry /= 10;
        }
        while carry > 0 {
            digits.push(carry % 10);
            carry /= 10;
        }
    }
    digits.iter().rev().map(u32::to_string).collect()
}
