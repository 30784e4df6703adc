//! Messages that move something, read without a value tree.
//!
//! Recordings hold them by the million. Whatever has another form than writers give them is left
//! to the general decoder.

use rmp::Marker;

/// Which part of a node a message sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Position,
    Orientation,
    Visibility,
    BonePosition(i64),
    BoneOrientation(i64),
}

impl Part {
    /// How many numbers it takes.
    pub(crate) fn width(self) -> usize {
        match self {
            Part::Visibility => 1,
            Part::Position | Part::BonePosition(_) => 3,
            Part::Orientation | Part::BoneOrientation(_) => 4,
        }
    }
}

/// What such a message says. Visibility is 0 or 1; numbers beyond the part's width are 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Motion<'a> {
    pub(crate) name: &'a str,
    pub(crate) owner: &'a str,
    pub(crate) part: Part,
    pub(crate) values: [f64; 4],
}

/// Reads the map of a message; `None` if it is of another class or form.
pub(crate) fn read(message: &[u8]) -> Option<Motion<'_>> {
    let mut input = Input(message);
    let entries = match input.marker()? {
        Marker::FixMap(entries) => entries,
        _ => return None,
    };
    let (mut class, mut name, mut owner) = (None, None, "");
    let (mut position, mut wxyz, mut visible, mut bone) = (None, None, None, None);
    for _ in 0..entries {
        match input.text()? {
            "type" => class = Some(input.text()?),
            "name" => name = Some(input.text()?),
            "owner" => owner = input.text()?,
            "position" => position = Some(input.numbers(3)?),
            "wxyz" => wxyz = Some(input.numbers(4)?),
            "visible" => visible = Some(input.truth()?),
            "bone_index" => bone = Some(input.small_int()?),
            _ => return None,
        }
    }
    let (part, values) = match class? {
        "SetPositionMessage" => (Part::Position, position?),
        "SetOrientationMessage" => (Part::Orientation, wxyz?),
        "SetSceneNodeVisibilityMessage" => (Part::Visibility, visible?),
        "SetBonePositionMessage" => (Part::BonePosition(bone?), position?),
        "SetBoneOrientationMessage" => (Part::BoneOrientation(bone?), wxyz?),
        _ => return None,
    };
    input.0.is_empty().then_some(Motion {
        name: name?,
        owner,
        part,
        values,
    })
}

struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, bytes: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn marker(&mut self) -> Option<Marker> {
        self.array().map(|[byte]| Marker::from_u8(byte))
    }

    fn text(&mut self) -> Option<&'a str> {
        let len = match self.marker()? {
            Marker::FixStr(len) => len.into(),
            Marker::Str8 => self.array().map(u8::from_be_bytes)?.into(),
            Marker::Str16 => self.array().map(u16::from_be_bytes)?.into(),
            _ => return None,
        };
        std::str::from_utf8(self.take(len)?).ok()
    }

    fn truth(&mut self) -> Option<[f64; 4]> {
        match self.marker()? {
            Marker::True => Some([1.0, 0.0, 0.0, 0.0]),
            Marker::False => Some([0.0; 4]),
            _ => None,
        }
    }

    fn small_int(&mut self) -> Option<i64> {
        match self.marker()? {
            Marker::FixPos(value) => Some(value.into()),
            Marker::U8 => self.array().map(|bytes| u8::from_be_bytes(bytes).into()),
            Marker::U16 => self.array().map(|bytes| u16::from_be_bytes(bytes).into()),
            _ => None,
        }
    }

    /// A list of that many numbers.
    fn numbers(&mut self, count: u8) -> Option<[f64; 4]> {
        if self.marker()? != Marker::FixArray(count) {
            return None;
        }
        let mut values = [0.0; 4];
        for value in values.iter_mut().take(count.into()) {
            *value = match self.marker()? {
                Marker::F64 => f64::from_be_bytes(self.array()?),
                Marker::F32 => f32::from_be_bytes(self.array()?).into(),
                Marker::FixPos(value) => value.into(),
                Marker::FixNeg(value) => value.into(),
                _ => return None,
            };
        }
        Some(values)
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use proptest::prelude::*;

    use super::*;
    use crate::encode::BytesSink;
    use crate::scene::{
        SetBoneOrientation, SetBonePosition, SetOrientation, SetPosition, SetSceneNodeVisibility,
    };
    use crate::value::{self, Value};
    use crate::wire::Wire;
    use crate::{Limits, Message, Wxyz};

    /// The message that a motion stands for.
    fn message(motion: &Motion<'_>) -> Message {
        let (name, owner) = (motion.name.into(), motion.owner.to_owned());
        let [x, y, z, _] = motion.values;
        match motion.part {
            Part::Position => Message::SetPosition(SetPosition {
                name,
                owner,
                position: [x, y, z],
            }),
            Part::Orientation => Message::SetOrientation(SetOrientation {
                name,
                owner,
                wxyz: Wxyz(motion.values),
            }),
            Part::Visibility => Message::SetSceneNodeVisibility(SetSceneNodeVisibility {
                name,
                owner,
                visible: x != 0.0,
            }),
            Part::BonePosition(bone_index) => Message::SetBonePosition(SetBonePosition {
                name,
                owner,
                bone_index,
                position: [x, y, z],
            }),
            Part::BoneOrientation(bone_index) => Message::SetBoneOrientation(SetBoneOrientation {
                name,
                owner,
                bone_index,
                wxyz: Wxyz(motion.values),
            }),
        }
    }

    proptest! {
        #[test]
        fn reads_what_is_written(
            kind in 0..5,
            name in "[a-z/é]{0,300}",
            owner in "[0-9]{0,3}",
            bone in 0..5000i64,
            mut values in any::<[f64; 4]>(),
        ) {
            let part = match kind {
                0 => Part::Position,
                1 => Part::Orientation,
                2 => Part::Visibility,
                3 => Part::BonePosition(bone),
                _ => Part::BoneOrientation(bone),
            };
            values[part.width()..].fill(0.0);
            if part == Part::Visibility {
                values[0] = f64::from(u8::from(values[0] > 0.0));
            }
            let motion = Motion { name: &name, owner: &owner, part, values };
            let bytes = BytesSink::inline(&message(&motion));
            prop_assert_eq!(read(&bytes), Some(motion));
            prop_assert_eq!(read(&bytes[..bytes.len() - 1]), None);
        }

        // What it reads is what the general decoder reads, whatever the bytes.
        #[test]
        fn agrees_with_the_general_decoder(
            class in "Set(Position|Orientation|BonePosition|SceneNodeVisibility)Message",
            fields in prop::collection::vec((0..7usize, 0..6usize), 0..8),
        ) {
            let keys = ["name", "owner", "position", "wxyz", "visible", "bone_index", "other"];
            let numbers = |n: usize| Value::List((0..n).map(|i| match i {
                0 => Value::Int(-3),
                _ => Value::Float(i as f64),
            }).collect());
            let values = [
                Value::Str("/a".into()), numbers(3), numbers(4), Value::Bool(true),
                Value::Int(7), Value::Nil,
            ];
            let mut entries: Vec<_> = fields
                .iter()
                .map(|(key, value)| (keys[*key].into(), values[*value].clone()))
                .collect();
            entries.push(("type".into(), Value::Str(class.into())));
            let bytes = Bytes::from(BytesSink::inline(&Value::Map(entries)));
            if let Some(motion) = read(&bytes) {
                let value = value::parse(&bytes, &[], &Limits::default()).unwrap();
                prop_assert_eq!(Message::decode(&value).unwrap(), message(&motion));
            }
        }
    }

    #[test]
    fn leaves_other_forms_to_the_general_decoder() {
        let fog = crate::scene::EnableLights {
            enabled: true,
            cast_shadow: true,
        };
        assert_eq!(read(&BytesSink::inline(&fog)), None);
        assert_eq!(read(&[]), None);
        assert_eq!(read(&[0x80]), None);
    }
}
