//! The declaration macros: from one declaration, everything that follows from it.
//!
//! * [`record!`](crate::record) declares a struct that is a map on the wire.
//! * [`props!`](crate::props) is a record whose fields all have defaults: the properties of a
//!   scene node or GUI component, with builder methods, field-wise difference and update.
//! * [`options!`](crate::options) is a record whose fields may all be left out, with a builder
//!   method for each.
//! * [`literal!`](crate::literal) declares an enum that is one of several texts on the wire.
//! * [`union!`](crate::union) gives an enum the form of whichever variant it holds.

/// The wire name of a field: its Rust name, unless the declaration gives another.
#[doc(hidden)]
#[macro_export]
macro_rules! wire_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $name:literal) => {
        $name
    };
}

/// The documentation among attributes, a line for each comment line, each with its leading space.
#[doc(hidden)]
#[macro_export]
macro_rules! doc_text {
    ($(#[$($attribute:tt)*])*) => {
        concat!($( $crate::doc_text!(@line $($attribute)*) ),*)
    };
    (@line doc = $text:literal) => { concat!($text, "\n") };
    (@line $($other:tt)*) => { "" };
}

/// What a field is when the peer left it out: its default, or an error.
#[doc(hidden)]
#[macro_export]
macro_rules! absent_field {
    ($name:expr) => {
        return Err($crate::DecodeError::missing($name))
    };
    ($name:expr, $default:expr) => {
        $default
    };
}

/// Declares a struct that is a map on the wire: `field ("wire name"): Type = default,`, where
/// the name in parentheses and the default are optional. The text after `as` names the type in
/// viser's schema; `tagged "T"` adds the entry `type: "T"` at the end, which makes it a message.
/// Fields in `ours { … }` are none of viser's: they are left out while they have their defaults.
#[macro_export]
macro_rules! record {
    (
        $(#[$($meta:tt)*])*
        pub struct $Name:ident as $schema:literal $(tagged $tag:literal)? $(by $decoding:ident)? {
            $(
                $(#[$($field_meta:tt)*])*
                $field:ident $(($wire:literal))?: $ty:ty $(= $default:expr)?
            ),* $(,)?
        }
        $(ours {
            $( $(#[$($ours_meta:tt)*])* $ours:ident: $ours_ty:ty = $ours_default:expr ),* $(,)?
        })?
    ) => {
        $(#[$($meta)*])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $Name {
            $( $(#[$($field_meta)*])* pub $field: $ty, )*
            $( $( $(#[$($ours_meta)*])* pub $ours: $ours_ty, )* )?
        }

        impl $Name {
            /// The fields in wire order.
            pub const SCHEMA: $crate::schema::Struct = $crate::schema::Struct {
                name: $schema,
                doc: $crate::doc_text!($(#[$($meta)*])*),
                fields: &[$( $crate::schema::Field {
                    doc: $crate::doc_text!($(#[$($field_meta)*])*),
                    ..$crate::schema::Field::new(
                        $crate::wire_name!($field $($wire)?),
                        <$ty as $crate::Wire>::TYPE,
                    )
                } ),*],
            };
        }

        impl $crate::Wire for $Name {
            const TYPE: &'static $crate::schema::Type =
                &$crate::schema::Type::Struct(&$Name::SCHEMA);

            fn encode(&self, sink: &mut impl $crate::encode::Sink) {
                let tags: &[&str] = &[$( $tag )?];
                let said: &[bool] = &[$( $( self.$ours != $ours_default ),* )?];
                let said = said.iter().filter(|is_said| **is_said).count();
                sink.map(Self::SCHEMA.fields.len() + tags.len() + said);
                $(
                    sink.static_str($crate::wire_name!($field $($wire)?));
                    $crate::Wire::encode(&self.$field, sink);
                )*
                $( $( if self.$ours != $ours_default {
                    sink.static_str(stringify!($ours));
                    $crate::Wire::encode(&self.$ours, sink);
                } )* )?
                $(
                    sink.static_str("type");
                    sink.static_str($tag);
                )?
            }

            fn decode(value: &$crate::Value) -> Result<Self, $crate::DecodeError> {
                $crate::decode_record!(value, $($decoding)? {
                    $( $field $(($wire))? $(= $default)?, )*
                })
            }
        }
    };
}

/// Reads a record: field by field, or, `by set`, from the defaults on, which takes a fraction of
/// the code where the fields can be set one by one.
#[doc(hidden)]
#[macro_export]
macro_rules! decode_record {
    ($value:ident, set { $($fields:tt)* }) => {{
        let mut record = Self::default();
        $crate::fields::each($value, &mut |name, value| {
            $crate::wire::Props::set(&mut record, name, value)
        })?;
        Ok(record)
    }};
    ($value:ident, { $( $field:ident $(($wire:literal))? $(= $default:expr)?, )* }) => {{
        #[allow(unused_mut, reason = "some messages have no fields")]
        let mut fields = $crate::fields::Fields::of($value)?;
        let _ = &fields;
        Ok(Self { $( $field: match fields.take($crate::wire_name!($field $($wire)?))? {
            Some(value) => value,
            None => $crate::absent_field!($crate::wire_name!($field $($wire)?) $(, $default)?),
        }, )* })
    }};
}

/// Declares the properties of a scene node or GUI component: a [`record!`](crate::record) whose
/// fields all have defaults, with a builder method for each field, `diff`, and `set`.
#[macro_export]
macro_rules! props {
    (
        $(#[$($meta:tt)*])*
        pub struct $Name:ident as $schema:literal {
            $(
                $(#[$($field_meta:tt)*])*
                $field:ident $(($wire:literal))?: $ty:ty = $default:expr
            ),* $(,)?
        }
        $(ours {
            $( $(#[$($ours_meta:tt)*])* $ours:ident: $ours_ty:ty = $ours_default:expr ),* $(,)?
        })?
    ) => {
        $crate::record! {
            $(#[$($meta)*])*
            pub struct $Name as $schema by set {
                $( $(#[$($field_meta)*])* $field $(($wire))?: $ty = $default ),*
            }
            $(ours { $( $(#[$($ours_meta)*])* $ours: $ours_ty = $ours_default ),* })?
        }

        impl Default for $Name {
            fn default() -> Self {
                Self {
                    $( $field: $default, )*
                    $( $( $ours: $ours_default, )* )?
                }
            }
        }

        impl $Name {
            $(
                $(#[$($field_meta)*])*
                #[must_use]
                pub fn $field(mut self, $field: impl Into<$ty>) -> Self {
                    self.$field = $field.into();
                    self
                }
            )*
            $( $(
                $(#[$($ours_meta)*])*
                #[must_use]
                pub fn $ours(mut self, $ours: impl Into<$ours_ty>) -> Self {
                    self.$ours = $ours.into();
                    self
                }
            )* )?
        }

        impl $crate::wire::Props for $Name {
            fn diff(&self, new: &Self) -> Vec<(&'static str, $crate::Value)> {
                let mut changes = Vec::new();
                $(
                    if self.$field != new.$field {
                        changes.push((
                            $crate::wire_name!($field $($wire)?),
                            $crate::Wire::to_value(&new.$field),
                        ));
                    }
                )*
                $( $( if self.$ours != new.$ours {
                    changes.push((stringify!($ours), $crate::Wire::to_value(&new.$ours)));
                } )* )?
                changes
            }

            fn set(&mut self, name: &str, value: &$crate::Value) -> Result<bool, $crate::DecodeError> {
                match name {
                    $( $crate::wire_name!($field $($wire)?) => $crate::fields::assign(
                        &mut self.$field,
                        value,
                        $crate::wire_name!($field $($wire)?),
                    ), )*
                    $( $( stringify!($ours) => $crate::fields::assign(
                        &mut self.$ours,
                        value,
                        stringify!($ours),
                    ), )* )?
                    _ => Ok(false),
                }
            }
        }
    };
}

/// Declares a struct whose fields may all be left out, and are when they are `None`.
#[macro_export]
macro_rules! options {
    (
        $(#[$($meta:tt)*])*
        pub struct $Name:ident as $schema:literal {
            $( $(#[$($field_meta:tt)*])* $field:ident $(($wire:literal))?: $ty:ty ),* $(,)?
        }
    ) => {
        $(#[$($meta)*])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $Name {
            $( $(#[$($field_meta)*])* pub $field: Option<$ty>, )*
        }

        impl $Name {
            $(
                $(#[$($field_meta)*])*
                #[must_use]
                pub fn $field(mut self, $field: impl Into<$ty>) -> Self {
                    self.$field = Some($field.into());
                    self
                }
            )*

            /// The fields in wire order.
            pub const SCHEMA: $crate::schema::Struct = $crate::schema::Struct {
                name: $schema,
                doc: $crate::doc_text!($(#[$($meta)*])*),
                fields: &[$( $crate::schema::Field {
                    doc: $crate::doc_text!($(#[$($field_meta)*])*),
                    optional: true,
                    ..$crate::schema::Field::new(
                        $crate::wire_name!($field $($wire)?),
                        <$ty as $crate::Wire>::TYPE,
                    )
                } ),*],
            };
        }

        impl $crate::Wire for $Name {
            const TYPE: &'static $crate::schema::Type =
                &$crate::schema::Type::Struct(&$Name::SCHEMA);

            fn encode(&self, sink: &mut impl $crate::encode::Sink) {
                sink.map([$( self.$field.is_some() ),*].iter().filter(|present| **present).count());
                $( if let Some(value) = &self.$field {
                    sink.static_str($crate::wire_name!($field $($wire)?));
                    $crate::Wire::encode(value, sink);
                } )*
            }

            fn decode(value: &$crate::Value) -> Result<Self, $crate::DecodeError> {
                let mut fields = $crate::fields::Fields::of(value)?;
                Ok(Self { $( $field: match fields.take($crate::wire_name!($field $($wire)?))? {
                    Some(value) => value,
                    None => None,
                }, )* })
            }
        }
    };
}

/// Declares an enum that is one of several texts on the wire.
#[macro_export]
macro_rules! literal {
    (
        $(#[$($meta:tt)*])*
        $Name:ident { $( $(#[$variant_meta:meta])* $Variant:ident = $text:literal ),* $(,)? }
    ) => {
        $(#[$($meta)*])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $Name { $( $(#[$variant_meta])* $Variant ),* }

        impl $Name {
            /// Every variant, in declaration order.
            pub const ALL: &'static [Self] = &[$( Self::$Variant ),*];

            /// The text on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$Variant => $text ),* }
            }
        }

        impl $crate::Wire for $Name {
            const TYPE: &'static $crate::schema::Type =
                &$crate::schema::Type::Literal(&[$( $text ),*]);

            fn encode(&self, sink: &mut impl $crate::encode::Sink) {
                sink.static_str(self.as_str());
            }

            fn decode(value: &$crate::Value) -> Result<Self, $crate::DecodeError> {
                match value.as_str() {
                    $( Some($text) => Ok(Self::$Variant), )*
                    _ => Err($crate::DecodeError::kind(
                        concat!("one of" $( , " ", $text )*),
                        value,
                    )),
                }
            }
        }
    };
}

/// Gives an enum of one-field variants the form of whichever it holds; variants are tried in
/// order when decoding.
#[macro_export]
macro_rules! union {
    ($Name:ident: $expected:literal { $( $Variant:ident($ty:ty) ),* $(,)? }) => {
        impl $crate::Wire for $Name {
            const TYPE: &'static $crate::schema::Type =
                &$crate::schema::Type::Union(&[$( <$ty as $crate::Wire>::TYPE ),*]);

            fn encode(&self, sink: &mut impl $crate::encode::Sink) {
                match self { $( Self::$Variant(value) => $crate::Wire::encode(value, sink) ),* }
            }

            fn decode(value: &$crate::Value) -> Result<Self, $crate::DecodeError> {
                $( if let Ok(value) = <$ty as $crate::Wire>::decode(value) {
                    return Ok(Self::$Variant(value));
                } )*
                Err($crate::DecodeError::kind($expected, value))
            }
        }
    };
}

/// Declares a message: a [`record!`](crate::record) with its class name as last entry.
#[macro_export]
macro_rules! message {
    (
        $(#[$($meta:tt)*])*
        pub struct $Name:ident as $tag:literal { $($body:tt)* }
    ) => {
        $crate::record! {
            $(#[$($meta)*])*
            pub struct $Name as $tag tagged $tag { $($body)* }
        }

        impl $Name {
            /// The class name on the wire.
            pub const TAG: &'static str = $tag;
        }
    };
}
