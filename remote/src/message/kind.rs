//! The kinds of messages that aitviewer knows.

/// Declares the enum and its tables from one list.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $variant:ident = $value:literal, $name:literal;)*) => {
        /// What a message asks for: the members of aitviewer's enum `Message`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Kind {
            $($(#[doc = $doc])* $variant = $value,)*
        }

        impl Kind {
            /// All of them.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant),*];

            /// Its name in Python.
            pub fn name(self) -> &'static str {
                match self {
                    $(Kind::$variant => $name,)*
                }
            }
        }
    };
}

kinds! {
    /// Creates a node that draws nothing.
    Node = 1, "NODE";
    /// Creates triangle meshes.
    Meshes = 2, "MESHES";
    /// Creates spheres.
    Spheres = 3, "SPHERES";
    /// Creates lines.
    Lines = 4, "LINES";
    /// Creates arrows.
    Arrows = 5, "ARROWS";
    /// Creates positions with axes.
    RigidBodies = 6, "RIGID_BODIES";
    /// Creates a body from poses.
    Smpl = 10, "SMPL";
    /// Creates joints with bones; aitviewer 1.14 and later.
    Skeletons = 11, "SKELETONS";
    /// Removes a node.
    Delete = 100, "DELETE";
    /// Appends frames to a node.
    AddFrames = 101, "ADD_FRAMES";
    /// Overwrites frames of a node.
    UpdateFrames = 102, "UPDATE_FRAMES";
    /// Removes frames of a node.
    RemoveFrames = 103, "REMOVE_FRAMES";
    /// Shows a frame.
    SetFrame = 200, "SET_FRAME";
    /// Shows the next frame.
    NextFrame = 201, "NEXT_FRAME";
    /// Shows the previous frame.
    PreviousFrame = 202, "PREVIOUS_FRAME";
    /// The first of the custom messages; larger ones are plain integers.
    UserMessage = 10000, "USER_MESSAGE";
}

impl Kind {
    /// Whether such a message creates a node.
    pub fn creates(self) -> bool {
        self.value() < Self::Delete.value()
    }

    /// Its number on the wire.
    pub fn value(self) -> i64 {
        self as i64
    }

    /// The kind with this number.
    pub fn from_value(value: i64) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.value() == value)
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}
