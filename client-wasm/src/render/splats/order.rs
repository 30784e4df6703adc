//! In which order splats are drawn: exactly that of the picture, or the last one that was made
//! elsewhere.

use std::ops::Range;

use three_d::core::{Context, CoreError};

use super::SplatSorter;
use super::group::Group;
use super::order_texture::OrderTexture;
use super::sorter::{Run, Sorter};

/// While the camera moves, orders are asked for at least this far apart, seconds: between two of
/// them, it does not move far.
const PAUSE_SECS: f64 = 0.04;

/// What has become of sorting elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is not there yet.
    UnderWay,
    /// It is there, with as many splats.
    Sorted(usize),
    /// It will never be there.
    Failed,
}

/// The order of one picture.
#[derive(Default)]
pub(super) struct ExactOrder {
    pub(super) on_gpu: OrderTexture,
    sorter: Sorter,
    /// What it is for; see [`comparable`].
    made_for: Vec<Run>,
}

impl ExactOrder {
    /// Makes it right for these runs, which are of those groups.
    pub(super) fn sort(
        &mut self,
        context: &Context,
        groups: &[Option<Group>],
        runs: &[Run],
    ) -> Result<(), CoreError> {
        let wanted = comparable(runs);
        if self.made_for == wanted {
            return Ok(());
        }
        let shown = groups.iter().flatten();
        let shown: Vec<&Group> = shown.filter(|group| group.pose.is_some()).collect();
        self.sorter
            .sort(runs, |run| shown[run].centers(0..shown[run].there));
        self.on_gpu.begin();
        self.on_gpu
            .write(context, self.sorter.order(), &[], usize::MAX)?;
        self.made_for = wanted;
        Ok(())
    }

    /// Splats have changed.
    pub(super) fn expire(&mut self) {
        self.made_for.clear();
    }
}

/// The last order that was made elsewhere, with what it lacks at its end. A new one is uploaded in
/// parts, while pictures are drawn with the one before.
#[derive(Default)]
pub(super) struct LiveOrder {
    pub(super) on_gpu: OrderTexture,
    sorted: Vec<u32>,
    /// What the GPU has after that, or nothing if it has something else.
    appended: Option<Vec<Range<u32>>>,
    /// One that has come, how much of it has been read, and what there is of it on the GPU.
    coming: Vec<u32>,
    read: usize,
    coming_on_gpu: OrderTexture,
    has_come: bool,
    /// What the last one was asked for, and when; see [`comparable`].
    asked_for: Vec<Run>,
    asked_secs: Option<f64>,
    now_secs: f64,
    /// From being asked for until it is all on the GPU.
    is_under_way: bool,
    /// What is under way is about splats that are gone.
    is_void: bool,
    /// Another one is wanted as soon as the pause is over.
    is_wanted: bool,
}

impl LiveOrder {
    /// Takes in what is there by now; returns what came of it.
    pub(super) fn receive(&mut self, elsewhere: &mut dyn SplatSorter, now_secs: f64) -> Outcome {
        self.now_secs = now_secs;
        if !self.is_under_way || self.has_come {
            return Outcome::UnderWay;
        }
        let outcome = elsewhere.poll();
        if let Outcome::Sorted(splats) = outcome {
            self.has_come = true;
            self.coming.resize(splats, 0);
            self.read = 0;
            self.coming_on_gpu.begin();
        }
        outcome
    }

    /// Whether a picture without any news would be drawn in a better order, now or, if not
    /// `at_once`, soon.
    pub(super) fn is_behind(&self, at_once: bool) -> bool {
        self.has_come || self.is_wanted && !(at_once && self.pauses())
    }

    fn pauses(&self) -> bool {
        let next_secs = self.asked_secs.map(|asked_secs| asked_secs + PAUSE_SECS);
        next_secs.is_some_and(|next_secs| self.now_secs < next_secs)
    }

    /// Asks for the order of these runs, unless it has been asked for, or another one is under
    /// way, or was a moment ago; meanwhile, the last one is to do.
    pub(super) fn ask(
        &mut self,
        context: &Context,
        elsewhere: &mut dyn SplatSorter,
        groups: &mut [Option<Group>],
        runs: &[Run],
    ) -> Result<(), CoreError> {
        if self.has_come {
            self.show(context, elsewhere, groups)?;
        }
        for group in groups.iter_mut().flatten() {
            if group.put < group.there {
                let centers: Vec<[f32; 3]> = group.centers(group.put..group.there).collect();
                elsewhere.put(group.first() + group.put, &centers);
                group.put = group.there;
            }
        }
        let wanted = comparable(runs);
        let is_other = self.asked_for != wanted;
        self.is_wanted = is_other && !self.is_under_way && self.pauses();
        if is_other && !self.is_under_way && !self.is_wanted {
            elsewhere.sort(runs);
            self.is_under_way = true;
            self.asked_for = wanted;
            self.asked_secs = Some(self.now_secs);
            for group in groups.iter_mut().flatten() {
                group.being_sorted = group.pose.map_or(0, |_| group.there);
            }
        }
        let unsorted = unsorted(groups);
        if self.appended.as_ref() != Some(&unsorted) {
            self.on_gpu
                .write(context, &self.sorted, &unsorted, usize::MAX)?;
            self.appended = Some(unsorted);
        }
        Ok(())
    }

    /// Uploads a part of the order that has come; after the last one it is drawn.
    fn show(
        &mut self,
        context: &Context,
        elsewhere: &mut dyn SplatSorter,
        groups: &mut [Option<Group>],
    ) -> Result<(), CoreError> {
        if self.is_void {
            self.coming.clear();
            self.asked_for.clear();
        }
        let rest = self.coming.get_mut(self.read..).unwrap_or_default();
        let part = rest.len().min(OrderTexture::PART);
        elsewhere.read(self.read, &mut rest[..part]);
        self.read += part;
        let is_there = self
            .coming_on_gpu
            .write(context, &self.coming, &[], OrderTexture::PART)?;
        if !is_there {
            return Ok(());
        }
        for group in groups.iter_mut().flatten() {
            group.sorted = if self.is_void { 0 } else { group.being_sorted };
        }
        std::mem::swap(&mut self.sorted, &mut self.coming);
        std::mem::swap(&mut self.on_gpu, &mut self.coming_on_gpu);
        self.appended = Some(Vec::new());
        (self.has_come, self.is_under_way, self.is_void) = (false, false, false);
        Ok(())
    }

    /// Splats have changed.
    pub(super) fn expire(&mut self) {
        self.asked_for.clear();
    }

    /// Splats are gone.
    pub(super) fn remove(&mut self, gone: &Range<u32>) {
        self.sorted.retain(|splat| !gone.contains(splat));
        self.on_gpu.begin();
        self.appended = None;
        self.asked_for.clear();
        self.is_void = self.is_under_way;
    }
}

/// Splats that the order in use lacks.
fn unsorted(groups: &[Option<Group>]) -> Vec<Range<u32>> {
    let unsorted = groups.iter().flatten().map(Group::unsorted);
    unsorted.filter(|range| !range.is_empty()).collect()
}

/// What tells whether two views want the same order: where the camera moves without turning, all
/// depths change alike.
fn comparable(runs: &[Run]) -> Vec<Run> {
    let offset = runs.first().map_or(0.0, |run| run.depth[3]);
    let mut runs = runs.to_vec();
    runs.iter_mut().for_each(|run| run.depth[3] -= offset);
    runs
}
