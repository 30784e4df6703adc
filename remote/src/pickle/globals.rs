//! The closed list of names that a message may contain.

use super::torch::Storage;

/// Where a pickle stands, which decides the names that it may contain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum World {
    /// A publisher's message.
    Message,
    /// The file of a body model, which Python 2 wrote with SciPy and chumpy.
    Model,
    /// The inside of a torch storage, which is a row of pickles of its own.
    Storage,
}

/// A listed name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Global {
    MessageEnum,
    Getattr,
    Reconstruct,
    NumpyScalar,
    FromBuffer,
    NdArray,
    /// A class that is only ever the first argument of `_reconstruct`; read as `ndarray`.
    ArraySubclass,
    Dtype,
    Range,
    Slice,
    ByteArray,
    Bytes,
    Set,
    FrozenSet,
    Complex,
    CodecsEncode,
    Material,
    OrderedDict,
    RebuildTensor,
    RebuildParameter,
    LoadFromBytes,
    /// SciPy's matrices of mostly zeros, by columns or by rows.
    Sparse {
        columns: bool,
    },
    /// chumpy's arrays.
    Chumpy,
    TorchDevice,
    TorchSize,
    /// An element type of torch: its place in [`TORCH_DTYPES`].
    TorchDtype(u8),
    TorchStorage(Storage),
}

/// The element types of torch, as names.
pub(super) const TORCH_DTYPES: [&str; 13] = [
    "torch.float32",
    "torch.float64",
    "torch.float16",
    "torch.bfloat16",
    "torch.uint8",
    "torch.int8",
    "torch.int16",
    "torch.int32",
    "torch.int64",
    "torch.bool",
    "torch.float",
    "torch.double",
    "torch.long",
];

impl Global {
    /// The listed name, if it is one.
    pub(super) fn find(world: World, module: &str, name: &str) -> Option<Self> {
        if world == World::Storage {
            return match module {
                "torch" => Storage::from_class(name).map(Global::TorchStorage),
                _ => None,
            };
        }
        if world == World::Model {
            match (module, name) {
                ("scipy.sparse.csc" | "scipy.sparse._csc", "csc_matrix") => {
                    return Some(Global::Sparse { columns: true });
                }
                ("scipy.sparse.csr" | "scipy.sparse._csr", "csr_matrix") => {
                    return Some(Global::Sparse { columns: false });
                }
                ("chumpy.ch", "Ch") => return Some(Global::Chumpy),
                _ => {}
            }
        }
        Some(match (module, name) {
            ("aitviewer.remote.message", "Message") => Global::MessageEnum,
            ("aitviewer.scene.material", "Material") => Global::Material,
            ("numpy.core.multiarray" | "numpy._core.multiarray", name) => match name {
                "_reconstruct" => Global::Reconstruct,
                "scalar" => Global::NumpyScalar,
                _ => return None,
            },
            ("numpy.core.numeric" | "numpy._core.numeric", "_frombuffer") => Global::FromBuffer,
            ("numpy", "ndarray") => Global::NdArray,
            ("numpy", "dtype") => Global::Dtype,
            ("numpy", "memmap" | "matrix") => Global::ArraySubclass,
            ("trimesh.caching", "TrackedArray") => Global::ArraySubclass,
            // Python 2's names, which protocol 2 writes.
            ("builtins" | "__builtin__", name) => match name {
                "getattr" => Global::Getattr,
                "range" | "xrange" => Global::Range,
                "slice" => Global::Slice,
                "bytearray" => Global::ByteArray,
                "bytes" => Global::Bytes,
                "set" => Global::Set,
                "frozenset" => Global::FrozenSet,
                "complex" => Global::Complex,
                _ => return None,
            },
            ("_codecs", "encode") => Global::CodecsEncode,
            ("collections", "OrderedDict") => Global::OrderedDict,
            ("torch._utils", "_rebuild_tensor_v2") => Global::RebuildTensor,
            ("torch._utils", "_rebuild_parameter") => Global::RebuildParameter,
            ("torch.storage", "_load_from_bytes") => Global::LoadFromBytes,
            ("torch", "device") => Global::TorchDevice,
            ("torch", "Size") => Global::TorchSize,
            ("torch", name) => {
                let known = TORCH_DTYPES
                    .iter()
                    .position(|known| known.strip_prefix("torch.") == Some(name));
                Global::TorchDtype(known? as u8)
            }
            _ => return None,
        })
    }
}
