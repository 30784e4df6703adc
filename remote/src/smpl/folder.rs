//! Where models are, and which file is which.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::model::BodyModel;
use super::npz::ModelError;

/// A kind of body model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ModelType {
    /// SMPL: 24 joints.
    Smpl,
    /// SMPL-H: 22 joints and hands.
    SmplH,
    /// SMPL-X: 22 joints, jaw, eyes and hands.
    SmplX,
    /// MANO: a hand; its right one.
    Mano,
    /// FLAME: a head.
    Flame,
}

impl ModelType {
    /// The kind with aitviewer's name, such as `smplh`.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "smpl" => ModelType::Smpl,
            "smplh" => ModelType::SmplH,
            "smplx" => ModelType::SmplX,
            "mano" => ModelType::Mano,
            "flame" => ModelType::Flame,
            _ => return None,
        })
    }

    /// aitviewer's name.
    pub fn name(self) -> &'static str {
        match self {
            ModelType::Smpl => "smpl",
            ModelType::SmplH => "smplh",
            ModelType::SmplX => "smplx",
            ModelType::Mano => "mano",
            ModelType::Flame => "flame",
        }
    }

    /// Joints that `poses_body` poses: all but the root, hands and face.
    pub fn body_joints(self) -> usize {
        match self {
            ModelType::Smpl => 23,
            ModelType::SmplH | ModelType::SmplX => 21,
            ModelType::Mano => 15,
            ModelType::Flame => 4,
        }
    }
}

/// Whose shape a model has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// Women's.
    Female,
    /// Men's.
    Male,
    /// Anyone's.
    Neutral,
}

impl Gender {
    /// The gender with aitviewer's name, such as `female`.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "female" => Gender::Female,
            "male" => Gender::Male,
            "neutral" => Gender::Neutral,
            _ => return None,
        })
    }

    /// aitviewer's name.
    pub fn name(self) -> &'static str {
        match self {
            Gender::Female => "female",
            Gender::Male => "male",
            Gender::Neutral => "neutral",
        }
    }
}

/// A folder with one folder for each kind of model, laid out as the models are distributed.
/// Each model is loaded once, when it is first asked for.
pub struct ModelFolder {
    path: PathBuf,
    loaded: Mutex<HashMap<(ModelType, Gender), Arc<BodyModel>>>,
}

impl ModelFolder {
    /// The folder at `path`, such as `data/smplx_models`. It need not exist.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            loaded: Mutex::default(),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The model of this kind. There is no neutral SMPL-H: the female one stands for it.
    ///
    /// # Errors
    /// If there is no such file, which the error says with all places that were tried, or it
    /// is broken.
    pub fn load(&self, kind: ModelType, gender: Gender) -> Result<Arc<BodyModel>, ModelError> {
        let gender = match (kind, gender) {
            (ModelType::SmplH, Gender::Neutral) => Gender::Female,
            (ModelType::Mano, _) => Gender::Neutral,
            (_, gender) => gender,
        };
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(model) = loaded.get(&(kind, gender)) {
            return Ok(model.clone());
        }
        let candidates = candidates(kind, gender);
        let found = candidates.iter().map(|name| self.path.join(name));
        let Some(path) = found.into_iter().find(|path| path.is_file()) else {
            return Err(ModelError::Missing {
                model: format!("{} {} model", gender.name(), kind.name()),
                folder: self.path.clone(),
                looked_for: candidates,
            });
        };
        let is_pickle = path.extension().is_some_and(|extension| extension == "pkl");
        let bytes = std::fs::read(&path).map_err(|source| ModelError::Io { path, source })?;
        let model = match is_pickle {
            true => BodyModel::from_pickle(&bytes.into())?,
            false => BodyModel::from_npz(&bytes)?,
        };
        let model = Arc::new(model);
        loaded.insert((kind, gender), model.clone());
        Ok(model)
    }
}

/// Files that hold such a model, the best first, relative to the folder.
fn candidates(kind: ModelType, gender: Gender) -> Vec<String> {
    let (folder, gender) = (kind.name(), gender.name());
    let name = match kind {
        ModelType::Mano => "MANO_RIGHT".to_owned(),
        _ => format!("{}_{}", folder.to_uppercase(), gender.to_uppercase()),
    };
    vec![
        format!("{folder}/{name}.npz"),
        format!("{folder}/{gender}/model.npz"),
        format!("{folder}/{name}.pkl"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_model_says_where_it_was_looked_for() {
        let folder = ModelFolder::new("no/such/folder");
        let error = folder
            .load(ModelType::SmplH, Gender::Neutral)
            .err()
            .unwrap();
        assert_eq!(
            error.to_string(),
            "no female smplh model is in no/such/folder; looked for smplh/SMPLH_FEMALE.npz, \
             smplh/female/model.npz, smplh/SMPLH_FEMALE.pkl; get it from the model's site, or choose the folder"
        );
    }
}
