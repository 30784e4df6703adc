//! Descriptions of declared types, derived from the declarations: for the test that compares
//! them with viser's schema, for TypeScript, and for the property editor.

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Type {
    /// Any value.
    Any,
    /// No value at all: viser's schema has fields that cannot travel (JavaScript functions).
    Never,
    /// True or false.
    Bool,
    /// An integer.
    Int,
    /// A 64-bit float.
    Float,
    /// Text.
    Str,
    /// Inline bytes.
    Bytes,
    /// A numeric array: NumPy dtype string and the shape of one row (`[]` for scalars).
    Array {
        /// Such as `<f4`.
        dtype: &'static str,
        /// Trailing dimensions after the row count.
        row: &'static [usize],
    },
    /// A list of fixed length.
    Tuple(&'static [&'static Type]),
    /// A list of any length.
    List(&'static Type),
    /// A map from text.
    Dict(&'static Type),
    /// The value or nil.
    Optional(&'static Type),
    /// One of these texts.
    Literal(&'static [&'static str]),
    /// One of several types.
    Union(&'static [&'static Type]),
    /// A declared struct.
    Struct(&'static Struct),
}

/// A declared struct.
#[derive(Debug, PartialEq)]
pub struct Struct {
    /// Its name in viser's schema, such as `PointCloudProps`.
    pub name: &'static str,
    /// The lines of its documentation, each with its leading space.
    pub doc: &'static str,
    /// Its fields in wire order.
    pub fields: &'static [Field],
}

/// A declared field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field {
    /// Its name on the wire.
    pub name: &'static str,
    /// The lines of its documentation, each with its leading space.
    pub doc: &'static str,
    /// Its type.
    pub ty: &'static Type,
    /// Whether it may be left out.
    pub optional: bool,
    /// What TypeScript is told that the type is, instead of what `ty` says.
    pub typescript: Option<&'static str>,
}

/// What a person changes a property with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Editor {
    /// Nothing: it is not for people.
    Hidden,
    /// A checkbox.
    Checkbox,
    /// A choice among these texts.
    Choice(&'static [&'static str]),
    /// A colour picker: three integers, 0 to 255.
    Color,
    /// Text that says what the value is. Arrays and bytes can only be looked at.
    Text,
}

impl Field {
    /// A field that must be there and is not documented.
    pub const fn new(name: &'static str, ty: &'static Type) -> Self {
        Self {
            name,
            doc: "",
            ty,
            optional: false,
            typescript: None,
        }
    }

    /// What a person changes the property of a scene node with.
    pub fn editor(&self) -> Editor {
        // How the points of a cloud travel is not for viewers to say.
        if self.name.starts_with('_') || self.name == "precision" {
            return Editor::Hidden;
        }
        match self.ty {
            Type::Bool => Editor::Checkbox,
            Type::Literal(texts) => Editor::Choice(texts),
            Type::Tuple([Type::Int, Type::Int, Type::Int]) if self.name.contains("color") => {
                Editor::Color
            }
            _ => Editor::Text,
        }
    }
}
