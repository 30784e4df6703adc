//! Images.

use std::rc::Rc;

use glam::{Mat4, Vec3};
use scenecast_protocol::scene::Image;

use super::{NodeError, NodeView, Stage, scaled};
use crate::render::{COLORS, Part, Picture, Quad, Single};

impl NodeView for Image {
    fn parts(&self, stage: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        let picture = stage.picture(&self.data, COLORS);
        Ok(vec![self.on_quad(picture)])
    }

    fn updated_parts(
        &self,
        old: &[Part],
        changed: &[&str],
        stage: &mut Stage<'_>,
    ) -> Result<Vec<Part>, NodeError> {
        let [Part::Single(Single::Quad(quad, _), _)] = old else {
            return self.parts(stage);
        };
        if changed.contains(&"_data") {
            stage.show(&quad.picture, &self.data);
        }
        Ok(vec![self.on_quad(quad.picture.clone())])
    }
}

/// A picture in its place.
trait OnQuad {
    fn on_quad(&self, picture: Rc<Picture>) -> Part;
}

impl OnQuad for Image {
    fn on_quad(&self, picture: Rc<Picture>) -> Part {
        let size = Vec3::new(self.render_width as f32, self.render_height as f32, 1.0);
        let pose = scaled(self.scale) * Mat4::from_scale(size);
        let quad = Quad {
            picture,
            is_outside: false,
            casts: self.cast_shadow,
        };
        Part::single(Single::Quad(Rc::new(quad), pose))
    }
}
