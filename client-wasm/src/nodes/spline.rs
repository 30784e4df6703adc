//! Splines, drawn as straight pieces.

use glam::Vec3;
use scenecast_protocol::Rgb;
use scenecast_protocol::scene::{CatmullRomSpline, CubicBezierSpline, CurveType, ThicknessUnits};

use super::{NodeError, NodeView, Stage, scaled};
use crate::render::{LineColors, Lines, Part, Segments};

/// Pieces where the node does not say how many.
const DEFAULT_PIECES: u32 = 20;

/// The most pieces of one curve.
const MAX_PIECES: u32 = 1 << 20;

impl NodeView for CatmullRomSpline {
    fn parts(&self, _: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        let controls: Vec<Vec3> = self.points.iter().map(Vec3::from).collect();
        if controls.len() < 2 {
            return Ok(Vec::new());
        }
        let pieces = pieces(self.segments)?;
        let curve = Curve {
            controls: &controls,
            kind: self.curve_type,
            tension: self.tension as f32,
            closed: self.closed,
        };
        let points: Vec<Vec3> = (0..=pieces)
            .map(|i| curve.at(i as f32 / pieces as f32))
            .collect();
        let lines = polyline(&points, self.color, self.thickness, self.thickness_units);
        Ok(vec![Part::lines(lines, scaled(self.scale))])
    }
}

impl NodeView for CubicBezierSpline {
    fn parts(&self, _: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        let points: Vec<Vec3> = self.points.iter().map(Vec3::from).collect();
        let controls: Vec<Vec3> = self.control_points.iter().map(Vec3::from).collect();
        let expected = 2 * points.len().saturating_sub(1);
        if controls.len() < expected {
            let (field, rows) = ("control_points", controls.len());
            return Err(NodeError::Rows {
                field,
                rows,
                expected: expected.to_string(),
            });
        }
        let pieces = pieces(self.segments)?;
        let mut line = Vec::new();
        for (ends, controls) in points.windows(2).zip(controls.as_chunks::<2>().0) {
            for i in 0..=pieces {
                let t = i as f32 / pieces as f32;
                let s = 1.0 - t;
                line.push(
                    ends[0] * (s * s * s)
                        + controls[0] * (3.0 * s * s * t)
                        + controls[1] * (3.0 * s * t * t)
                        + ends[1] * (t * t * t),
                );
            }
        }
        let lines = polyline(&line, self.color, self.thickness, self.thickness_units);
        Ok(vec![Part::lines(lines, scaled(self.scale))])
    }
}

fn pieces(segments: Option<u32>) -> Result<u32, NodeError> {
    match segments.unwrap_or(DEFAULT_PIECES) {
        pieces @ 1..=MAX_PIECES => Ok(pieces),
        value => Err(NodeError::Range {
            field: "segments",
            value,
            expected: "1 to 1048576",
        }),
    }
}

fn polyline(points: &[Vec3], rgb: Rgb, thickness: f64, units: ThicknessUnits) -> Lines {
    let ends: Vec<[[f32; 3]; 2]> = points
        .windows(2)
        .map(|ends| [ends[0].to_array(), ends[1].to_array()])
        .collect();
    let segments = Segments {
        ends: &ends,
        colors: LineColors::Uniform(rgb.0),
        thickness: thickness as f32,
        units,
    };
    Lines::new(&segments)
}

/// A Catmull-Rom curve through at least two points.
struct Curve<'a> {
    controls: &'a [Vec3],
    kind: CurveType,
    tension: f32,
    closed: bool,
}

impl Curve<'_> {
    /// The point at `t`, 0 to 1, which runs evenly over the control points.
    fn at(&self, t: f32) -> Vec3 {
        let count = self.controls.len();
        let spans = if self.closed { count } else { count - 1 };
        let span = ((t * spans as f32) as usize).min(spans - 1);
        let weight = t * spans as f32 - span as f32;
        let span = span as isize;
        let [p0, p1, p2, p3] = [-1, 0, 1, 2].map(|offset| self.control(span + offset));
        let (start, end) = self.tangents([p0, p1, p2, p3]);
        let (w, w2, w3) = (weight, weight * weight, weight * weight * weight);
        p1 * (2.0 * w3 - 3.0 * w2 + 1.0)
            + start * (w3 - 2.0 * w2 + w)
            + p2 * (-2.0 * w3 + 3.0 * w2)
            + end * (w3 - w2)
    }

    /// A control point; past the ends of an open curve, the end's neighbour mirrored at the end.
    fn control(&self, index: isize) -> Vec3 {
        let points = self.controls;
        let count = points.len() as isize;
        if self.closed {
            points[index.rem_euclid(count) as usize]
        } else if index < 0 {
            2.0 * points[0] - points[1]
        } else if index >= count {
            2.0 * points[points.len() - 1] - points[points.len() - 2]
        } else {
            points[index as usize]
        }
    }

    /// Tangents at both ends of the span from `p1` to `p2`.
    fn tangents(&self, [p0, p1, p2, p3]: [Vec3; 4]) -> (Vec3, Vec3) {
        let exponent = match self.kind {
            CurveType::Catmullrom => return (self.tension * (p2 - p0), self.tension * (p3 - p1)),
            CurveType::Centripetal => 0.25,
            CurveType::Chordal => 0.5,
        };
        // Parameter distances between the points. Points that coincide get their neighbour's.
        let between = |a: Vec3, b: Vec3| a.distance_squared(b).powf(exponent);
        let or = |d: f32, fallback: f32| if d < 1e-4 { fallback } else { d };
        let d1 = or(between(p1, p2), 1.0);
        let d0 = or(between(p0, p1), d1);
        let d2 = or(between(p2, p3), d1);
        let start = (p1 - p0) / d0 - (p2 - p0) / (d0 + d1) + (p2 - p1) / d1;
        let end = (p2 - p1) / d1 - (p3 - p1) / (d1 + d2) + (p3 - p2) / d2;
        (start * d1, end * d1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_pass_through_their_points() {
        let controls = [Vec3::ZERO, Vec3::X, Vec3::new(1.0, 2.0, 0.5), Vec3::Z];
        for kind in CurveType::ALL {
            for closed in [false, true] {
                let curve = Curve {
                    controls: &controls,
                    kind: *kind,
                    tension: 0.5,
                    closed,
                };
                let spans = if closed { 4 } else { 3 };
                for (i, control) in controls.iter().enumerate() {
                    let at = curve.at(i as f32 / spans as f32);
                    assert!(at.distance(*control) < 1e-5, "{kind:?} {closed} {i}");
                }
            }
        }
    }

    #[test]
    fn points_that_coincide_are_no_trouble() {
        let controls = [Vec3::ONE; 3];
        let curve = Curve {
            controls: &controls,
            kind: CurveType::Chordal,
            tension: 0.5,
            closed: true,
        };
        assert_eq!(curve.at(0.3), Vec3::ONE);
    }
}
