//! Numbers of splats on the GPU, in the order in which they are drawn.

use std::ops::Range;

use scenecast_gl::NumberTexture;
use three_d::core::{Context, CoreError};

use super::grow;

const WIDTH: usize = NumberTexture::<u32>::WIDTH;

/// An order on the GPU, which is written in parts.
#[derive(Default)]
pub(super) struct OrderTexture {
    pub(super) texture: Option<NumberTexture<u32>>,
    /// How many are drawn.
    pub(super) count: u32,
    /// How many of the sorted ones are there, of whole rows.
    written: usize,
}

impl OrderTexture {
    /// Numbers that take a quarter of a millisecond to be uploaded: 1 MB.
    pub(super) const PART: usize = 1 << 18;

    /// What is written next is another order.
    pub(super) fn begin(&mut self) {
        self.written = 0;
    }

    /// Writes the next part of an order, of whole rows, and what follows its last one. Returns
    /// whether all of it is there; until then it is not to be drawn.
    pub(super) fn write(
        &mut self,
        context: &Context,
        sorted: &[u32],
        appended: &[Range<u32>],
        part: usize,
    ) -> Result<bool, CoreError> {
        let appended_len: usize = appended.iter().map(ExactSizeIterator::len).sum();
        let count = sorted.len() + appended_len;
        if grow(context, &mut self.texture, count.div_ceil(WIDTH) as u32)? {
            self.written = 0;
        }
        let Some(texture) = &self.texture else {
            return Ok(true);
        };
        let (whole_rows, rest) = sorted.split_at(sorted.len() / WIDTH * WIDTH);
        let next = &whole_rows[self.written.min(whole_rows.len())..];
        let next = &next[..part.min(next.len())];
        if !next.is_empty() {
            texture.write_rows((self.written / WIDTH) as u32, next);
            self.written += next.len();
        }
        if self.written < whole_rows.len() {
            return Ok(false);
        }
        let mut last = rest.to_vec();
        last.extend(appended.iter().cloned().flatten());
        last.resize(last.len().next_multiple_of(WIDTH), 0);
        texture.write_rows((whole_rows.len() / WIDTH) as u32, &last);
        self.count = count as u32;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_comes_in_parts_and_counts_when_it_is_whole() {
        let gl = scenecast_gl::Headless::new().unwrap();
        let mut order = OrderTexture::default();
        let sorted: Vec<u32> = (0..3 * WIDTH as u32 + 7).collect();
        let mut write = |sorted: &[u32], part| {
            let is_whole = order
                .write(gl.context(), sorted, &[5..7, 8..10], part)
                .unwrap();
            (is_whole, order.count as usize)
        };
        assert_eq!(write(&sorted, 2 * WIDTH), (false, 0));
        assert_eq!(write(&sorted, 2 * WIDTH), (true, sorted.len() + 4));
        // One that needs more room is written anew.
        let longer: Vec<u32> = (0..9 * WIDTH as u32).collect();
        assert!(!write(&longer, 8 * WIDTH).0);
        assert_eq!(write(&longer, 8 * WIDTH), (true, longer.len() + 4));
        order.begin();
        let is_whole = order.write(gl.context(), &[], &[], WIDTH).unwrap();
        assert!(is_whole && order.count == 0);
    }
}
