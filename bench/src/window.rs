//! Reads the messages of one live window.
//!
//! A frame is two little-endian u64, the sizes of the metadata before and after compression, then
//! the metadata (MessagePack in Zstandard), then buffers that this program has no use for.

use anyhow::{Context, Result};
use rmpv::Value;
use std::collections::BTreeMap;

/// What a window held, as far as the measurements need it.
#[derive(Default)]
pub struct Window {
    /// How many messages of each type.
    pub types: BTreeMap<String, u64>,
    /// The times in its marks: values `t=SECONDS` of a GUI text.
    pub marks: Vec<f64>,
    /// The id of its first slider.
    pub slider: Option<String>,
    /// The id of its first upload button.
    pub upload_button: Option<String>,
}

impl Window {
    /// Decodes a frame.
    ///
    /// # Errors
    /// Fails when the frame is not one of the live protocol.
    pub fn decode(frame: &[u8]) -> Result<Self> {
        let size = |at: usize| -> Result<usize> {
            let bytes = frame.get(at..at + 8).context("the frame has no sizes")?;
            Ok(usize::try_from(u64::from_le_bytes(bytes.try_into()?))?)
        };
        let (raw, packed) = (size(0)?, size(8)?);
        let end = packed.checked_add(16).context("the sizes overflow")?;
        let packed = frame.get(16..end).context("the metadata is cut short")?;
        let metadata = zstd::bulk::decompress(packed, raw)?;
        let metadata = rmpv::decode::read_value(&mut &metadata[..])?;
        let messages = field(&metadata, "messages").and_then(Value::as_array);

        let mut window = Self::default();
        for message in messages.context("the metadata has no messages")? {
            window.add(message);
        }
        Ok(window)
    }

    fn add(&mut self, message: &Value) {
        let kind = text(message, "type").unwrap_or("?");
        *self.types.entry(kind.to_owned()).or_default() += 1;
        match kind {
            "GuiSliderMessage" if self.slider.is_none() => {
                self.slider = text(message, "uuid").map(str::to_owned);
            }
            "GuiUploadButtonMessage" if self.upload_button.is_none() => {
                self.upload_button = text(message, "uuid").map(str::to_owned);
            }
            "GuiUpdateMessage" => {
                let value = field(message, "updates").and_then(|updates| text(updates, "value"));
                let mark = value.and_then(|value| value.strip_prefix("t=")?.parse::<f64>().ok());
                self.marks.extend(mark);
            }
            _ => {}
        }
    }
}

fn field<'a>(map: &'a Value, name: &str) -> Option<&'a Value> {
    let mut entries = map.as_map()?.iter();
    entries.find_map(|(key, value)| (key.as_str() == Some(name)).then_some(value))
}

fn text<'a>(map: &'a Value, name: &str) -> Option<&'a str> {
    field(map, name)?.as_str()
}

#[cfg(test)]
mod tests {
    use super::Window;
    use rmpv::Value;

    fn map(entries: Vec<(&str, Value)>) -> Value {
        Value::Map(entries.into_iter().map(|(k, v)| (k.into(), v)).collect())
    }

    fn frame(messages: Vec<Value>) -> Vec<u8> {
        let mut raw = Vec::new();
        let metadata = map(vec![("messages", Value::Array(messages))]);
        rmpv::encode::write_value(&mut raw, &metadata).unwrap();
        let packed = zstd::bulk::compress(&raw, 1).unwrap();
        let mut frame = (raw.len() as u64).to_le_bytes().to_vec();
        frame.extend((packed.len() as u64).to_le_bytes());
        frame.extend(packed);
        frame
    }

    #[test]
    fn finds_marks_sliders_and_types() {
        let mark = map(vec![
            ("type", "GuiUpdateMessage".into()),
            ("updates", map(vec![("value", "t=12.5".into())])),
        ]);
        let slider = map(vec![
            ("type", "GuiSliderMessage".into()),
            ("uuid", "s1".into()),
        ]);
        let window = Window::decode(&frame(vec![mark.clone(), slider, mark])).unwrap();
        assert_eq!(window.marks, [12.5, 12.5]);
        assert_eq!(window.slider.as_deref(), Some("s1"));
        assert_eq!(window.types["GuiUpdateMessage"], 2);
    }

    #[test]
    fn refuses_what_is_cut_short() {
        let whole = frame(vec![]);
        for length in 0..whole.len() {
            assert!(Window::decode(&whole[..length]).is_err(), "{length} bytes");
        }
    }
}
