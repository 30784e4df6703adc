//! Reads `#[message(…)]` and doc comments.

use proc_macro2::TokenStream;
use syn::{
    Attribute, Expr, Field, Ident, Lit, LitStr, Meta, Path, Result, Token, meta::ParseNestedMeta,
    parse::ParseStream,
};

/// Which messages a message replaces.
pub(crate) enum Key {
    /// Those with the same name, and the same fields `name` and `uuid`.
    Default,
    /// Those for which this text is the same.
    Format(LitStr),
    /// Those for which this function returns the same.
    With(Path),
    /// None.
    Unique,
}

/// What stands on a struct.
pub(crate) struct OnStruct {
    pub(crate) name: Option<LitStr>,
    pub(crate) key: Key,
    pub(crate) tags: Vec<Ident>,
    pub(crate) direction: Option<Ident>,
}

impl OnStruct {
    pub(crate) fn read(attributes: &[Attribute]) -> Result<Self> {
        let mut this = Self {
            name: None,
            key: Key::Default,
            tags: Vec::new(),
            direction: None,
        };
        for_each(attributes, |meta| {
            if meta.path.is_ident("name") {
                this.name = Some(meta.value()?.parse()?);
            } else if meta.path.is_ident("redundancy_key") {
                this.key = read_key(meta.value()?)?;
            } else if meta.path.is_ident("redundancy_key_with") {
                this.key = Key::With(meta.value()?.parse()?);
            } else if meta.path.is_ident("direction") {
                this.direction = Some(meta.value()?.parse()?);
            } else if meta.path.is_ident("tags") {
                meta.parse_nested_meta(|tag| {
                    this.tags.push(tag.path.require_ident()?.clone());
                    Ok(())
                })?;
            } else {
                return Err(meta.error(
                    "a message has: name, redundancy_key, redundancy_key_with, tags, direction",
                ));
            }
            Ok(())
        })?;
        Ok(this)
    }
}

fn read_key(value: ParseStream) -> Result<Key> {
    if value.peek(LitStr) {
        return value.parse().map(Key::Format);
    }
    let word: Ident = value.parse()?;
    match word == "unique" {
        true => Ok(Key::Unique),
        false => Err(syn::Error::new(word.span(), "a text, or the word unique")),
    }
}

/// What stands on a field.
#[derive(Default)]
pub(crate) struct OnField {
    pub(crate) name: Option<LitStr>,
    pub(crate) default: Option<TokenStream>,
    pub(crate) typescript: Option<LitStr>,
    pub(crate) is_excluded_client: bool,
}

impl OnField {
    pub(crate) fn read(field: &Field) -> Result<Self> {
        let mut this = Self::default();
        for_each(&field.attrs, |meta| {
            if meta.path.is_ident("name") {
                this.name = Some(meta.value()?.parse()?);
            } else if meta.path.is_ident("default") {
                this.default = Some(if meta.input.peek(Token![=]) {
                    let expression: Expr = meta.value()?.parse()?;
                    quote::quote!(#expression)
                } else {
                    quote::quote!(::core::default::Default::default())
                });
            } else if meta.path.is_ident("typescript") {
                this.typescript = Some(meta.value()?.parse()?);
            } else if meta.path.is_ident("excluded_self_client") {
                this.is_excluded_client = true;
            } else {
                return Err(
                    meta.error("a field has: name, default, typescript, excluded_self_client")
                );
            }
            Ok(())
        })?;
        Ok(this)
    }
}

/// The name on a variant.
pub(crate) fn variant_name(attributes: &[Attribute]) -> Result<Option<LitStr>> {
    let mut name = None;
    for_each(attributes, |meta| {
        if !meta.path.is_ident("name") {
            return Err(meta.error("a variant has: name"));
        }
        name = Some(meta.value()?.parse()?);
        Ok(())
    })?;
    Ok(name)
}

fn for_each(
    attributes: &[Attribute],
    mut read: impl FnMut(ParseNestedMeta) -> Result<()>,
) -> Result<()> {
    for attribute in attributes.iter().filter(|a| a.path().is_ident("message")) {
        attribute.parse_nested_meta(&mut read)?;
    }
    Ok(())
}

/// The documentation, a line for each comment line, each with its leading space.
pub(crate) fn doc(attributes: &[Attribute]) -> String {
    let lines = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
                Expr::Lit(literal) => match &literal.lit {
                    Lit::Str(text) => Some(text.value() + "\n"),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        });
    lines.collect()
}
