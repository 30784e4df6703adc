//! Bodies of the SMPL family, posed when they are shown.

use std::fmt;
use std::sync::Arc;

use crate::arguments::{Arguments, as_numbers};
use crate::refused::Refused;
use crate::selection::Selection;
use crate::sequence::{Prepared, Sequence};
use crate::smpl::{BodyModel, Gender, ModelFolder, ModelType, Posed, Shaped};
use crate::{NdArray, Value};

/// What a frame of a body may bring, and how many numbers each is; the body's own part depends
/// on the model, and an expression may have any number.
const PARTS: [(&str, usize); 9] = [
    ("poses_body", 0),
    ("poses_root", 3),
    ("trans", 3),
    ("poses_left_hand", 45),
    ("poses_right_hand", 45),
    ("poses_jaw", 3),
    ("poses_leye", 3),
    ("poses_reye", 3),
    ("expression", 0),
];
const BODY: usize = 0;
const ROOT: usize = 1;
const TRANSLATION: usize = 2;
const EXPRESSION: usize = 8;

/// The parts after root and body in a model's order of joints.
fn joint_order(kind: ModelType) -> &'static [usize] {
    match kind {
        ModelType::Smpl | ModelType::Mano | ModelType::Flame => &[],
        ModelType::SmplH => &[3, 4],
        ModelType::SmplX => &[5, 6, 7, 3, 4],
    }
}

/// A body whose poses change from frame to frame.
#[derive(Clone)]
pub struct Body {
    kind: ModelType,
    model: Arc<BodyModel>,
    /// In the order of [`PARTS`]. A part that is not there is zero in all frames.
    parts: [Option<Sequence>; PARTS.len()],
    /// `[B]`: one for all frames, or one for each.
    betas: Sequence,
    /// The model in the shape of all frames, if it is the same in all.
    shaped: Option<Arc<Shaped>>,
    betas_used: usize,
    include_root: bool,
    normalize_root: bool,
    /// Whether its skeleton is shown. Default true.
    pub is_rigged: bool,
    /// Whether axes are shown at its joints. Default false.
    pub show_joint_angles: bool,
    /// Radius of the skeleton's joints. Default 0.01.
    pub skeleton_radius: f32,
    /// Radius of the spheres at joints with axes. Default 0.02.
    pub rb_radius: f32,
    /// Length of these axes. Default 0.1.
    pub rb_length: f32,
}

/// A body in one frame, not yet posed: [`BodyFrame::posed`] does that.
#[derive(Clone)]
pub struct BodyFrame {
    model: Arc<BodyModel>,
    shaped: Arc<Shaped>,
    /// Axis-angles of the joints, the root's first.
    pub pose: Vec<[f32; 3]>,
    /// Where it is.
    pub translation: [f32; 3],
    /// Root rotation and translation that are to count as none.
    origin: Option<([f32; 3], [f32; 3])>,
}

impl Body {
    pub(super) fn new(arguments: &mut Arguments, models: &ModelFolder) -> Result<Self, Refused> {
        let name = arguments.text("model_type")?;
        let name = name.as_deref().unwrap_or("smpl");
        let kind = ModelType::from_name(name).ok_or_else(|| {
            Refused::new(format!(
                "`model_type` is smpl, smplh, smplx, mano or flame, not {name:?}"
            ))
        })?;
        let gender = arguments.text("gender")?;
        let gender = gender.as_deref().unwrap_or("neutral");
        let gender = Gender::from_name(gender).ok_or_else(|| {
            Refused::new(format!(
                "`gender` is male, female or neutral, not {gender:?}"
            ))
        })?;
        // What only concerns Python.
        arguments.ignore(&["device", "dtype", "post_fk_func"]);
        let body = arguments.array("poses_body")?;
        let width = 3 * kind.body_joints();
        let &[frames, found] = body.shape() else {
            return Err(Refused::new(format!(
                "`poses_body` must have the shape [F, {width}], not {:?}",
                body.shape()
            )));
        };
        if found != width {
            return Err(Refused::new(format!(
                "`poses_body` of a {name} model has {width} numbers a frame, not {found}"
            )));
        }
        let mut parts: [Option<Sequence>; PARTS.len()] = Default::default();
        parts[BODY] = Some(Sequence::new("poses_body", &body, 1)?);
        for (index, (name, width)) in PARTS.into_iter().enumerate().skip(1) {
            if let Some(array) = arguments.optional_array(name)? {
                let part = Sequence::new(name, &array, 1)?;
                let part = part.expect(&[Some(width).filter(|width| *width > 0)])?;
                if part.len() != frames {
                    return Err(Refused::new(format!(
                        "`{name}` has {} frames, but `poses_body` has {frames}",
                        part.len()
                    )));
                }
                parts[index] = Some(part);
            }
        }
        let betas_used = match arguments.optional("num_betas") {
            None => 10,
            Some(value) => value
                .as_i64()
                .and_then(|count| usize::try_from(count).ok())
                .ok_or_else(|| Refused::new("`num_betas` must be a whole number"))?,
        };
        let betas = match arguments.optional_array("betas")? {
            None => Sequence::constant(
                "betas",
                &[betas_used.min(300)],
                &vec![0.0; betas_used.min(300)],
            ),
            Some(array) => Sequence::new("betas", &array, 1)?,
        };
        if betas.len() != 1 && betas.len() != frames {
            return Err(Refused::new(format!(
                "`betas` has {} frames, but must have 1 or the body's {frames}",
                betas.len()
            )));
        }
        let show_joint_angles = arguments.bool("show_joint_angles", false)?;
        let mut body = Self {
            kind,
            parts,
            betas,
            shaped: None,
            betas_used,
            include_root: arguments.bool("include_root", true)?,
            normalize_root: arguments.bool("normalize_root", false)?,
            is_rigged: arguments.bool("is_rigged", true)? || show_joint_angles,
            show_joint_angles,
            skeleton_radius: arguments.number("skeleton_radius", 0.01)?,
            rb_radius: arguments.number("rb_radius", 0.02)?,
            rb_length: arguments.number("rb_length", 0.1)?,
            // Last: what is refused should cost no loading.
            model: models
                .load(kind, gender)
                .map_err(|error| Refused::new(error.to_string()))?,
        };
        body.reshape();
        Ok(body)
    }

    /// The model that it shows.
    pub fn model(&self) -> &Arc<BodyModel> {
        &self.model
    }

    /// Joints that are shown: the root's and the body's, without hands and face.
    pub fn shown_joints(&self) -> usize {
        (self.kind.body_joints() + 1).min(self.model.joint_count())
    }

    pub(super) fn frame_count(&self) -> usize {
        self.parts[BODY].as_ref().map_or(0, Sequence::len)
    }

    pub(super) fn bytes(&self) -> usize {
        let parts = self.parts.iter().flatten().map(Sequence::bytes);
        parts.sum::<usize>() + self.betas.bytes()
    }

    /// The body in a frame; `None` if it has none.
    pub fn frame(&self, frame: usize) -> Option<BodyFrame> {
        let part = |index: usize| self.parts[index].as_ref()?.at(frame).cloned();
        let vector = |values: Option<Arc<[f32]>>| -> [f32; 3] {
            values
                .and_then(|values| values[..].try_into().ok())
                .unwrap_or_default()
        };
        let body = part(BODY)?;
        let mut pose = vec![vector(part(ROOT).filter(|_| self.include_root))];
        pose.extend(body.as_chunks::<3>().0);
        for &index in joint_order(self.kind) {
            match part(index) {
                Some(values) => pose.extend(values.as_chunks::<3>().0),
                None => pose.resize(pose.len() + PARTS[index].1 / 3, [0.0; 3]),
            }
        }
        let first = |index: usize| {
            vector(
                self.parts[index]
                    .as_ref()
                    .and_then(|part| part.at(0).cloned()),
            )
        };
        let normalized = self.normalize_root && self.include_root;
        let shaped = match &self.shaped {
            Some(shaped) => shaped.clone(),
            None => {
                let betas = self.betas.at(frame).cloned().unwrap_or_default();
                let expression = part(EXPRESSION).unwrap_or_default();
                Arc::new(self.model.shape(self.used(&betas), &expression))
            }
        };
        Some(BodyFrame {
            model: self.model.clone(),
            shaped,
            pose,
            translation: vector(part(TRANSLATION).filter(|_| self.include_root)),
            origin: normalized.then(|| (first(ROOT), first(TRANSLATION))),
        })
    }

    fn used<'a>(&self, betas: &'a [f32]) -> &'a [f32] {
        &betas[..self.betas_used.min(betas.len())]
    }

    /// Computes the shape of all frames, if they share one.
    fn reshape(&mut self) {
        let shared = self.betas.at(0).filter(|_| self.betas.len() == 1);
        self.shaped = match (shared, &self.parts[EXPRESSION]) {
            (Some(betas), None) => Some(Arc::new(self.model.shape(self.used(betas), &[]))),
            _ => None,
        };
    }

    /// Appends frames. A part that is not given is zero in them; betas that are not given stay
    /// as they were last.
    pub(super) fn add(&mut self, arguments: &mut Arguments) -> Result<usize, Refused> {
        let frames = self.frame_count();
        let Some(body) = &self.parts[BODY] else {
            return Ok(0);
        };
        let given = body.prepare_add(&*arguments.array("poses_body")?)?;
        let count = given.len();
        let mut prepared: Vec<(usize, Option<Sequence>, Prepared)> = vec![(BODY, None, given)];
        for (index, (name, width)) in PARTS.into_iter().enumerate().skip(1) {
            let array = arguments.optional_array(name)?;
            // A part that was zero up to now and is given comes to be.
            let missing = self.parts[index].is_none().then(|| {
                let width = array
                    .as_ref()
                    .and_then(|array| array.shape().last().copied())
                    .filter(|_| width == 0)
                    .unwrap_or(width);
                Sequence::zeros(name, width, frames)
            });
            let part = match (&self.parts[index], &missing, &array) {
                (Some(part), _, _) => part,
                (None, Some(part), Some(_)) => part,
                _ => continue,
            };
            let added = match &array {
                Some(array) => part.prepare_add(array)?,
                None => part.prepare_zeros(count),
            };
            same_count(name, added.len(), count)?;
            prepared.push((index, missing, added));
        }
        let mut betas = self.betas.clone();
        match arguments.optional_array("betas")? {
            Some(array) => {
                let added = betas.prepare_add(&array)?;
                same_count("betas", added.len(), count)?;
                if betas.len() == 1 {
                    betas.repeat(frames);
                }
                betas.add(added);
            }
            None if betas.len() > 1 => betas.extend_with_last(count),
            None => {}
        }
        for (index, missing, added) in prepared {
            if missing.is_some() {
                self.parts[index] = missing;
            }
            if let Some(part) = &mut self.parts[index] {
                part.add(added);
            }
        }
        self.betas = betas;
        self.reshape();
        Ok(self.frame_count())
    }

    /// Overwrites frames of the parts that are given.
    pub(super) fn update(
        &mut self,
        arguments: &mut Arguments,
        frames: &Value,
    ) -> Result<usize, Refused> {
        let count = self.frame_count();
        let selection = Selection::frames(frames, count)?;
        let mut prepared = Vec::new();
        let numbers = |name: &str, value: Value| {
            let numbers = as_numbers(&value);
            numbers.ok_or_else(|| Refused::new(format!("`{name}` must be an array")))
        };
        for (index, (name, width)) in PARTS.into_iter().enumerate() {
            let Some(value) = arguments.optional(name) else {
                continue;
            };
            let new: NdArray = numbers(name, value)?;
            let mut part = match &self.parts[index] {
                Some(part) => part.clone(),
                None => {
                    let last = new.shape().last().copied();
                    Sequence::zeros(name, last.filter(|_| width == 0).unwrap_or(width), count)
                }
            };
            let update = part.prepare_update(&selection, &new)?;
            part.update(update);
            prepared.push((index, part));
        }
        let mut betas = self.betas.clone();
        if let Some(value) = arguments.optional("betas") {
            let new = numbers("betas", value)?;
            if betas.len() == 1 {
                betas.repeat(count);
            }
            let update = betas.prepare_update(&selection, &new)?;
            betas.update(update);
        }
        for (index, part) in prepared {
            self.parts[index] = Some(part);
        }
        self.betas = betas;
        self.reshape();
        Ok(count)
    }

    /// Removes frames.
    pub(super) fn remove(&mut self, frames: &Value) -> Result<usize, Refused> {
        let numbers = Selection::frames(frames, self.frame_count())?.numbers();
        for part in self.parts.iter_mut().flatten() {
            part.remove(&numbers);
        }
        if self.betas.len() > 1 {
            self.betas.remove(&numbers);
        }
        self.reshape();
        Ok(self.frame_count())
    }
}

fn same_count(name: &str, found: usize, count: usize) -> Result<(), Refused> {
    match found == count {
        true => Ok(()),
        false => Err(Refused::new(format!(
            "`{name}` brings {found} frames, but `poses_body` {count}"
        ))),
    }
}

impl BodyFrame {
    /// Vertices, joints and their rotations. A millisecond or two of work.
    pub fn posed(&self) -> Posed {
        let posed = self.model.pose(&self.shaped, &self.pose, self.translation);
        match self.origin {
            Some((rotation, translation)) => {
                posed.relative_to(rotation, translation, self.translation)
            }
            None => posed,
        }
    }

    /// Whether it would be posed to the same as `other`.
    pub fn same_as(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.model, &other.model)
            && Arc::ptr_eq(&self.shaped, &other.shaped)
            && self.pose == other.pose
            && self.translation == other.translation
            && self.origin == other.origin
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body")
            .field("kind", &self.kind)
            .field("parts", &self.parts)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for BodyFrame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyFrame")
            .field("pose", &self.pose)
            .field("translation", &self.translation)
            .finish_non_exhaustive()
    }
}
