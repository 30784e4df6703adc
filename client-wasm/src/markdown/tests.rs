use super::{MAX_BRACKETS, MAX_DEPTH, to_html};
use proptest::prelude::*;

fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(to_html(text).trim_end(), *expected, "{text:?}");
    }
}

#[test]
fn blocks() {
    check(&[
        ("a\nb\n\nc", "<p>a\nb</p>\n<p>c</p>"),
        ("# a #\n###### b", "<h1>a</h1>\n<h6>b</h6>"),
        ("a\n===\nb\n---\n#c", "<h1>a</h1>\n<h2>b</h2>\n<p>#c</p>"),
        ("***\n- - -", "<hr>\n<hr>"),
        (
            "    a<\n\n     b\nc",
            "<pre><code>a&lt;\n\n b\n</code></pre>\n<p>c</p>",
        ),
        (
            "```rust\n*a*\n```\n~~~\nb",
            "<pre><code>*a*\n</code></pre>\n<pre><code>b\n</code></pre>",
        ),
        (
            "> a\nb\n>\n> c\n\nd",
            "<blockquote>\n<p>a\nb</p>\n<p>c</p>\n</blockquote>\n<p>d</p>",
        ),
        (
            "<div>\n*a*\n\n*b*\n</div>",
            "<div>\n*a*\n<p><em>b</em></p>\n</div>",
        ),
        (
            "<script>\n\n*a*</script>\n*b*",
            "<script>\n\n*a*</script>\n<p><em>b</em></p>",
        ),
    ]);
}

#[test]
fn lists() {
    check(&[
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        (
            "- a\n\n- b",
            "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>",
        ),
        (
            "3. a\n4. b",
            "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>",
        ),
        (
            "- a\n  - b\n    c\n- d",
            "<ul>\n<li>a<ul>\n<li>b\nc</li>\n</ul>\n</li>\n<li>d</li>\n</ul>",
        ),
        (
            "1. a\n\n   ```\n   b\n   ```",
            "<ol>\n<li><p>a</p>\n<pre><code>b\n</code></pre>\n</li>\n</ol>",
        ),
        (
            "- a\n+ b",
            "<ul>\n<li>a</li>\n</ul>\n<ul>\n<li>b</li>\n</ul>",
        ),
        ("a\n2. b", "<p>a\n2. b</p>"),
        ("-\n- b\n-", "<ul>\n<li></li>\n<li>b</li>\n<li></li>\n</ul>"),
    ]);
    let tasks = to_html("- [x] done\n- [ ] open\n- [y] none\n- [x]none");
    assert_eq!(tasks.matches("disabled checked> done").count(), 1);
    assert_eq!(tasks.matches("disabled> open").count(), 1);
    assert_eq!(tasks.matches("<input").count(), 2);
}

#[test]
fn tables() {
    check(&[
        (
            "a | b\n:-|-:\n*c* | d\\|e | f\ng\n\nh",
            "<table>\n<thead>\n<tr><th style=\"text-align:left\">a</th><th style=\"text-align:right\">b</th></tr>\n</thead>\n\
             <tbody>\n<tr><td style=\"text-align:left\"><em>c</em></td><td style=\"text-align:right\">d|e</td></tr>\n\
             <tr><td style=\"text-align:left\">g</td><td style=\"text-align:right\"></td></tr>\n</tbody>\n</table>\n<p>h</p>",
        ),
        (
            "|a|\n|-|",
            "<table>\n<thead>\n<tr><th>a</th></tr>\n</thead>\n</table>",
        ),
        ("a | b\n-|-|-", "<p>a | b\n-|-|-</p>"),
        (
            "text\n|a|\n|-|\n|`b|`|",
            "<p>text</p>\n<table>\n<thead>\n<tr><th>a</th></tr>\n</thead>\n<tbody>\n<tr><td>`b</td></tr>\n</tbody>\n</table>",
        ),
    ]);
}

#[test]
fn within_lines() {
    check(&[
        (
            "*a **b** c* __d__ a_b_c",
            "<p><em>a <strong>b</strong> c</em> <strong>d</strong> a_b_c</p>",
        ),
        ("***a***", "<p><em><strong>a</strong></em></p>"),
        (
            "~~a~~ ~b~ ~~~c~~~",
            "<p><del>a</del> <del>b</del> ~~~c~~~</p>",
        ),
        (
            "`a < b` ``c`d``",
            "<p><code>a &lt; b</code> <code>c`d</code></p>",
        ),
        ("a  \nb\\\nc", "<p>a<br>\nb<br>\nc</p>"),
        (
            "\\*a\\* &lt; & &copy; <",
            "<p>*a* &lt; &amp; &copy; &lt;</p>",
        ),
        (
            "<b>a</b> <!-- b --> a < b",
            "<p><b>a</b> <!-- b --> a &lt; b</p>",
        ),
    ]);
    let chip = to_html("`#f80` `rgb(1,2,3)` `#xyz`");
    assert_eq!(chip.matches("background-color:").count(), 2);
    assert!(chip.contains("background-color:#f80\""), "{chip}");
}

#[test]
fn links_and_images() {
    check(&[
        (
            "[a *b*](c \"d\")",
            "<p><a href=\"c\" title=\"d\">a <em>b</em></a></p>",
        ),
        ("![a *b*](<c d>)", "<p><img src=\"c d\" alt=\"a b\"></p>"),
        (
            "[a][B] [b][] [b]\n\n[b]: /c 'd'",
            "<p><a href=\"/c\" title=\"d\">a</a> <a href=\"/c\" title=\"d\">b</a> <a href=\"/c\" title=\"d\">b</a></p>",
        ),
        ("[a [b](c)](d)", "<p>[a <a href=\"c\">b</a>](d)</p>"),
        (
            "[![a](b)](c)",
            "<p><a href=\"c\"><img src=\"b\" alt=\"a\"></a></p>",
        ),
        (
            "[a](b\"onclick=x)",
            "<p><a href=\"b&quot;onclick=x\">a</a></p>",
        ),
        (
            "<https://a.b/c?d&e> <f@g.h>",
            "<p><a href=\"https://a.b/c?d&amp;e\">https://a.b/c?d&amp;e</a> <a href=\"mailto:f@g.h\">f@g.h</a></p>",
        ),
        (
            "see https://a.b/c_d_e. (www.f.g/h_(i)) j@k.lm!",
            "<p>see <a href=\"https://a.b/c_d_e\">https://a.b/c_d_e</a>. (<a href=\"http://www.f.g/h_(i)\">www.f.g/h_(i)</a>) <a href=\"mailto:j@k.lm\">j@k.lm</a>!</p>",
        ),
        (
            "http:// xhttp://a.b `http://a.b`",
            "<p>http:// xhttp://a.b <code>http://a.b</code></p>",
        ),
    ]);
}

/// Texts that readers of Markdown have taken minutes for.
#[test]
fn takes_no_longer_for_hostile_texts() {
    let repeated = |part: &str| part.repeat(20_000 / part.len());
    let mut texts: Vec<String> = [
        "[",
        "![",
        "*a ",
        "_a ",
        "a**b",
        "*_",
        "`",
        "> ",
        ">",
        "- ",
        "* ",
        "1. ",
        "![[]()",
        "<",
        "</",
        "<!-- ",
        "|",
        "[a]: ",
        "[a]: b\n",
        "~~a ",
        "http://a.",
        "www.",
        "a@",
        "a.",
        "\\",
        "&",
        "[a](<b",
        "[a](b \"",
        "[a](",
        "<a ",
        "<a=\"",
        "<a b='",
        "a\n",
        "    a\n",
        "```\n",
        "*a **a ",
        "<div>\n",
        "[](",
        "[a][b",
        "\t",
        "a|b\n-|-\n",
        "|-",
        "[a\\",
        "![a](b) ",
        "- a\n\n",
        ">- ",
        "a*~_",
        "(((",
        "#",
        "&#",
        "<!--\n\n",
        "\u{3042}*",
    ]
    .into_iter()
    .map(repeated)
    .collect();
    texts.push((1..300).map(|n| format!("e{}", "`".repeat(n))).collect());
    texts.push(
        (0..300)
            .map(|n| format!("{}- a\n", " ".repeat(2 * n)))
            .collect(),
    );
    texts.push(format!("a.{}@", "a.".repeat(10_000)));
    texts.push(format!("{}\n{}", "|".repeat(20_000), "|-".repeat(10_000)));
    texts.push(format!(
        "![x](data:image/png;base64,{})",
        "A".repeat(1 << 20)
    ));
    for text in texts {
        let html = to_html(&text);
        let limit = 60 * text.len() + 1_000;
        assert!(
            html.len() < limit,
            "{:?}… became {} bytes",
            text.get(..20),
            html.len()
        );
    }
}

#[test]
fn is_bounded_in_depth() {
    let quotes = to_html(&format!("{} a", ">".repeat(1_000)));
    assert_eq!(quotes.matches("<blockquote>").count(), MAX_DEPTH);
    let images = to_html(&format!("{}{}", "![a".repeat(1_000), "](b)".repeat(1_000)));
    assert_eq!(images.matches("<img").count(), 1);
    assert!(
        images.matches("![a").count() >= 1_000 - MAX_BRACKETS - 1,
        "{images}"
    );
}

proptest! {
    #[test]
    fn any_text_is_read(text in "[-a *_~`\\[\\]()<>!|:\"'&#=+.\\\\\n\t0-9éあ@/hw]{0,120}") {
        to_html(&text);
    }
}
