//! What structs and enums are on the wire.

use crate::attributes::{self, OnField};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;
use syn::{Data, DataEnum, DeriveInput, Error, Field, Fields, Ident, LitStr, Result, Type};

/// A field with what stands on it.
pub(crate) struct NamedField<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) wire_name: LitStr,
    pub(crate) on_field: OnField,
    doc: String,
}

/// The fields of a struct that has names for them.
pub(crate) fn named_fields(input: &DeriveInput) -> Result<Vec<NamedField<'_>>> {
    if !input.generics.params.is_empty() {
        let text = "a message has no generic parameters: its form on the wire is fixed";
        return Err(Error::new_spanned(&input.generics, text));
    }
    let Data::Struct(data) = &input.data else {
        return Err(Error::new_spanned(&input.ident, "a message is a struct"));
    };
    let fields = match &data.fields {
        Fields::Named(fields) => fields.named.iter().collect(),
        Fields::Unit => Vec::new(),
        Fields::Unnamed(_) => {
            let text = "the fields need names: they are its keys on the wire";
            return Err(Error::new_spanned(&data.fields, text));
        }
    };
    let fields = fields.into_iter().map(named_field);
    fields.collect()
}

fn named_field(field: &Field) -> Result<NamedField<'_>> {
    let on_field = OnField::read(field)?;
    let ident = field.ident.as_ref();
    let ident = ident.ok_or_else(|| Error::new_spanned(field, "the field needs a name"))?;
    let plain = ident.to_string();
    let plain = plain.strip_prefix("r#").unwrap_or(&plain);
    let wire_name = on_field.name.clone();
    Ok(NamedField {
        ident,
        ty: &field.ty,
        wire_name: wire_name.unwrap_or_else(|| LitStr::new(plain, ident.span())),
        doc: attributes::doc(&field.attrs),
        on_field,
    })
}

/// Refuses names on the wire that are given twice.
fn check_names<'a>(names: impl Iterator<Item = &'a LitStr>, reserved: &[&str]) -> Result<()> {
    let mut seen: BTreeSet<String> = reserved.iter().map(|name| (*name).to_owned()).collect();
    for name in names {
        if !seen.insert(name.value()) {
            let text = format!("the name `{}` is taken; give another one", name.value());
            return Err(Error::new(name.span(), text));
        }
    }
    Ok(())
}

/// `impl Wire` for a type that may be a field.
pub(crate) fn derive(input: &DeriveInput) -> Result<TokenStream> {
    if let Data::Enum(data) = &input.data {
        return texts(input, data);
    }
    record(input, None)
}

/// `impl Wire` for a struct: a map of its fields, and its class name at the end if it has one.
pub(crate) fn record(input: &DeriveInput, class: Option<&LitStr>) -> Result<TokenStream> {
    let fields = named_fields(input)?;
    let (travelling, staying): (Vec<_>, Vec<_>) = fields
        .iter()
        .partition(|field| !field.on_field.is_excluded_client);
    if let (None, Some(field)) = (class, staying.first()) {
        let text = "only a message itself names the client that must not get it";
        return Err(Error::new_spanned(field.ident, text));
    }
    let reserved: &[&str] = if class.is_some() { &["type"] } else { &[] };
    check_names(travelling.iter().map(|field| &field.wire_name), reserved)?;

    let ident = &input.ident;
    let name = class.cloned();
    let name = name.unwrap_or_else(|| LitStr::new(&ident.to_string(), ident.span()));
    let doc = attributes::doc(&input.attrs);
    let schema = travelling.iter().map(|field| {
        let (wire_name, ty, doc) = (&field.wire_name, field.ty, &field.doc);
        let optional = field.on_field.default.is_some();
        let typescript = match &field.on_field.typescript {
            Some(text) => quote!(::core::option::Option::Some(#text)),
            None => quote!(::core::option::Option::None),
        };
        quote!(__d::Field {
            doc: #doc,
            optional: #optional,
            typescript: #typescript,
            ..__d::Field::new(#wire_name, <#ty as __d::Wire>::TYPE)
        })
    });
    let encode = travelling.iter().map(|field| {
        let (wire_name, ident) = (&field.wire_name, field.ident);
        quote! {
            sink.static_str(#wire_name);
            __d::Wire::encode(&self.#ident, sink);
        }
    });
    let entries = travelling.len() + usize::from(class.is_some());
    let encode_class = class.map(|class| {
        quote! {
            sink.static_str("type");
            sink.static_str(#class);
        }
    });
    let decode = travelling.iter().map(|field| {
        let (wire_name, ident) = (&field.wire_name, field.ident);
        match &field.on_field.default {
            Some(default) => quote! {
                #ident: match value.get(#wire_name) {
                    ::core::option::Option::Some(_) => __d::field(value, #wire_name)?,
                    ::core::option::Option::None => #default,
                }
            },
            None => quote!(#ident: __d::field(value, #wire_name)?),
        }
    });
    let stay = staying.iter().map(|field| {
        let ident = field.ident;
        quote!(#ident: ::core::option::Option::None)
    });
    Ok(quote! {
        const _: () = {
            use ::scenecast::infra::__derive as __d;

            impl __d::Wire for #ident {
                const TYPE: &'static __d::Type = &__d::Type::Struct(&__d::Struct {
                    name: #name,
                    doc: #doc,
                    fields: &[#(#schema),*],
                });

                fn encode(&self, sink: &mut impl __d::Sink) {
                    sink.map(#entries);
                    #(#encode)*
                    #encode_class
                }

                fn decode(value: &__d::Value) -> ::core::result::Result<Self, __d::DecodeError> {
                    __d::expect_map(value)?;
                    ::core::result::Result::Ok(Self { #(#decode,)* #(#stay,)* })
                }
            }
        };
    })
}

/// `impl Wire` for an enum without data: one of several texts.
fn texts(input: &DeriveInput, data: &DataEnum) -> Result<TokenStream> {
    let mut names = Vec::new();
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            let text = "a variant with data has no one form on the wire";
            return Err(Error::new_spanned(variant, text));
        }
        let given = attributes::variant_name(&variant.attrs)?;
        let ident = &variant.ident;
        names.push(given.unwrap_or_else(|| LitStr::new(&ident.to_string(), ident.span())));
    }
    check_names(names.iter(), &[])?;
    let ident = &input.ident;
    let variants: Vec<&Ident> = data.variants.iter().map(|variant| &variant.ident).collect();
    let texts: Vec<String> = names.iter().map(LitStr::value).collect();
    let expected = format!("one of {}", texts.join(" "));
    Ok(quote! {
        const _: () = {
            use ::scenecast::infra::__derive as __d;

            impl __d::Wire for #ident {
                const TYPE: &'static __d::Type = &__d::Type::Literal(&[#(#names),*]);

                fn encode(&self, sink: &mut impl __d::Sink) {
                    sink.static_str(match self { #( Self::#variants => #names, )* });
                }

                fn decode(value: &__d::Value) -> ::core::result::Result<Self, __d::DecodeError> {
                    match value.as_str() {
                        #( ::core::option::Option::Some(#names) => ::core::result::Result::Ok(Self::#variants), )*
                        _ => ::core::result::Result::Err(__d::DecodeError::kind(#expected, value)),
                    }
                }
            }
        };
    })
}
