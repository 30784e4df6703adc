//! Arrays of numbers, read as rows of two or three.

use super::document::{Element, Problem};
use std::{collections::HashMap, rc::Rc};

/// The sources of a file by their elements' numbers, each read once however often it is named.
#[derive(Default)]
pub(super) struct Sources {
    read: HashMap<(u32, usize), Source>,
    arrays: HashMap<u32, Rc<Vec<f32>>>,
}

/// Rows of an array as its accessor lays them out.
#[derive(Clone)]
pub(super) struct Source {
    values: Rc<Vec<f32>>,
    offset: usize,
    stride: usize,
    /// Which numbers of a row are taken; of two, the second is there twice.
    columns: [usize; 3],
}

impl Sources {
    /// The source that an input refers to, in rows of so many numbers.
    pub(super) fn of(&mut self, input: Element, width: usize) -> Result<Source, Problem> {
        let source = input.target("source", "source")?;
        if let Some(source) = self.read.get(&(source.number, width)) {
            return Ok(source.clone());
        }
        let read = self.read(source, width)?;
        self.read.insert((source.number, width), read.clone());
        Ok(read)
    }

    /// How many rows there are follows from the numbers; what `count` says is not needed.
    fn read(&mut self, source: Element, width: usize) -> Result<Source, Problem> {
        let accessor = source
            .descend(&["technique_common", "accessor"])
            .ok_or_else(|| source.bad("`source` has no `accessor`"))?;
        let array = accessor.target("source", "float_array")?;
        let stride: usize = accessor.number("stride", 1)?;
        let columns = columns(accessor, width)?;
        if columns.iter().any(|column| *column >= stride) {
            let problem = format!("a stride of {stride} is too short for {width} params");
            return Err(accessor.bad(problem));
        }
        Ok(Source {
            values: self.array(array)?,
            offset: accessor.number("offset", 0)?,
            stride,
            columns,
        })
    }

    fn array(&mut self, element: Element) -> Result<Rc<Vec<f32>>, Problem> {
        if let Some(array) = self.arrays.get(&element.number) {
            return Ok(array.clone());
        }
        let array: Rc<Vec<f32>> = Rc::new(element.numbers()?.collect::<Result<_, _>>()?);
        self.arrays.insert(element.number, array.clone());
        Ok(array)
    }
}

/// The first params that have a name, as those without one are to be skipped. Some files name none.
fn columns(accessor: Element, width: usize) -> Result<[usize; 3], Problem> {
    let params = accessor.each("param").enumerate();
    let is_named = |param: &Element| param.attribute("name").is_some_and(|name| !name.is_empty());
    let mut named = params.filter(|(_, param)| is_named(param));
    let mut next = || named.next().map(|(column, _)| column);
    match [next(), next(), next()] {
        [Some(u), Some(v), _] if width == 2 => Ok([u, v, v]),
        [Some(x), Some(y), Some(z)] => Ok([x, y, z]),
        [None, ..] if width == 2 => Ok([0, 1, 1]),
        [None, ..] => Ok([0, 1, 2]),
        _ => Err(accessor.bad(format!("`accessor` names fewer than {width} params"))),
    }
}

impl Source {
    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        // The last row may lack what no column takes.
        let needed = 1 + self.columns.iter().max().copied().unwrap_or_default();
        let numbers = self.values.len().saturating_sub(self.offset);
        numbers.saturating_add(self.stride).saturating_sub(needed) / self.stride
    }

    pub(super) fn get(&self, row: u32) -> Option<[f32; 3]> {
        let start = self.stride.checked_mul(row as usize)?;
        let start = start.checked_add(self.offset)?;
        let [x, y, z] = self.columns;
        let number = |column| self.values.get(start.checked_add(column)?).copied();
        Some([number(x)?, number(y)?, number(z)?])
    }
}
