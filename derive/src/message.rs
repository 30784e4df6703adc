//! What makes a struct a message: its class, and which messages it replaces.

use crate::{
    attributes::{Key, OnStruct},
    wire::{self, NamedField},
};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Error, Ident, LitStr, Result};

/// `impl Message` and `impl Wire`.
pub(crate) fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let on_struct = OnStruct::read(&input.attrs)?;
    let ident = &input.ident;
    let class = on_struct.name.clone();
    let class = class.unwrap_or_else(|| LitStr::new(&ident.to_string(), ident.span()));
    let wire = wire::record(input, Some(&class))?;
    let fields = wire::named_fields(input)?;

    let key = key(&on_struct.key, &class, &fields);
    let tags = on_struct.tags.iter().map(Ident::to_string);
    let direction = match &on_struct.direction {
        Some(direction) => direction.clone(),
        None => Ident::new("Both", ident.span()),
    };
    let mut excluding = fields.iter().filter(|f| f.on_field.is_excluded_client);
    let excluded = excluding.next().map(|field| {
        let field = field.ident;
        quote! {
            fn excluded_self_client(&self) -> ::core::option::Option<__d::ClientId> {
                self.#field
            }
        }
    });
    if let Some(second) = excluding.next() {
        let text = "one field names the client that must not get the message";
        return Err(Error::new_spanned(second.ident, text));
    }
    Ok(quote! {
        #wire

        const _: () = {
            use ::scenecast::infra::__derive as __d;

            impl __d::Message for #ident {
                fn classes() -> ::std::vec::Vec<__d::MessageClass> {
                    ::std::vec![__d::MessageClass::of::<Self>(&[#(#tags),*], __d::Direction::#direction)]
                }

                fn type_name(&self) -> &str {
                    #class
                }

                fn redundancy_key(&self) -> __d::Key {
                    #key
                }

                #excluded
            }
        };
    })
}

fn key(key: &Key, class: &LitStr, fields: &[NamedField<'_>]) -> TokenStream {
    match key {
        Key::Unique => quote!(__d::Key::Unique),
        Key::With(function) => {
            quote!(__d::Key::from(::std::string::String::from(#function(self))))
        }
        Key::Format(text) if !text.value().contains('{') => quote!(__d::Key::from(#text)),
        Key::Format(text) => {
            // Only fields that the text names are bound: others need not be printable.
            let wanted = text.value();
            let named = fields.iter().filter(|field| names(&wanted, field.ident));
            let idents = named.map(|field| field.ident);
            quote! {{
                let Self { #(#idents,)* .. } = self;
                __d::Key::from(::std::format!(#text))
            }}
        }
        Key::Default => {
            let parts = ["name", "uuid"];
            let parts = parts
                .iter()
                .filter_map(|part| fields.iter().find(|field| field.ident == part));
            let parts = parts.map(|field| field.ident);
            quote!(__d::default_key(#class, [#( __d::Wire::to_value(&self.#parts) ),*]))
        }
    }
}

/// Whether a format text names a field: `{field}` or `{field:…}`.
fn names(text: &str, field: &Ident) -> bool {
    let field = field.to_string();
    text.split('{').skip(1).any(|rest| {
        rest.strip_prefix(field.as_str())
            .is_some_and(|rest| rest.starts_with(['}', ':']))
    })
}
