//! Our declarations say what viser's own schema says.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;

use scenecast_protocol::gui::Component;
use scenecast_protocol::message::{Class, Direction};
use scenecast_protocol::scene::Node;
use scenecast_protocol::schema::{Editor, Field, Struct, Type};
use scenecast_protocol::{Entity, Message, Phase};
use serde_json::Value as Json;

fn schema() -> Json {
    serde_json::from_str(include_str!("fixtures/viser-1.1.1/messages.json")).unwrap()
}

/// A type in one spelling, from viser's schema.
fn theirs(ty: &Json) -> String {
    let list = |key: &str| ty[key].as_array().unwrap().iter();
    match ty["kind"].as_str().unwrap() {
        "ndarray" => array_text(ty["dtype"].as_str().unwrap(), ty["shape"].as_str().unwrap()),
        "tuple" => format!("tuple({})", join(list("items").map(theirs))),
        "list" => format!("list({})", theirs(&ty["item"])),
        "dict" => format!("dict({})", theirs(&ty["value"])),
        "literal" => format!("literal({})", join(list("values").map(Json::to_string))),
        "struct" => format!("struct({})", ty["name"].as_str().unwrap()),
        "union" => union_text(list("options").map(theirs).collect()),
        plain => plain.to_owned(),
    }
}

/// The same spelling, from our declarations.
fn ours(ty: &Type) -> String {
    match ty {
        Type::Any => "any".into(),
        Type::Never => "never".into(),
        Type::Bool => "bool".into(),
        Type::Int => "int".into(),
        Type::Float => "float".into(),
        Type::Str => "str".into(),
        Type::Bytes => "bytes".into(),
        Type::Array { dtype, row } => format!("array({dtype}, {row:?})"),
        Type::Tuple(items) => format!("tuple({})", join(items.iter().map(|t| ours(t)))),
        Type::List(item) => format!("list({})", ours(item)),
        Type::Dict(value) => format!("dict({})", ours(value)),
        Type::Literal(values) => {
            format!("literal({})", join(values.iter().map(|v| format!("{v:?}"))))
        }
        Type::Struct(s) => format!("struct({})", s.name),
        Type::Optional(inner) => union_text(vec![ours(inner), "none".into()]),
        Type::Union(options) => union_text(options.iter().map(|t| ours(t)).collect()),
    }
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

/// Unions are flat, without an order, and without what cannot travel.
fn union_text(options: Vec<String>) -> String {
    let mut flat: Vec<String> = options
        .iter()
        .flat_map(
            |o| match o.strip_prefix("union[").and_then(|o| o.strip_suffix(']')) {
                Some(inner) => inner.split(" | ").map(str::to_owned).collect(),
                None => vec![o.clone()],
            },
        )
        .filter(|o| o != "never")
        .collect();
    flat.sort();
    flat.dedup();
    match flat.len() {
        0 => "never".into(),
        1 => flat.remove(0),
        _ => format!("union[{}]", flat.join(" | ")),
    }
}

/// `(N,3)` and `(3,)|(N,2,3)` are rows of 3; scales, `(N,)|(N,3)`, are single numbers.
fn array_text(dtype: &str, shape: &str) -> String {
    let dims = |s: &str| -> Vec<usize> {
        s.trim_matches(['(', ')'])
            .split(',')
            .skip(1)
            .filter_map(|d| d.parse().ok())
            .collect()
    };
    let row = if shape.starts_with("(N,)|") || shape.starts_with("each") {
        Vec::new()
    } else if shape.starts_with("(3,)|") {
        vec![3]
    } else {
        dims(shape)
    };
    format!("array({dtype}, {row:?})")
}

/// Options of uPlot that are choices of numbers or mixed are open values here.
fn uplot_is_open(ours: &str, theirs: &str) -> bool {
    ours == "any"
        || (ours == "int" && theirs.starts_with("literal("))
        || (ours == "union[int | none]" && theirs.contains("literal(1, 2)"))
}

fn check_struct(ours_struct: &Struct, theirs_struct: &Json, errors: &mut Vec<String>) {
    let is_uplot =
        ours_struct.fields.iter().any(|f| f.optional) || ours_struct.name == "GuiUplotProps";
    let theirs_fields: Vec<(&str, String)> = theirs_struct["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (f["name"].as_str().unwrap(), theirs(&f["type"])))
        .filter(|(_, ty)| !is_uplot || !travels_never(ty))
        .collect();
    let ours_fields: Vec<(&str, String)> = ours_struct
        .fields
        .iter()
        .map(|Field { name, ty, .. }| (*name, ours(ty)))
        .collect();
    let names = |fields: &[(&str, String)]| join(fields.iter().map(|(n, _)| n.to_string()));
    if names(&ours_fields) != names(&theirs_fields) {
        errors.push(format!(
            "{}: fields\n  ours   {}\n  theirs {}",
            ours_struct.name,
            names(&ours_fields),
            names(&theirs_fields)
        ));
    }
    for ((name, ours), (_, theirs)) in ours_fields.iter().zip(&theirs_fields) {
        if ours != theirs && !(is_uplot && uplot_is_open(ours, theirs)) {
            errors.push(format!(
                "{}.{name}: ours {ours}, theirs {theirs}",
                ours_struct.name
            ));
        }
    }
}

/// Functions, and the one struct that holds nothing else.
fn travels_never(ty: &str) -> bool {
    ty == "never" || ty == "struct(Cursor_Bind)"
}

fn collect_structs(ty: &'static Type, found: &mut BTreeMap<&'static str, &'static Struct>) {
    match ty {
        Type::Struct(s) => {
            if found.insert(s.name, s).is_none() {
                s.fields.iter().for_each(|f| collect_structs(f.ty, found));
            }
        }
        Type::Tuple(items) | Type::Union(items) => {
            items.iter().for_each(|t| collect_structs(t, found));
        }
        Type::List(t) | Type::Dict(t) | Type::Optional(t) => collect_structs(t, found),
        Type::Any
        | Type::Never
        | Type::Bool
        | Type::Int
        | Type::Float
        | Type::Str
        | Type::Bytes
        | Type::Array { .. }
        | Type::Literal(_) => {}
    }
}

#[test]
fn every_struct_is_viser_s() {
    let schema = schema();
    let mut found = BTreeMap::new();
    let mut add = |s: &'static Struct| {
        found.insert(s.name, s);
        s.fields
            .iter()
            .for_each(|f| collect_structs(f.ty, &mut found));
    };
    Node::KINDS.iter().for_each(|(_, s)| add(s));
    Component::KINDS.iter().for_each(|(_, s, _)| add(s));
    Message::CLASSES.iter().for_each(|class| add(class.fields));
    let mut errors = Vec::new();
    for (name, theirs) in schema["structs"].as_object().unwrap() {
        match found.get(name.as_str()) {
            Some(ours) => check_struct(ours, theirs, &mut errors),
            None if name == "Cursor_Bind" => {}
            None => errors.push(format!("{name} is not declared")),
        }
    }
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn every_message_is_viser_s() {
    let schema = schema();
    let classes = Message::CLASSES.iter().filter(|class| class.is_viser_s());
    let classes: BTreeMap<&str, &Class> = classes.map(|c| (c.tag, c)).collect();
    let nodes: BTreeMap<_, _> = Node::KINDS.iter().copied().collect();
    let components: BTreeMap<_, _> = Component::KINDS
        .iter()
        .map(|(tag, props, value)| (*tag, (props, value)))
        .collect();
    let mut errors = Vec::new();
    let messages = schema["messages"].as_array().unwrap();
    for theirs_class in messages {
        let tag = theirs_class["name"].as_str().unwrap();
        if let Some(class) = classes.get(tag) {
            check_struct(class.fields, theirs_class, &mut errors);
            check_row(class, theirs_class, &mut errors);
        } else if let Some(props) = nodes.get(tag) {
            assert_eq!(theirs_class["props_struct"], props.name);
            assert_eq!(
                theirs_class["redundancy_key"],
                "scene:{name}:create-or-remove"
            );
            assert_eq!(
                theirs_class["wire_key_order"],
                serde_json::json!(["name", "owner", "virtual", "props", "type"])
            );
        } else if let Some((props, value)) = components.get(tag) {
            assert_eq!(theirs_class["props_struct"], props.name, "{tag}");
            assert_eq!(
                theirs_class["redundancy_key"],
                "gui:{uuid}:create-or-remove"
            );
            let theirs_value = theirs_class["fields"]
                .as_array()
                .unwrap()
                .iter()
                .find(|f| f["name"] == "value");
            let (ours_value, theirs_value) =
                (value.map(ours), theirs_value.map(|f| theirs(&f["type"])));
            // Values of any length are declared as `tuple(float, ...)` by some versions.
            if ours_value != theirs_value && tag != "GuiMultiSliderMessage" {
                errors.push(format!(
                    "{tag}.value: ours {ours_value:?}, theirs {theirs_value:?}"
                ));
            }
        } else {
            errors.push(format!("{tag} is not declared"));
        }
    }
    assert_eq!(
        messages.len(),
        classes.len() + nodes.len() + components.len()
    );
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

fn check_row(class: &Class, theirs: &Json, errors: &mut Vec<String>) {
    let direction = match class.direction {
        Direction::ToViewer => "server_to_client",
        Direction::ToServer => "client_to_server",
        Direction::Both => "both",
        Direction::Unused => "unused",
    };
    let mut expect = |what: &str, ours: &str, theirs: &Json| {
        if theirs.as_str().unwrap_or("null") != ours {
            errors.push(format!(
                "{}: {what}: ours {ours}, theirs {theirs}",
                class.tag
            ));
        }
    };
    expect("direction", direction, &theirs["direction"]);
    let (entity, phase, id) = match class.lifecycle {
        None => ("null", "null", "null"),
        Some((entity, phase, id)) => {
            let phase = match phase {
                Phase::Create => "create",
                Phase::Remove => "remove",
                Phase::Update if class.key.ends_with("{properties}") => "update_dict",
                Phase::Update => "update_simple",
            };
            (Entity::as_str(entity), phase, id)
        }
    };
    expect("entity", entity, &theirs["entity_type"]);
    expect("phase", phase, &theirs["lifecycle_phase"]);
    expect("id", id, &theirs["entity_id_field"]);
    if class.tag != "RunJavascriptMessage" {
        let key = class
            .key
            .replace("{entity}", entity)
            .replace("{id}", &format!("{{{id}}}"))
            .replace("{class}", class.tag)
            .replace("{properties}", "{sorted(updates) joined by ','}");
        expect("key", &key, &theirs["redundancy_key"]);
    }
    expect(
        "recorded",
        &class.recorded.to_string(),
        &Json::String(theirs["include_in_scene_serialization"].to_string()),
    );
}

#[test]
fn every_property_is_edited_as_in_viser() {
    let schema = schema();
    let mut errors = Vec::new();
    for (tag, props) in Node::KINDS {
        for field in props.fields {
            let theirs = &schema["scene_props_editor"][tag][field.name];
            let is_hidden = field.name.starts_with('_') || theirs["editorHidden"] == true;
            let (kind, options) = match field.editor() {
                Editor::Hidden => ("hidden", None),
                Editor::Checkbox => ("boolean", None),
                Editor::Choice(texts) => ("stringLiteral", Some(texts)),
                Editor::Color => ("color", None),
                Editor::Text => ("default", None),
            };
            let expected = match is_hidden {
                true => "hidden",
                false => theirs["kind"].as_str().unwrap(),
            };
            if kind != expected
                || options.is_some_and(|o| theirs["options"] != serde_json::json!(o))
            {
                errors.push(format!(
                    "{tag}.{}: ours {kind}, theirs {theirs}",
                    field.name
                ));
            }
        }
    }
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}
