//! The environments that come with this crate: half a megabyte in all.

use crate::error::{Error, Result};
use bytes::Bytes;
use std::str::FromStr;

macro_rules! presets {
    ($( $(#[$meta:meta])* $Preset:ident = $file:literal; )*) => {
        /// A photographed environment. They come with this crate, half a megabyte in all.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
        pub enum Hdri { $( $(#[$meta])* $Preset ),* }

        impl Hdri {
            /// Every preset.
            pub const ALL: &'static [Self] = &[$( Self::$Preset ),*];

            /// Its gain-map JPEG.
            pub(crate) fn bytes(self) -> Bytes {
                let data: &'static [u8] = match self {
                    $( Self::$Preset => include_bytes!(concat!("../../assets/hdri/", $file)) ),*
                };
                Bytes::from_static(data)
            }
        }

        /// By viser's names, such as `"warehouse"`.
        impl FromStr for Hdri {
            type Err = Error;

            fn from_str(name: &str) -> Result<Self> {
                $( if $file.strip_suffix(".jpg") == Some(name) {
                    return Ok(Self::$Preset);
                } )*
                let names = [$( $file ),*].map(|file| file.trim_end_matches(".jpg"));
                Err(Error::InvalidValue {
                    what: "environment",
                    reason: format!("{name:?} is none of {}", names.join(", ")),
                })
            }
        }
    };
}

presets! {
    /// An apartment.
    Apartment = "apartment.jpg";
    /// A square in a city.
    City = "city.jpg";
    /// Bushes at dawn.
    Dawn = "dawn.jpg";
    /// A slope in a forest.
    Forest = "forest.jpg";
    /// A lobby.
    Lobby = "lobby.jpg";
    /// Night.
    Night = "night.jpg";
    /// A park.
    Park = "park.jpg";
    /// A photographer's studio.
    Studio = "studio.jpg";
    /// A canal at sunset.
    Sunset = "sunset.jpg";
    /// An empty warehouse.
    #[default]
    Warehouse = "warehouse.jpg";
}

#[cfg(test)]
mod tests {
    use super::Hdri;

    #[test]
    fn presets_are_different_jpegs() {
        let mut all: Vec<_> = Hdri::ALL.iter().map(|preset| preset.bytes()).collect();
        assert!(all.iter().all(|data| data.starts_with(&[0xff, 0xd8, 0xff])));
        all.sort();
        all.dedup();
        assert_eq!(all.len(), Hdri::ALL.len());
    }

    #[test]
    fn presets_have_names() {
        assert_eq!("city".parse::<Hdri>().unwrap(), Hdri::City);
        assert_eq!("warehouse".parse::<Hdri>().unwrap(), Hdri::default());
        let error = "City".parse::<Hdri>().unwrap_err().to_string();
        assert!(
            error.contains("\"City\" is none of apartment, city"),
            "{error}"
        );
    }
}
