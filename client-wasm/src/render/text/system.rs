//! Glyphs from the fonts that are installed, without a browser.

use std::collections::HashMap;

use ab_glyph::{Font, FontRef, FontVec, Glyph, OutlinedGlyph, PxScale, ScaleFont, point};
use fontdb::{Database, Family, ID, Query, Style, Weight};

use super::FONT_PX;
use super::source::{FontMetrics, GlyphBitmap, GlyphSource};

/// What the page asks the browser for, and what stands in for those fonts on free systems.
const FAMILIES: [&str; 9] = [
    "Segoe UI",
    "Roboto",
    "Helvetica Neue",
    "Helvetica",
    "Arial",
    "Liberation Sans",
    "Arimo",
    "DejaVu Sans",
    "Noto Sans",
];

/// At most this many fonts are read; each is in memory as a whole.
const MAX_FONTS: usize = 8;

/// The largest glyph that is drawn, pixels; larger ones are left out.
const MAX_EXTENT: f32 = 1024.0;

/// Draws glyphs in one of the installed fonts; characters that it lacks in others.
pub struct SystemGlyphs {
    database: Database,
    /// The first one is for all characters that it has.
    fonts: Vec<(ID, FontVec)>,
    /// Which of the fonts draws a character.
    of_char: HashMap<char, usize>,
    /// What was measured last.
    measured: Line,
}

/// No font is installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no font is installed, so that labels have no text (Debian: fonts-liberation)")]
pub struct NoFont;

impl SystemGlyphs {
    /// Looks for a font like the one that the page has: Arial or something like it, else any.
    ///
    /// # Errors
    /// There is none.
    pub fn new() -> Result<Self, NoFont> {
        Self::of(&FAMILIES)
    }

    /// Looks for a font of one of these families, in this order, and else for any.
    ///
    /// # Errors
    /// There is none.
    pub fn of(families: &[&str]) -> Result<Self, NoFont> {
        let mut database = Database::new();
        database.load_system_fonts();
        Self::from_database(database, families)
    }

    fn from_database(database: Database, families: &[&str]) -> Result<Self, NoFont> {
        let named = families.iter().map(|name| Family::Name(name));
        let families: Vec<Family<'_>> = named.chain([Family::SansSerif]).collect();
        let wanted = database.query(&Query {
            families: &families,
            ..Query::default()
        });
        let mut glyphs = Self {
            database,
            fonts: Vec::new(),
            of_char: HashMap::new(),
            measured: Line::default(),
        };
        let candidates: Vec<ID> = wanted.into_iter().chain(glyphs.candidates()).collect();
        let first = candidates.into_iter().find_map(|id| glyphs.read(id));
        glyphs.fonts.extend(first);
        match glyphs.fonts.is_empty() {
            true => Err(NoFont),
            false => Ok(glyphs),
        }
    }

    /// All fonts, plain ones first.
    fn candidates(&self) -> Vec<ID> {
        let mut faces: Vec<_> = self.database.faces().collect();
        faces.sort_by_key(|face| {
            let is_plain = face.style == Style::Normal && face.weight == Weight::NORMAL;
            (!is_plain, face.monospaced)
        });
        faces.into_iter().map(|face| face.id).collect()
    }

    fn read(&self, id: ID) -> Option<(ID, FontVec)> {
        let font = self.database.with_face_data(id, |data, index| {
            FontVec::try_from_vec_and_index(data.to_vec(), index).ok()
        })?;
        Some((id, font?))
    }

    /// The number of the font for a character: the first one that has it.
    fn font_of(&mut self, c: char) -> usize {
        if let Some(font) = self.of_char.get(&c) {
            return *font;
        }
        let font = self.choose(c);
        self.of_char.insert(c, font);
        font
    }

    fn choose(&mut self, c: char) -> usize {
        let known = self.fonts.iter().position(|(_, font)| has(font, c));
        if let Some(at) = known {
            return at;
        }
        // Nobody sees control characters, whatever font has them.
        if self.fonts.len() < MAX_FONTS && !is_invisible(c) {
            let other = self.candidates().into_iter().find(|id| {
                let draws = self.database.with_face_data(*id, |data, index| {
                    FontRef::try_from_slice_and_index(data, index).is_ok_and(|font| draws(&font, c))
                });
                draws == Some(true)
            });
            if let Some(font) = other.and_then(|id| self.read(id)) {
                self.fonts.push(font);
                return self.fonts.len() - 1;
            }
        }
        0
    }

    /// Puts the glyphs of a text behind others on the baseline, each with its font.
    fn set(&mut self, line: &mut Line, text: &str) {
        for c in text.chars().filter(|c| !is_invisible(*c)) {
            let at = self.font_of(c);
            let font = scaled(&self.fonts[at].1);
            let id = font.glyph_id(c);
            if let Some((last_at, last)) = line.glyphs.last()
                && *last_at == at
            {
                line.pen += font.kern(last.id, id);
            }
            let glyph = id.with_scale_and_position(font.scale(), point(line.pen, 0.0));
            line.glyphs.push((at, glyph));
            line.pen += font.h_advance(id);
        }
    }
}

/// Glyphs on a baseline, and how far they reach.
#[derive(Default)]
struct Line {
    text: String,
    glyphs: Vec<(usize, Glyph)>,
    pen: f32,
}

impl GlyphSource for SystemGlyphs {
    fn metrics(&mut self, px: f32) -> FontMetrics {
        let font = scaled(&self.fonts[0].1);
        FontMetrics {
            ascent: (font.ascent() * px / FONT_PX).round(),
            descent: (-font.descent() * px / FONT_PX).round(),
        }
    }

    fn advance(&mut self, text: &str) -> f32 {
        // Who lays out a line asks for it letter by letter.
        let mut line = std::mem::take(&mut self.measured);
        let more = text.strip_prefix(&*line.text).unwrap_or_else(|| {
            line = Line::default();
            text
        });
        self.set(&mut line, more);
        line.text += more;
        let pen = line.pen;
        self.measured = line;
        pen
    }

    fn rasterize(&mut self, cluster: &str) -> Option<GlyphBitmap> {
        let mut line = Line::default();
        self.set(&mut line, cluster);
        let outlines: Vec<OutlinedGlyph> = line
            .glyphs
            .into_iter()
            .filter_map(|(font, glyph)| self.fonts[font].1.outline_glyph(glyph))
            .collect();
        let bounds = outlines.iter().map(OutlinedGlyph::px_bounds);
        let bounds = bounds.reduce(|a, b| ab_glyph::Rect {
            min: point(a.min.x.min(b.min.x), a.min.y.min(b.min.y)),
            max: point(a.max.x.max(b.max.x), a.max.y.max(b.max.y)),
        })?;
        if !(bounds.width() <= MAX_EXTENT && bounds.height() <= MAX_EXTENT) {
            return None;
        }
        let (width, height) = (bounds.width() as usize, bounds.height() as usize);
        let mut coverage = vec![0u8; width * height];
        for outline in outlines {
            let own = outline.px_bounds();
            let left = (own.min.x - bounds.min.x) as usize;
            let top = (own.min.y - bounds.min.y) as usize;
            outline.draw(|x, y, covered| {
                let at = (top + y as usize) * width + left + x as usize;
                if let Some(pixel) = coverage.get_mut(at) {
                    *pixel = pixel.saturating_add((covered * 255.0).round() as u8);
                }
            });
        }
        Some(GlyphBitmap {
            left: bounds.min.x as i32,
            top: -bounds.min.y as i32,
            width,
            height,
            coverage,
        })
    }
}

/// A font at [`FONT_PX`], which is the height of its em.
fn scaled(font: &FontVec) -> ab_glyph::PxScaleFont<&FontVec> {
    let em = font.units_per_em().unwrap_or(font.height_unscaled());
    font.as_scaled(PxScale::from(FONT_PX * font.height_unscaled() / em))
}

fn has(font: &impl Font, c: char) -> bool {
    font.glyph_id(c).0 != 0
}

/// Whether a font has an outline of a character, not only a picture.
fn draws(font: &impl Font, c: char) -> bool {
    has(font, c) && font.outline(font.glyph_id(c)).is_some()
}

/// Joiners and selectors, which only say how others are to be drawn, and control characters.
fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_as_large_as_the_font_says() {
        let mut glyphs = SystemGlyphs::of(&["Liberation Sans"]).unwrap();
        let FontMetrics { ascent, descent } = glyphs.metrics(FONT_PX);
        assert_eq!((ascent, descent), (58.0, 14.0));
        let letter = glyphs.rasterize("H").unwrap();
        // Capitals are 1409 of 2048 units high.
        assert!((letter.height as i32 - 45).abs() <= 1 && letter.top == letter.height as i32);
        assert!(letter.coverage.contains(&255));
        assert!(glyphs.rasterize(" ").is_none());
    }

    #[test]
    fn any_font_will_do_but_none_is_an_error() {
        assert!(SystemGlyphs::of(&["No Such Family"]).is_ok());
        let nothing = SystemGlyphs::from_database(Database::new(), &["Arial"]);
        assert_eq!(nothing.err(), Some(NoFont));
    }

    #[test]
    fn pairs_are_set_closer_and_accents_take_no_room() {
        let mut glyphs = SystemGlyphs::of(&["Liberation Sans"]).unwrap();
        let [pair, a, v] = ["AV", "A", "V"].map(|text| glyphs.advance(text));
        assert!(pair < a + v, "{pair} {a} {v}");
        let [plain, accented] = ["e", "e\u{301}"].map(|text| glyphs.rasterize(text).unwrap());
        assert!(accented.top > plain.top + 5);
        assert_eq!(glyphs.advance("e\u{200D}\u{FE0F}"), glyphs.advance("e"));
    }

    #[test]
    fn characters_that_a_font_lacks_come_from_another_or_are_a_box() {
        let mut glyphs = SystemGlyphs::of(&["Liberation Sans"]).unwrap();
        // Nobody has unassigned characters, whatever is installed.
        for text in ["\u{2603}", "\u{4E2D}", "\u{E123}", "\u{10FFFF}"] {
            assert!(glyphs.advance(text) > 0.0, "{text:?}");
        }
        assert!(glyphs.fonts.len() <= MAX_FONTS);
    }
}
