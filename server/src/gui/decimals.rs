//! How many decimals viewers show, and which steps follow from numbers.

/// Viewers show no more.
const MOST: usize = 7;

/// How many decimals a number has, as far as viewers show them.
pub(super) fn digits(number: f64) -> i64 {
    let shown = |digits: &usize| format!("{number:.digits$}").parse() == Ok(number);
    (0..MOST).find(shown).unwrap_or(MOST) as i64
}

/// Enough decimals for all of these numbers.
pub(super) fn covering(numbers: impl IntoIterator<Item = f64>) -> i64 {
    let finite = numbers.into_iter().filter(|number| number.is_finite());
    finite.map(digits).max().unwrap_or(0)
}

/// The step of the last decimal of these numbers: 1 if they are whole.
pub(super) fn step(numbers: impl IntoIterator<Item = f64>) -> f64 {
    let digits = covering(numbers);
    // At most seven.
    10_f64.powi(-(digits as i32))
}

/// Numbers must be finite.
pub(super) fn finite(what: &str, number: f64) -> Result<(), String> {
    if number.is_finite() {
        return Ok(());
    }
    Err(format!("{what} is {number}; give a finite number"))
}

/// A range must have a beginning and an end, in this order; it may be empty.
pub(super) fn range(min: Option<f64>, max: Option<f64>) -> Result<(), String> {
    min.map_or(Ok(()), |min| finite("the minimum", min))?;
    max.map_or(Ok(()), |max| finite("the maximum", max))?;
    match (min, max) {
        (Some(min), Some(max)) if min > max => Err(format!(
            "the range {min} to {max} is reversed; write {max} to {min}"
        )),
        _ => Ok(()),
    }
}

/// A step must lead somewhere.
pub(super) fn positive_step(step: f64) -> Result<(), String> {
    if step > 0.0 && step.is_finite() {
        return Ok(());
    }
    Err(format!(
        "a step of {step} leads nowhere; give a positive number"
    ))
}

/// A value must be within its range.
pub(super) fn within(value: f64, min: Option<f64>, max: Option<f64>) -> Result<(), String> {
    finite("the value", value)?;
    if min.is_some_and(|min| value < min) || max.is_some_and(|max| value > max) {
        let bound = |bound: Option<f64>| bound.map_or("any".to_owned(), |bound| bound.to_string());
        let (min, max) = (bound(min), bound(max));
        return Err(format!("the value {value} is not within {min} to {max}"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_those_of_the_decimal_form() {
        let cases = [
            (100.0, 0),
            (12.1, 1),
            (0.007, 3),
            (-0.25, 2),
            (1e-9, 7),
            (1.0 / 3.0, 7),
        ];
        for (number, expected) in cases {
            assert_eq!(digits(number), expected, "{number}");
        }
        assert_eq!(covering([1.0, 0.5, f64::NAN, 0.125]), 3);
        assert_eq!(step([2.0, 0.25]), 0.01);
        assert_eq!(step([]), 1.0);
    }

    #[test]
    fn contradictions_are_named() {
        assert!(range(Some(1.0), Some(1.0)).is_ok());
        assert!(range(Some(2.0), Some(1.0)).unwrap_err().contains("2 to 1"));
        assert!(range(None, Some(f64::INFINITY)).is_err());
        assert!(positive_step(0.0).is_err() && positive_step(f64::NAN).is_err());
        assert!(within(3.0, Some(0.0), Some(2.0)).unwrap_err().contains('3'));
        assert!(within(f64::NAN, None, None).is_err());
        assert!(within(-1e300, None, Some(0.0)).is_ok());
    }
}
