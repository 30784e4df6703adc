//! From blocks to HTML.

use super::block::Block;
use super::link::References;
use super::list::{Item, List};
use super::table::Table;
use super::{escape, inline};

/// The HTML of blocks.
pub(super) fn blocks(blocks: &[Block], references: &References) -> String {
    let mut writer = Writer {
        html: String::new(),
        references,
    };
    writer.blocks(blocks, true);
    writer.html
}

struct Writer<'a> {
    html: String,
    references: &'a References,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block], has_paragraphs: bool) {
        for (at, block) in blocks.iter().enumerate() {
            match block {
                Block::Paragraph(text) if has_paragraphs => self.element("p", text),
                Block::Paragraph(text) => {
                    self.html.push_str(if at > 0 { "\n" } else { "" });
                    self.inline(text);
                }
                Block::Heading(level, text) => self.element(
                    ["h1", "h2", "h3", "h4", "h5", "h6"][(*level - 1).min(5)],
                    text,
                ),
                Block::Rule => self.html.push_str("<hr>\n"),
                Block::Code(code) => {
                    self.html.push_str("<pre><code>");
                    escape(&mut self.html, code);
                    self.html.push_str("</code></pre>\n");
                }
                Block::Quote(inner) => {
                    self.html.push_str("<blockquote>\n");
                    self.blocks(inner, true);
                    self.html.push_str("</blockquote>\n");
                }
                Block::List(list) => self.list(list),
                Block::Table(table) => self.table(table),
                Block::Html(html) => {
                    self.html.push_str(html);
                    self.html.push('\n');
                }
            }
        }
    }

    fn inline(&mut self, text: &str) {
        self.html.push_str(&inline::html(text, self.references));
    }

    fn element(&mut self, name: &str, text: &str) {
        self.html.push_str(&format!("<{name}>"));
        self.inline(text);
        self.html.push_str(&format!("</{name}>\n"));
    }

    fn list(&mut self, list: &List) {
        let (begin, end) = match list.start {
            None => ("<ul>\n".to_owned(), "</ul>\n"),
            Some(1) => ("<ol>\n".to_owned(), "</ol>\n"),
            Some(start) => (format!("<ol start=\"{start}\">\n"), "</ol>\n"),
        };
        self.html.push_str(&begin);
        for item in &list.items {
            self.item(item, list.is_loose);
        }
        self.html.push_str(end);
    }

    fn item(&mut self, item: &Item, is_loose: bool) {
        self.html.push_str(match item.task {
            None => "<li>",
            Some(false) => "<li style=\"list-style-type:none\"><input type=\"checkbox\" disabled> ",
            Some(true) => {
                "<li style=\"list-style-type:none\"><input type=\"checkbox\" disabled checked> "
            }
        });
        self.blocks(&item.blocks, is_loose);
        self.html.push_str("</li>\n");
    }

    fn table(&mut self, table: &Table) {
        self.html.push_str("<table>\n");
        for (at, row) in table.rows.iter().enumerate() {
            let name = if at == 0 { "th" } else { "td" };
            self.html.push_str(match at {
                0 => "<thead>\n<tr>",
                1 => "<tbody>\n<tr>",
                _ => "<tr>",
            });
            for (cell, alignment) in row.iter().zip(&table.alignments) {
                match *alignment {
                    "" => self.html.push_str(&format!("<{name}>")),
                    side => self
                        .html
                        .push_str(&format!("<{name} style=\"text-align:{side}\">")),
                }
                self.inline(cell);
                self.html.push_str(&format!("</{name}>"));
            }
            self.html.push_str(if at == 0 {
                "</tr>\n</thead>\n"
            } else {
                "</tr>\n"
            });
        }
        self.html.push_str(if table.rows.len() > 1 {
            "</tbody>\n</table>\n"
        } else {
            "</table>\n"
        });
    }
}
