//! Images.

use super::{
    GuiHandle,
    builder::{in_container, shown},
    component::{Component, Parts},
};
use crate::{
    error::Result,
    scene::{Encoding, Picture},
};
use scenecast_protocol::gui;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// An image, as wide as the panel.
#[derive(Debug, Clone)]
pub struct Image {
    props: gui::Image,
    order: Option<f64>,
    picture: Picture,
}

shown! { Image }

impl Image {
    /// This image: a [`Picture`], or any type of the `image` crate.
    pub fn new(picture: impl Into<Picture>) -> Self {
        Self {
            props: gui::Image::default(),
            order: None,
            picture: picture.into(),
        }
    }

    /// Text above the image.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.props.label = Some(label.into());
        self
    }
}

impl Component for Image {
    type Props = gui::Image;
    type Value = ();
    type Own = Shows;

    fn parts(mut self) -> Result<Parts<Self>> {
        let (format, data) = self.picture.encode()?;
        self.props.format = format;
        self.props.data = Some(data);
        let shows = Shows(Mutex::new(self.picture));
        Parts::new(self.props, (), shows, self.order)
    }

    in_container! { Image }

    fn blank(props: &gui::Image) -> Option<gui::Image> {
        Some(gui::Image {
            data: None,
            ..props.clone()
        })
    }
}

/// The image that is shown, before it was compressed.
#[doc(hidden)]
#[derive(Debug)]
pub struct Shows(Mutex<Picture>);

impl Shows {
    fn lock(&self) -> MutexGuard<'_, Picture> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl GuiHandle<Image> {
    /// The image, as it was set.
    ///
    /// # Errors
    /// The component has been removed.
    pub fn image(&self) -> Result<Picture> {
        self.element.read(|_| ())?;
        Ok(self.element.own.lock().clone())
    }

    /// Shows another image. It is compressed as the one before, unless it says otherwise.
    ///
    /// # Errors
    /// The component has been removed, or the image has no pixels or too many for its format.
    pub fn set_image(&self, picture: impl Into<Picture>) -> Result<()> {
        let mut shows = self.element.own.lock();
        let picture = picture.into().after(Some(&shows));
        let (format, data) = picture.encode()?;
        // In the order in which viser says it.
        self.update(|props| props.format = format)?;
        self.update(|props| props.data = Some(data))?;
        *shows = picture;
        Ok(())
    }

    /// Compresses the image in another way.
    ///
    /// # Errors
    /// The component has been removed, or the image has too many pixels for the format.
    #[doc(alias = "format")]
    pub fn set_encoding(&self, encoding: Encoding) -> Result<()> {
        let picture = self.image()?;
        if picture.chosen() == encoding {
            return Ok(());
        }
        self.set_image(picture.encoding(encoding))
    }
}
