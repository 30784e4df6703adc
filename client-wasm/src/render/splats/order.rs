//! In which order splats are drawn: exactly that of the picture, or the last one that was made
//! elsewhere.

use std::ops::Range;

use scenecast_gl::NumberTexture;
use three_d::core::{Context, CoreError};

use super::SplatSorter;
use super::group::Group;
use super::grow;
use super::sorter::{Run, Sorter};

/// What has become of sorting elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is not there yet.
    UnderWay,
    /// It is there.
    Sorted,
    /// It will never be there.
    Failed,
}

/// Numbers of splats on the GPU.
#[derive(Default)]
pub(super) struct OrderTexture {
    pub(super) texture: Option<NumberTexture<u32>>,
    pub(super) count: u32,
}

impl OrderTexture {
    fn write(
        &mut self,
        context: &Context,
        sorted: &[u32],
        appended: &[Range<u32>],
    ) -> Result<(), CoreError> {
        let width = NumberTexture::<u32>::WIDTH;
        let mut texels = sorted.to_vec();
        texels.extend(appended.iter().cloned().flatten());
        self.count = texels.len() as u32;
        texels.resize(texels.len().next_multiple_of(width), 0);
        let rows = (texels.len() / width) as u32;
        grow(context, &mut self.texture, rows)?;
        if let Some(texture) = &self.texture {
            texture.write_rows(0, &texels);
        }
        Ok(())
    }
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
        self.on_gpu.write(context, self.sorter.order(), &[])?;
        self.made_for = wanted;
        Ok(())
    }

    /// Splats have changed.
    pub(super) fn expire(&mut self) {
        self.made_for.clear();
    }
}

/// The last order that was made elsewhere, with what it lacks at its end.
#[derive(Default)]
pub(super) struct LiveOrder {
    pub(super) on_gpu: OrderTexture,
    sorted: Vec<u32>,
    /// What the GPU has after that, or nothing if it has something else.
    appended: Option<Vec<Range<u32>>>,
    /// What the last one was asked for; see [`comparable`].
    asked_for: Vec<Run>,
    is_under_way: bool,
    /// What is under way is about splats that are gone.
    is_void: bool,
}

impl LiveOrder {
    /// Takes in what is there; returns what came of it.
    pub(super) fn receive(
        &mut self,
        elsewhere: &mut dyn SplatSorter,
        groups: &mut [Option<Group>],
    ) -> Outcome {
        if !self.is_under_way {
            return Outcome::UnderWay;
        }
        let mut order = std::mem::take(&mut self.sorted);
        let is_void = self.is_void;
        let outcome = elsewhere.take(&mut order);
        self.is_under_way = outcome == Outcome::UnderWay;
        self.is_void &= self.is_under_way;
        if outcome == Outcome::Sorted {
            self.appended = None;
            for group in groups.iter_mut().flatten() {
                group.sorted = if is_void { 0 } else { group.being_sorted };
            }
            if is_void {
                order.clear();
                self.asked_for.clear();
            }
        }
        self.sorted = order;
        outcome
    }

    /// Asks for the order of these runs, unless it has been asked for, or another one is under
    /// way; meanwhile, the last one is to do.
    pub(super) fn ask(
        &mut self,
        context: &Context,
        elsewhere: &mut dyn SplatSorter,
        groups: &mut [Option<Group>],
        runs: &[Run],
    ) -> Result<(), CoreError> {
        for group in groups.iter_mut().flatten() {
            if group.put < group.there {
                let centers: Vec<[f32; 3]> = group.centers(group.put..group.there).collect();
                elsewhere.put(group.first() + group.put, &centers);
                group.put = group.there;
            }
        }
        let wanted = comparable(runs);
        if self.asked_for != wanted && !self.is_under_way {
            elsewhere.sort(runs);
            self.is_under_way = true;
            self.asked_for = wanted;
            for group in groups.iter_mut().flatten() {
                group.being_sorted = group.pose.map_or(0, |_| group.there);
            }
        }
        let unsorted = groups.iter().flatten().map(Group::unsorted);
        let unsorted: Vec<Range<u32>> = unsorted.filter(|range| !range.is_empty()).collect();
        if self.appended.as_ref() != Some(&unsorted) {
            self.on_gpu.write(context, &self.sorted, &unsorted)?;
            self.appended = Some(unsorted);
        }
        Ok(())
    }

    /// Splats have changed.
    pub(super) fn expire(&mut self) {
        self.asked_for.clear();
    }

    /// Splats are gone.
    pub(super) fn remove(&mut self, gone: &Range<u32>) {
        self.sorted.retain(|splat| !gone.contains(splat));
        self.appended = None;
        self.asked_for.clear();
        self.is_void = self.is_under_way;
    }
}

/// What tells whether two views want the same order: where the camera moves without turning, all
/// depths change alike.
fn comparable(runs: &[Run]) -> Vec<Run> {
    let offset = runs.first().map_or(0.0, |run| run.depth[3]);
    let mut runs = runs.to_vec();
    runs.iter_mut().for_each(|run| run.depth[3] -= offset);
    runs
}
