//! The browser client of Scenecast.
