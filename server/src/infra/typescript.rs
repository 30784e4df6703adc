//! What TypeScript is told about messages.

mod names;
mod types;

use super::{client_api::ClientApiVersion, message::MessageClass, message_set::MessageSet};
use names::Names;
use scenecast_protocol::schema::{Field, Struct};
use std::{collections::BTreeMap, fmt::Write};
use types::TypeWriter;

/// Writes TypeScript for the messages of a set: an interface for each, with its documentation; the
/// union `Message` of all, told apart by `type`; for each tag a union and a type guard, such as
/// `isDrawing`. Arrays have the type that clients of this version find there: typed arrays, or
/// bytes in [`V0`](ClientApiVersion::V0), where their element type does not travel.
///
/// The type of a field may be set with `#[message(typescript = "…")]`.
///
/// ```
/// use scenecast::infra::{
///     ClientApiVersion, Message, MessageSet, generate_typescript_interfaces,
/// };
///
/// /// A line that somebody drew.
/// #[derive(Clone, Message)]
/// struct Stroke {
///     /// How wide, pixels.
///     width: f32,
/// }
///
/// let messages = MessageSet::new().with::<Stroke>()?;
/// let typescript = generate_typescript_interfaces(&messages, ClientApiVersion::V1);
/// assert!(typescript.contains(
///     r#"/** A line that somebody drew. */
/// export interface Stroke {
///   type: "Stroke";
///   /** How wide, pixels. */
///   width: number;
/// }
/// "#
/// ));
/// # Ok::<(), scenecast::Error>(())
/// ```
pub fn generate_typescript_interfaces(messages: &MessageSet, version: ClientApiVersion) -> String {
    let tags = tags(messages);
    let mut names = Names::default();
    names.reserve("Message");
    for tag in tags.keys() {
        names.reserve(tag);
        names.reserve(&format!("is{tag}"));
        names.reserve(&format!("types{tag}"));
    }
    let classes: Vec<(&MessageClass, String)> = messages
        .classes()
        .map(|class| (class, names.unique(class.name)))
        .collect();
    let mut writer = Writer {
        out: "// Written by scenecast::infra::generate_typescript_interfaces from the declarations of the\n\
              // messages: change those instead.\n"
            .to_owned(),
        types: TypeWriter::new(version, names),
    };
    for (class, name) in &classes {
        writer.class(class, name);
    }
    let all = classes.iter().map(|(_, name)| name.as_str());
    writer.union(
        "Any of these messages, told apart by `type`.",
        "Message",
        all,
    );
    for (tag, tagged) in &tags {
        let named = classes
            .iter()
            .filter(|(class, _)| tagged.contains(&class.name));
        let members = named.map(|(_, name)| name.as_str());
        writer.union(&format!("The messages with the tag {tag}."), tag, members);
        writer.guard(tag, tagged);
    }
    writer.out
}

/// The names of the classes with each tag.
fn tags(messages: &MessageSet) -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut tags: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for class in messages.classes() {
        for tag in class.tags {
            tags.entry(*tag).or_default().push(class.name);
        }
    }
    tags
}

struct Writer {
    out: String,
    types: TypeWriter,
}

impl Writer {
    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn class(&mut self, class: &MessageClass, name: &str) {
        let fields = self.fields(class.fields);
        self.pending_structs();
        self.line("");
        self.doc("", class.doc);
        self.line(&format!("export interface {name} {{"));
        self.line(&format!("  type: {};", quoted(class.name)));
        self.out.push_str(&fields);
        self.line("}");
    }

    /// The structs that the types so far refer to, and those that these refer to.
    fn pending_structs(&mut self) {
        while let Some((name, schema)) = self.types.next_struct() {
            self.structure(&name, schema);
        }
    }

    fn structure(&mut self, name: &str, schema: &'static Struct) {
        let fields = self.fields(schema.fields);
        self.line("");
        self.doc("", schema.doc);
        self.line(&format!("export interface {name} {{"));
        self.out.push_str(&fields);
        self.line("}");
    }

    fn fields(&mut self, fields: &[Field]) -> String {
        let before = std::mem::take(&mut self.out);
        for field in fields {
            self.doc("  ", field.doc);
            let mark = if field.optional { "?" } else { "" };
            let ty = match field.typescript {
                Some(given) => given.to_owned(),
                None => self.types.write(field.ty),
            };
            self.line(&format!("  {}{mark}: {ty};", property(field.name)));
        }
        std::mem::replace(&mut self.out, before)
    }

    fn doc(&mut self, indent: &str, doc: &str) {
        let lines: Vec<String> = doc
            .lines()
            .map(|line| line.trim().replace("*/", "*\\/"))
            .collect();
        match lines.as_slice() {
            [] => {}
            [line] => self.line(&format!("{indent}/** {line} */")),
            lines => {
                self.line(&format!("{indent}/**"));
                for line in lines {
                    let text = format!("{indent} * {line}");
                    self.line(text.trim_end());
                }
                self.line(&format!("{indent} */"));
            }
        }
    }

    fn union<'a>(&mut self, doc: &str, name: &str, members: impl Iterator<Item = &'a str>) {
        self.line("");
        self.doc("", doc);
        let members: String = members.map(|member| format!("\n  | {member}")).collect();
        let members = if members.is_empty() {
            " never"
        } else {
            &members
        };
        self.line(&format!("export type {name} ={members};"));
    }

    fn guard(&mut self, tag: &str, tagged: &[&str]) {
        let mut names = String::new();
        for name in tagged {
            // Writing to a String cannot fail.
            let _ = write!(names, "\n  {},", quoted(name));
        }
        self.line("");
        self.line(&format!("const types{tag} = new Set<string>([{names}\n]);"));
        self.line("");
        self.line(&format!("/** Whether a message has the tag {tag}. */"));
        self.line(&format!(
            "export function is{tag}(message: Message): message is {tag} {{"
        ));
        self.line(&format!("  return types{tag}.has(message.type);"));
        self.line("}");
    }
}

/// A text as TypeScript writes it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A name as TypeScript writes it before the colon.
fn property(name: &str) -> String {
    match names::is_identifier(name) {
        true => name.to_owned(),
        false => quoted(name),
    }
}

#[cfg(test)]
mod tests;
