//! Derives what `scenecast::infra` needs to know about a message from a plain struct. Use it
//! through that module, where the traits are: what the attributes mean is documented there.

mod attributes;
mod message;
mod wire;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct with named fields a message of its own class.
///
/// On the struct, `#[message(…)]` takes, separated by commas:
/// * `name = "…"`: the name on the wire; the struct's name unless given.
/// * `redundancy_key = "…{field}…"`: messages with equal keys replace each other; fields in
///   braces stand for their values. `redundancy_key = unique`: nothing replaces it.
///   `redundancy_key_with = path`: a function from `&Self` to a `String`. Unless given, the key is
///   the name on the wire, followed by `_` and the value of the fields `name` and `uuid`, if any.
/// * `tags(…)`: unions for TypeScript that it belongs to.
/// * `direction = ToViewer` or `ToServer`: who sends it, when not both.
///
/// On a field:
/// * `name = "…"`: its name on the wire.
/// * `default` or `default = expression`: what it is when a peer leaves it out.
/// * `typescript = "…"`: its type in TypeScript.
/// * `excluded_self_client`: this `Option<ClientId>` does not travel: it names the client that
///   must not get the message.
#[proc_macro_derive(Message, attributes(message))]
pub fn derive_message(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    message::derive(&input)
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}

/// Lets fields of messages have this type: a struct with named fields is a map on the wire, an
/// enum without data is one of several texts. The attributes of fields are those of messages;
/// those of variants are `#[message(name = "…")]`.
#[proc_macro_derive(Wire, attributes(message))]
pub fn derive_wire(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    wire::derive(&input)
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}

#[cfg(test)]
mod tests {
    use super::{message, wire};
    use syn::{DeriveInput, parse_quote};

    #[test]
    fn what_cannot_be_a_message_is_told_so() {
        let cases: Vec<(DeriveInput, &str)> = vec![
            (
                parse_quote!(
                    struct A(u8);
                ),
                "need names",
            ),
            (
                parse_quote!(
                    enum A {
                        B,
                    }
                ),
                "a message is a struct",
            ),
            (
                parse_quote!(
                    struct A<T> {
                        t: T,
                    }
                ),
                "no generic parameters",
            ),
            (
                parse_quote!(
                    #[message(nmae = "x")]
                    struct A {}
                ),
                "a message has: name",
            ),
            (
                parse_quote!(
                    #[message(redundancy_key = sometimes)]
                    struct A {}
                ),
                "the word unique",
            ),
            (
                parse_quote!(
                    struct A {
                        #[message(defualt)]
                        b: u8,
                    }
                ),
                "a field has: name",
            ),
            (
                parse_quote!(
                    struct A {
                        r#type: u8,
                    }
                ),
                "`type` is taken",
            ),
            (
                parse_quote!(
                    struct A {
                        #[message(name = "b")]
                        a: u8,
                        b: u8,
                    }
                ),
                "`b` is taken",
            ),
            (
                parse_quote!(
                    struct A {
                        #[message(excluded_self_client)]
                        a: Option<u64>,
                        #[message(excluded_self_client)]
                        b: Option<u64>,
                    }
                ),
                "one field names the client",
            ),
        ];
        for (input, expected) in cases {
            let error = message::derive(&input).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
        let cases: Vec<(DeriveInput, &str)> = vec![
            (
                parse_quote!(
                    enum A {
                        B(u8),
                    }
                ),
                "no one form",
            ),
            (
                parse_quote!(
                    enum A {
                        #[message(name = "C")]
                        B,
                        C,
                    }
                ),
                "`C` is taken",
            ),
            (
                parse_quote!(
                    enum A {
                        #[message(text = "C")]
                        B,
                    }
                ),
                "a variant has: name",
            ),
            (
                parse_quote!(
                    struct A {
                        #[message(excluded_self_client)]
                        a: Option<u64>,
                    }
                ),
                "only a message itself",
            ),
        ];
        for (input, expected) in cases {
            let error = wire::derive(&input).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
