//! The kinds of messages that aitviewer knows, and two of ours.

/// Declares the enum and its tables from one list.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $variant:ident = $value:literal, $name:literal;)*) => {
        /// What a message asks for: the members of aitviewer's enum `Message`, and two that only
        /// our hubs know, which travel as strings.
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
    /// Ours: creates points.
    PointClouds = 20, "POINT_CLOUDS";
    /// Ours: creates a picture in the scene.
    Images = 21, "IMAGES";
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

    /// Whether aitviewer does not know it.
    pub fn is_ours(self) -> bool {
        matches!(self, Kind::PointClouds | Kind::Images)
    }

    /// aitviewer's kind with this number.
    pub fn from_value(value: i64) -> Option<Self> {
        let mut theirs = Self::ALL.iter().copied().filter(|kind| !kind.is_ours());
        theirs.find(|kind| kind.value() == value)
    }

    /// aitviewer's kind with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        let mut theirs = Self::ALL.iter().copied().filter(|kind| !kind.is_ours());
        theirs.find(|kind| kind.name() == name)
    }

    /// Our kind with this name.
    pub fn from_our_name(name: &str) -> Option<Self> {
        let mut ours = Self::ALL.iter().copied().filter(|kind| kind.is_ours());
        ours.find(|kind| kind.name() == name)
    }
}
