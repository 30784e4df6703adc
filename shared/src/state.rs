//! What a viewer knows.
