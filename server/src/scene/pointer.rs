//! Clicks and rectangles on the scene as a whole.

use super::Scene;
use crate::{
    events::{Bound, Modifier, RectSelectEvent, SceneClickEvent},
    infra::callbacks::CallbackId,
};
use scenecast_protocol::event::{ScenePointerEnable, ScenePointerEvent};
use std::{future::Future, sync::PoisonError};

impl Scene {
    /// Calls `callback` when a viewer clicks the scene with no modifiers held, wherever no node is
    /// clicked instead.
    pub fn on_click(
        &self,
        callback: impl Fn(&SceneClickEvent) + Send + Sync + 'static,
    ) -> CallbackId {
        self.on_click_with(None, callback)
    }

    /// Like [`on_click`](Self::on_click), with exactly these modifiers held.
    pub fn on_click_with(
        &self,
        modifier: impl Into<Option<Modifier>>,
        callback: impl Fn(&SceneClickEvent) + Send + Sync + 'static,
    ) -> CallbackId {
        self.rebind_clicks(|clicks| clicks.add(modifier.into(), |list| list.add(callback)))
    }

    /// Like [`on_click`](Self::on_click), for an async callback.
    pub fn on_click_async<F>(
        &self,
        callback: impl Fn(SceneClickEvent) -> F + Send + Sync + 'static,
    ) -> CallbackId
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.on_click_with_async(None, callback)
    }

    /// Like [`on_click_with`](Self::on_click_with), for an async callback.
    pub fn on_click_with_async<F>(
        &self,
        modifier: impl Into<Option<Modifier>>,
        callback: impl Fn(SceneClickEvent) -> F + Send + Sync + 'static,
    ) -> CallbackId
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.rebind_clicks(|clicks| clicks.add(modifier.into(), |list| list.add_async(callback)))
    }

    /// Stops calling a callback for clicks; `false` if it is not known.
    pub fn remove_click_callback(&self, id: CallbackId) -> bool {
        self.inner.pointer.clicks.contains(id)
            && self.rebind_clicks(|clicks| clicks.remove(id)).is_some()
    }

    /// Stops calling all callbacks for clicks.
    pub fn remove_click_callbacks(&self) {
        if !self.inner.pointer.clicks.is_empty() {
            drop(self.rebind_clicks(Bound::clear));
        }
    }

    /// Calls `callback` when a viewer draws a rectangle over the scene with no modifiers held. The
    /// camera cannot be moved by that gesture as long as somebody waits for rectangles.
    pub fn on_rect_select(
        &self,
        callback: impl Fn(&RectSelectEvent) + Send + Sync + 'static,
    ) -> CallbackId {
        self.on_rect_select_with(None, callback)
    }

    /// Like [`on_rect_select`](Self::on_rect_select), with exactly these modifiers held.
    pub fn on_rect_select_with(
        &self,
        modifier: impl Into<Option<Modifier>>,
        callback: impl Fn(&RectSelectEvent) + Send + Sync + 'static,
    ) -> CallbackId {
        self.rebind_rects(|rects| rects.add(modifier.into(), |list| list.add(callback)))
    }

    /// Like [`on_rect_select`](Self::on_rect_select), for an async callback.
    pub fn on_rect_select_async<F>(
        &self,
        callback: impl Fn(RectSelectEvent) -> F + Send + Sync + 'static,
    ) -> CallbackId
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.on_rect_select_with_async(None, callback)
    }

    /// Like [`on_rect_select_with`](Self::on_rect_select_with), for an async callback.
    pub fn on_rect_select_with_async<F>(
        &self,
        modifier: impl Into<Option<Modifier>>,
        callback: impl Fn(RectSelectEvent) -> F + Send + Sync + 'static,
    ) -> CallbackId
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.rebind_rects(|rects| rects.add(modifier.into(), |list| list.add_async(callback)))
    }

    /// Stops calling a callback for rectangles; `false` if it is not known.
    pub fn remove_rect_select_callback(&self, id: CallbackId) -> bool {
        self.inner.pointer.rects.contains(id)
            && self.rebind_rects(|rects| rects.remove(id)).is_some()
    }

    /// Stops calling all callbacks for rectangles.
    pub fn remove_rect_select_callbacks(&self) {
        if !self.inner.pointer.rects.is_empty() {
            drop(self.rebind_rects(Bound::clear));
        }
    }

    fn rebind_clicks<'a, R>(
        &'a self,
        change: impl FnOnce(&'a Bound<Option<Modifier>, SceneClickEvent>) -> R,
    ) -> R {
        let clicks = &self.inner.pointer.clicks;
        self.rebind(clicks, ScenePointerEvent::Click, change)
    }

    fn rebind_rects<'a, R>(
        &'a self,
        change: impl FnOnce(&'a Bound<Option<Modifier>, RectSelectEvent>) -> R,
    ) -> R {
        let rects = &self.inner.pointer.rects;
        self.rebind(rects, ScenePointerEvent::RectSelect, change)
    }

    /// Changes callbacks, and tells viewers what to report.
    fn rebind<'a, E: Clone + Send + 'static, R>(
        &self,
        bound: &'a Bound<Option<Modifier>, E>,
        event_type: ScenePointerEvent,
        change: impl FnOnce(&'a Bound<Option<Modifier>, E>) -> R,
    ) -> R {
        // Held until viewers are told, so that they hear of changes in their order.
        let _order = self
            .inner
            .pointer
            .change
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let result = change(bound);
        self.inner.scope.send(ScenePointerEnable {
            event_type,
            modifiers: bound.distinct(),
            owner: self.inner.scope.owner(),
        });
        result
    }
}
