//! Nodes in a viewer, by what they consist of.

use std::sync::Arc;

use super::{Frames, Options, RemoteError, RemoteViewer};
use crate::message::{Kind, Message};
use crate::{NdArray, Value};

/// A node without content. What every node can do.
#[derive(Clone)]
pub struct RemoteNode {
    viewer: RemoteViewer,
    uid: i64,
}

impl RemoteNode {
    /// Creates a node that draws nothing.
    ///
    /// # Errors
    /// If the connection has ended, or an option cannot be sent.
    pub fn new(viewer: &RemoteViewer, options: Options) -> Result<Self, RemoteError> {
        Self::create(viewer, Kind::Node, Vec::new(), options)
    }

    fn create(
        viewer: &RemoteViewer,
        kind: Kind,
        data: Vec<(&str, Value)>,
        options: Options,
    ) -> Result<Self, RemoteError> {
        let node = Self {
            viewer: viewer.clone(),
            uid: RemoteViewer::next_uid(),
        };
        let data = data.into_iter().map(|(name, value)| (name.into(), value));
        node.send(kind, data.chain(options.kwargs).collect())?;
        Ok(node)
    }

    fn send(&self, kind: Kind, kwargs: Vec<(Arc<str>, Value)>) -> Result<(), RemoteError> {
        let mut message = Message::new(kind, Some(self.uid), []);
        message.kwargs = kwargs;
        self.viewer.send_message(message)
    }

    /// The node's number, as custom messages may name it.
    pub fn uid(&self) -> i64 {
        self.uid
    }

    /// Removes frames; later ones move up.
    ///
    /// # Errors
    /// If the connection has ended.
    pub fn remove_frames(&self, frames: impl Into<Frames>) -> Result<(), RemoteError> {
        let frames = frames.into().into();
        self.send(Kind::RemoveFrames, vec![("frames".into(), frames)])
    }

    /// Removes the node.
    ///
    /// # Errors
    /// If the connection has ended.
    pub fn delete(self) -> Result<(), RemoteError> {
        self.send(Kind::Delete, Vec::new())
    }
}

/// An array argument: `Vec<[f32; 3]>` is one frame, `Vec<Vec<[f32; 3]>>` several.
fn array<A>(values: A) -> Result<Value, RemoteError>
where
    A: TryInto<NdArray>,
    RemoteError: From<A::Error>,
{
    Ok(values.try_into()?.into())
}

/// Declares a kind of node: what it is created from, and what a frame of it is.
macro_rules! nodes {
    ($(
        $(#[doc = $doc:literal])*
        $type:ident, $kind:ident,
        new($($data:ident: $D:ident),*),
        frames($($part:ident: $P:ident),*);
    )*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone)]
        pub struct $type {
            node: RemoteNode,
        }

        impl $type {
            /// Creates it in `viewer`.
            ///
            /// # Errors
            /// If frames are not of one shape, or the connection has ended.
            pub fn new<$($D),*>(viewer: &RemoteViewer, $($data: $D),*) -> Result<Self, RemoteError>
            where
                $($D: TryInto<NdArray>, RemoteError: From<$D::Error>),*
            {
                Self::with(viewer, $($data,)* Options::new())
            }

            /// Creates it in `viewer` with options.
            ///
            /// # Errors
            /// If frames are not of one shape, an option cannot be sent, or the connection has
            /// ended.
            pub fn with<$($D),*>(
                viewer: &RemoteViewer,
                $($data: $D,)*
                options: Options,
            ) -> Result<Self, RemoteError>
            where
                $($D: TryInto<NdArray>, RemoteError: From<$D::Error>),*
            {
                let data = vec![$((stringify!($data), array($data)?)),*];
                let node = RemoteNode::create(viewer, Kind::$kind, data, options)?;
                Ok(Self { node })
            }

            nodes!(@ frames $($part: $P),*);
        }

        impl std::ops::Deref for $type {
            type Target = RemoteNode;

            fn deref(&self) -> &RemoteNode {
                &self.node
            }
        }

        impl $type {
            /// Removes the node.
            ///
            /// # Errors
            /// If the connection has ended.
            pub fn delete(self) -> Result<(), RemoteError> {
                self.node.delete()
            }
        }
    )*};
    // Bodies have frames of several parts, of which most may be left out.
    (@ frames) => {};
    (@ frames $($part:ident: $P:ident),*) => {
        /// Appends one frame or several.
        ///
        /// # Errors
        /// If frames are not of one shape, or the connection has ended.
        pub fn add_frames<$($P),*>(&self, $($part: $P),*) -> Result<(), RemoteError>
        where
            $($P: TryInto<NdArray>, RemoteError: From<$P::Error>),*
        {
            let data = vec![$((stringify!($part).into(), array($part)?)),*];
            self.node.send(Kind::AddFrames, data)
        }

        /// Overwrites frames.
        ///
        /// # Errors
        /// If frames are not of one shape, or the connection has ended.
        pub fn update_frames<$($P),*>(
            &self,
            $($part: $P,)*
            frames: impl Into<Frames>,
        ) -> Result<(), RemoteError>
        where
            $($P: TryInto<NdArray>, RemoteError: From<$P::Error>),*
        {
            let mut data = vec![$((stringify!($part).into(), array($part)?)),*];
            data.push(("frames".into(), frames.into().into()));
            self.node.send(Kind::UpdateFrames, data)
        }
    };
}

nodes! {
    /// Triangle meshes: vertices `[F, V, 3]` or `[V, 3]`, faces `[T, 3]`.
    RemoteMeshes, Meshes, new(vertices: V, faces: F), frames(vertices: V);
    /// Spheres: positions `[F, N, 3]` or `[N, 3]`.
    RemoteSpheres, Spheres, new(positions: P), frames(positions: P);
    /// Lines: points `[F, L, 3]` or `[L, 3]`, each connected to the next unless the option
    /// `mode` is `"lines"`.
    RemoteLines, Lines, new(lines: L), frames(lines: L);
    /// Arrows: origins and tips, both `[F, N, 3]` or `[N, 3]`.
    RemoteArrows, Arrows, new(origins: O, tips: T), frames(origins: O, tips: T);
    /// Positions `[F, N, 3]` with axes: the columns of `[F, N, 3, 3]`.
    RemoteRigidBodies, RigidBodies, new(rb_pos: P, rb_ori: O), frames(rb_pos: P, rb_ori: O);
    /// Joints `[F, J, 3]` with bones `[K, 2]`, each from a parent to a child; aitviewer 1.14 and
    /// later.
    RemoteSkeletons, Skeletons,
        new(joint_positions: P, joint_connections: C), frames(joint_positions: P);
    /// Points: positions `[F, N, 3]` or `[N, 3]`; options `colors` (`[N, 3]`, 0 to 1, or bytes)
    /// and `point_size`. Ours: aitviewer's viewer ignores it.
    RemotePointClouds, PointClouds, new(positions: P), frames(positions: P);
    /// A picture, upright and 1 wide: `[F, H, W, C]` or `[H, W, C]`, 0 to 1, or bytes; options
    /// `width` and `height`. Ours: aitviewer's viewer ignores it.
    RemoteImages, Images, new(images: I), frames(images: I);
    /// A body of the SMPL family: `[F, 3 J]` axis-angles in radians, without the root. The hub
    /// must have the model.
    RemoteSmplSequence, Smpl, new(poses_body: B), frames();
}

/// Parts of a body's frames. What is left out is zero in new frames, and stays in others.
#[derive(Clone, Debug, Default)]
pub struct BodyFrames {
    /// `[F, 3]` axis-angles of the root.
    pub poses_root: Option<NdArray>,
    /// `[F, 3]` translations.
    pub trans: Option<NdArray>,
    /// `[F, B]` shape coefficients.
    pub betas: Option<NdArray>,
}

impl BodyFrames {
    /// As aitviewer's client sends them: always all three.
    fn into_data(self) -> [(Arc<str>, Value); 3] {
        let value = |array: Option<NdArray>| array.map_or(Value::None, Value::from);
        [
            ("poses_root".into(), value(self.poses_root)),
            ("trans".into(), value(self.trans)),
            ("betas".into(), value(self.betas)),
        ]
    }
}

impl RemoteSmplSequence {
    /// Appends one frame or several.
    ///
    /// # Errors
    /// If frames are not of one shape, or the connection has ended.
    pub fn add_frames<B>(&self, poses_body: B, parts: BodyFrames) -> Result<(), RemoteError>
    where
        B: TryInto<NdArray>,
        RemoteError: From<B::Error>,
    {
        let mut data = vec![("poses_body".into(), array(poses_body)?)];
        data.extend(parts.into_data());
        self.node.send(Kind::AddFrames, data)
    }

    /// Overwrites frames.
    ///
    /// # Errors
    /// If frames are not of one shape, or the connection has ended.
    pub fn update_frames<B>(
        &self,
        poses_body: B,
        frames: impl Into<Frames>,
        parts: BodyFrames,
    ) -> Result<(), RemoteError>
    where
        B: TryInto<NdArray>,
        RemoteError: From<B::Error>,
    {
        let mut data = vec![
            ("poses_body".into(), array(poses_body)?),
            ("frames".into(), frames.into().into()),
        ];
        data.extend(parts.into_data());
        self.node.send(Kind::UpdateFrames, data)
    }
}
