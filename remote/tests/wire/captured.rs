//! Messages of real aitviewer clients: Python 3.7 to 3.12, NumPy 1 and 2, protocols 2 to 5,
//! torch.

use scenecast_remote::pickle::{Limits, decode, encode};
use scenecast_remote::{Kind, Message, Value};
use serde_json::json;

use crate::tagged::equals;
use crate::{bytes, fixture};

#[test]
fn every_captured_message_is_read_as_python_meant_it() {
    let mut count = 0;
    for case in fixture("captured.jsonl") {
        let expected = &case["message"];
        for (name, pickle) in case["pickles"].as_object().unwrap() {
            let message = Message::decode(&bytes(pickle), &Limits::default())
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            let args = Value::Tuple(message.args.clone());
            let kwargs = message.kwargs.iter().cloned();
            let kwargs = kwargs.map(|(name, value)| (Value::Str(name), value));
            let kwargs = Value::Dict(kwargs.collect());
            assert!(equals(&message.kind, &expected["type"]), "{name}");
            assert!(equals(&message.uid, &expected["uid"]), "{name}");
            assert!(equals(&args, &expected["args"]), "{name}: {args:?}");
            assert!(equals(&kwargs, &expected["kwargs"]), "{name}: {kwargs:?}");
            count += 1;
        }
    }
    assert!(count > 800, "{count} messages");
}

#[test]
fn what_is_read_and_written_is_read_as_the_same() {
    for case in fixture("captured.jsonl") {
        let (name, pickle) = case["pickles"].as_object().unwrap().iter().next().unwrap();
        let value = decode(&bytes(pickle), &Limits::default()).unwrap();
        // A constant of torch means nothing outside Python.
        let Ok(written) = encode(&value) else {
            assert!(name.contains("dtype_device"), "{name}");
            continue;
        };
        let again = decode(&written, &Limits::default()).unwrap();
        assert_eq!(format!("{again:?}"), format!("{value:?}"), "{name}");
    }
}

#[test]
fn forms_that_clients_without_numpy_send_are_read() {
    for case in fixture("client_forms.jsonl") {
        let message = Message::decode(&bytes(&case["pickle"]), &Limits::default()).unwrap();
        let Value::Kind(kind) = message.kind else {
            panic!("{case}");
        };
        let decoded = case["decoded"].as_str().unwrap();
        assert!(decoded.starts_with(kind.name()), "{decoded}");
        if matches!(kind, Kind::Meshes | Kind::AddFrames | Kind::UpdateFrames) {
            let vertices = message
                .kwargs
                .iter()
                .find(|(name, _)| &**name == "vertices");
            let vertices = vertices.unwrap().1.as_array().unwrap();
            assert_eq!(vertices.shape(), [4, 3]);
            assert!(decoded.contains(&format!("{:?}", vertices.to_f32().iter().sum::<f32>())));
        }
    }
}

#[test]
fn what_viewers_send_to_publishers_is_read() {
    for case in fixture("server_to_client.jsonl") {
        let value = decode(&bytes(&case["pickle"]), &Limits::default()).unwrap();
        assert!(
            equals(&value, &case["value"]),
            "{}: {value:?}",
            case["name"]
        );
    }
    assert!(!equals(&Value::Int(3), &json!({"t": "int", "v": 4})));
}
