//! Critically damped motion towards a goal.

/// Moves `current` towards `goal` like a critically damped spring and returns where it is after
/// `dt` seconds. `velocity` (units a second) is carried from call to call; `time` is about how
/// many seconds the motion takes. It never overshoots.
///
/// The exponential is approximated as in Game Programming Gems 4, chapter 1.10, so that the motion
/// matches that of other viewers frame for frame.
pub(super) fn smooth_damp(current: f64, goal: f64, velocity: &mut f64, time: f64, dt: f64) -> f64 {
    let omega = 2.0 / time.max(1e-4);
    let x = omega * dt;
    let decay = 1.0 / (1.0 + x + 0.48 * x * x + 0.235 * x * x * x);
    let offset = current - goal;
    let step = (*velocity + omega * offset) * dt;
    *velocity = (*velocity - omega * step) * decay;
    let next = goal + (offset + step) * decay;
    let passed = (goal > current) == (next > goal);
    if passed {
        *velocity = 0.0;
        return goal;
    }
    next
}

#[cfg(test)]
mod tests {
    use super::smooth_damp;

    #[test]
    fn arrives_without_passing_the_goal() {
        let (mut value, mut velocity) = (0.0, 0.0);
        let mut steps = 0;
        while (value - 1.0f64).abs() > 1e-5 {
            let next = smooth_damp(value, 1.0, &mut velocity, 0.05, 1.0 / 60.0);
            assert!(next > value && next <= 1.0, "{value} -> {next}");
            value = next;
            steps += 1;
        }
        assert!((10..40).contains(&steps), "{steps} frames at 60 Hz");
    }

    #[test]
    fn large_steps_are_stable() {
        let (mut value, mut velocity) = (10.0, 0.0);
        for _ in 0..5 {
            value = smooth_damp(value, -2.0, &mut velocity, 0.05, 10.0);
            assert!((-2.0..=10.0).contains(&value));
        }
        assert!((value + 2.0).abs() < 1e-6);
    }
}
