//! SciPy's matrices of mostly zeros, as body models have them.

use super::Reason;
use crate::{NdArray, Value};

/// Numbers that a matrix may have with its zeros: 50 times those of SMPL-X.
const MAX_NUMBERS: usize = 1 << 25;

/// The whole matrix with these attributes, of which `indptr` counts columns or rows.
pub(super) fn dense(state: &Value, columns: bool) -> Result<Value, Reason> {
    let broken = || Reason::invalid("a sparse matrix is not as SciPy writes it");
    let sizes = state.get("_shape").and_then(Value::as_slice);
    let sizes = sizes.and_then(|sizes| sizes.iter().map(size).collect::<Option<Vec<usize>>>());
    let &[rows, width] = sizes.as_deref().ok_or_else(broken)? else {
        return Err(broken());
    };
    let numbers = rows
        .checked_mul(width)
        .filter(|count| *count <= MAX_NUMBERS);
    let mut matrix = vec![0.0_f32; numbers.ok_or_else(broken)?];
    let array = |name: &str| state.get(name).and_then(Value::as_array).ok_or_else(broken);
    let data = array("data")?.to_f32();
    let indices = array("indices")?.to_i64().ok_or_else(broken)?;
    let ends = array("indptr")?.to_i64().ok_or_else(broken)?;
    for (line, ends) in ends.windows(2).enumerate() {
        let range = usize::try_from(ends[0])
            .ok()
            .zip(usize::try_from(ends[1]).ok());
        let (start, end) = range.ok_or_else(broken)?;
        let places = indices.get(start..end).ok_or_else(broken)?;
        let values = data.get(start..end).ok_or_else(broken)?;
        for (place, value) in places.iter().zip(values) {
            let place = usize::try_from(*place).map_err(|_| broken())?;
            let (row, column) = if columns {
                (place, line)
            } else {
                (line, place)
            };
            if row >= rows || column >= width {
                return Err(broken());
            }
            matrix[row * width + column] += value;
        }
    }
    let matrix = NdArray::from_f32(vec![rows, width], matrix);
    let matrix = matrix.map_err(|error| Reason::invalid(error.to_string()))?;
    Ok(matrix.into())
}

fn size(value: &Value) -> Option<usize> {
    usize::try_from(value.as_i64()?).ok()
}
