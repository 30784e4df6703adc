//! The macro of `scenecast-dom`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use rstml::Infallible;
use rstml::node::{KeyedAttribute, NodeAttribute, NodeBlock, NodeName};
use syn::spanned::Spanned;
use syn::{Error, Expr, ExprLit, Lit, Stmt};

type Node = rstml::node::Node<Infallible>;
type NodeElement = rstml::node::NodeElement<Infallible>;

/// Elements of drawings; all others are HTML.
const SVG: [&str; 9] = [
    "svg", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "g",
];

/// Makes a `View` of elements as HTML writes them:
///
/// ```ignore
/// view! {
///     <button type="button" class:active=is_active disabled=move || !can.get() on:click=press>
///         "Press "{name}
///     </button>
/// }
/// ```
///
/// Values are expressions. Those of attributes can be text, numbers, flags, options of them,
/// signals, and functions that return any of these. `class:name=` takes whether the element is of
/// that class, `style:name=` a property of its style, `prop:name=` a property of the element as
/// JavaScript sees it, such as an input's `value`. `on:name=` takes what is called with each such
/// event, `node_ref=` a `NodeRef`. Between elements are texts in quotes, and in braces whatever
/// can be part of a view.
#[proc_macro]
pub fn view(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let nodes = rstml::parse2(tokens.into());
    let made = nodes.and_then(|nodes| views(&nodes));
    made.unwrap_or_else(|error| error.to_compile_error()).into()
}

fn views(nodes: &[Node]) -> Result<TokenStream, Error> {
    match nodes {
        [node] => view_of(node),
        _ => {
            let views = nodes.iter().map(view_of).collect::<Result<Vec<_>, _>>()?;
            Ok(quote! { ::scenecast_dom::element::fragment([#(#views),*]) })
        }
    }
}

fn view_of(node: &Node) -> Result<TokenStream, Error> {
    match node {
        Node::Element(element) => {
            let made = element_of(element)?;
            Ok(quote! { ::scenecast_dom::View::from(#made) })
        }
        Node::Fragment(fragment) => views(&fragment.children),
        Node::Text(text) => {
            let value = &text.value;
            Ok(quote! { ::scenecast_dom::IntoView::into_view(#value) })
        }
        Node::Block(block) => {
            let value = within(block);
            Ok(quote! { ::scenecast_dom::IntoView::into_view(#value) })
        }
        other => Err(Error::new(
            other.span(),
            "a view is made of elements, texts in quotes and expressions in braces",
        )),
    }
}

/// An expression whose value is the element, with everything that is in it.
fn element_of(element: &NodeElement) -> Result<TokenStream, Error> {
    let tag = element.name().to_string();
    if tag.starts_with(|letter: char| letter.is_ascii_uppercase()) {
        let message = "parts of views are made by functions: `{name(...)}`";
        return Err(Error::new(element.name().span(), message));
    }
    let kind = match SVG.contains(&tag.as_str()) {
        true => quote!(svg),
        false => quote!(html),
    };
    let node = Ident::new("node", Span::mixed_site());
    let mut fixed = Vec::new();
    let mut steps = Vec::new();
    for attribute in element.attributes() {
        let NodeAttribute::Attribute(attribute) = attribute else {
            return Err(Error::new(attribute.span(), "attributes are `name=value`"));
        };
        match fixed_value(attribute) {
            Some(value) => {
                let name = attribute.key.to_string();
                fixed.push(quote! { (#name, #value) });
            }
            None => steps.push(step(&node, attribute)?),
        }
    }
    for child in &element.children {
        let child = match child {
            Node::Text(text) => {
                let value = &text.value;
                quote! { ::scenecast_dom::element::text(&#node, #value); }
            }
            Node::Block(block) => {
                let value = within(block);
                quote! { ::scenecast_dom::element::child(&#node, #value); }
            }
            other => {
                let view = view_of(other)?;
                quote! { ::scenecast_dom::element::child(&#node, #view); }
            }
        };
        steps.push(child);
    }
    Ok(quote! {{
        let #node = ::scenecast_dom::element::#kind(#tag, &[#(#fixed),*]);
        #(#steps)*
        #node
    }})
}

/// What is in braces, without them where there is only an expression.
fn within(block: &NodeBlock) -> TokenStream {
    if let NodeBlock::ValidBlock(block) = block
        && let [Stmt::Expr(value, None)] = &*block.stmts
    {
        return quote!(#value);
    }
    quote!(#block)
}

/// The value of an attribute that is text in the program, or that has none.
fn fixed_value(attribute: &KeyedAttribute) -> Option<String> {
    if attribute.key.to_string().contains(':') {
        return None;
    }
    match attribute.value() {
        None => Some(String::new()),
        Some(Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        })) => Some(text.value()),
        Some(_) => None,
    }
}

fn step(node: &Ident, attribute: &KeyedAttribute) -> Result<TokenStream, Error> {
    let key = attribute.key.to_string();
    let span = attribute.key.span();
    let Some(value) = attribute.value() else {
        return Err(Error::new(span, format!("`{key}` needs a value")));
    };
    let (kind, name) = match key.split_once(':') {
        Some((kind, name)) => (kind, name),
        None if key == "node_ref" => {
            return Ok(quote! { ::scenecast_dom::element::reference(&#node, #value); });
        }
        None => ("attribute", key.as_str()),
    };
    let set = match kind {
        "attribute" => quote!(attribute),
        "class" => quote!(class),
        "style" => quote!(style),
        "prop" => quote!(property),
        "on" => {
            let name = Ident::new(&name.replace('-', "_"), name_span(&attribute.key));
            return Ok(quote_spanned! {span=> ::scenecast_dom::event::#name(&#node, #value); });
        }
        _ => {
            let message = format!("`{kind}:` is none of class:, style:, prop: and on:");
            return Err(Error::new(span, message));
        }
    };
    Ok(quote! { ::scenecast_dom::element::#set(&#node, #name, #value); })
}

/// Where the name of an event is, so that the compiler's remarks point there.
fn name_span(key: &NodeName) -> Span {
    match key {
        NodeName::Punctuated(parts) => parts.last().map_or_else(|| key.span(), Spanned::span),
        _ => key.span(),
    }
}
