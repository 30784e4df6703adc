//! What is said between a Scenecast server and its viewers.
