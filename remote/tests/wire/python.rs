//! What Python unpickles of what we write. Skipped where no Python with NumPy is to be found.

use std::io::Write;
use std::process::{Command, Stdio};

use scenecast_remote::ndarray::Dtype;
use scenecast_remote::value::{Material, Range, Scalar};
use scenecast_remote::{Kind, Message, NdArray, Value};

/// Stands for aitviewer's two classes, then prints what the pickle on standard input holds.
const READER: &str = r#"
import enum, pickle, sys, types, warnings
warnings.simplefilter("error")
import numpy as np

class Message(enum.Enum):
    MESHES = 2
    USER_MESSAGE = 10000
class Material:
    def __init__(self):
        raise RuntimeError("not called when unpickling")
for package in ["aitviewer", "aitviewer.remote", "aitviewer.scene"]:
    sys.modules[package] = types.ModuleType(package)
for name, made in [("aitviewer.remote.message", Message), ("aitviewer.scene.material", Material)]:
    module = types.ModuleType(name)
    setattr(module, made.__name__, made)
    made.__module__ = name
    sys.modules[name] = module

def show(v):
    if isinstance(v, np.ndarray):
        return f"array({v.dtype.str},{v.shape},{v.flags.writeable},{v.tolist()})"
    if isinstance(v, np.generic):
        return f"scalar({v.dtype.str},{v.item()})"
    if isinstance(v, Material):
        return f"Material({sorted(v.__dict__.items())})"
    if isinstance(v, enum.Enum):
        return v.name
    if isinstance(v, dict):
        return "{" + ",".join(f"{show(k)}:{show(x)}" for k, x in v.items()) + "}"
    if isinstance(v, (list, tuple)):
        return type(v).__name__ + "[" + ",".join(map(show, v)) + "]"
    return repr(v)
print(show(pickle.loads(sys.stdin.buffer.read())))
"#;

/// A Python with NumPy: the one that the tests of the workspace use, or the machine's.
fn python() -> Option<String> {
    let workspace = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/venv/bin/python");
    let has_numpy = |python: &&str| {
        let mut import = Command::new(python);
        import.args(["-c", "import numpy"]).stderr(Stdio::null());
        import.status().is_ok_and(|status| status.success())
    };
    let found = [workspace, "python3"].into_iter().find(has_numpy);
    found.map(str::to_owned)
}

fn read_by(python: &str, message: Message) -> String {
    let mut child = Command::new(python)
        .args(["-c", READER])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let payload = message.encode().unwrap();
    child.stdin.take().unwrap().write_all(&payload).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn python_unpickles_what_aitviewer_would_send() {
    let Some(python) = python() else {
        eprintln!("skipped: no Python with NumPy");
        return;
    };
    let vertices = NdArray::from_f32(vec![1, 2, 3], vec![0.0, 1.0, 2.0, 3.0, 4.0, -5.5]).unwrap();
    let faces = NdArray::from_u32(vec![1, 3], vec![0, 1, 0]).unwrap();
    let mesh = Message::new(
        Kind::Meshes,
        Some(1),
        [
            ("vertices", vertices.into()),
            ("faces", faces.into()),
            ("material", Value::Material(Box::<Material>::default())),
        ],
    );
    assert_eq!(
        read_by(&python, mesh),
        "{'type':MESHES,'uid':1,'args':tuple[],'kwargs':{\
         'vertices':array(<f4,(1, 2, 3),True,[[[0.0, 1.0, 2.0], [3.0, 4.0, -5.5]]]),\
         'faces':array(<u4,(1, 3),True,[[0, 1, 0]]),\
         'material':Material([('_color', (0.5, 0.5, 0.5, 1.0)), ('ambient', 0.5), \
         ('diffuse', 0.5), ('specular', 0.5)])}}"
    );
    let parts = [Value::Int(1), Value::None, Value::Int(2)];
    let range = Range {
        start: 4,
        stop: -1,
        step: -2,
    };
    let mut custom = Message::new(Kind::UserMessage, None, []);
    custom.args = vec![
        Value::None,
        true.into(),
        i64::MIN.into(),
        (-1).into(),
        65536.into(),
        (0.1).into(),
        "héllo ☃".into(),
        Value::Bytes(vec![0, 255].into()),
        Value::ByteArray(vec![1].into()),
        Value::Complex(1.0, -2.0),
        vec![Value::Int(1), Value::Tuple(vec![])].into(),
        Value::Set(vec![1.into()]),
        Value::FrozenSet(vec![2.into()]),
        Value::Range(range),
        Value::Slice(Box::new(parts)),
        Value::Scalar(Scalar::new(Dtype::F64, &1.5_f64.to_le_bytes()).unwrap()),
        NdArray::new(Dtype::Bool, vec![2], vec![0, 1].into())
            .unwrap()
            .into(),
        Value::BigInt(vec![0, 0, 0, 0, 0, 0, 0, 0, 1].into()),
    ];
    assert_eq!(
        read_by(&python, custom),
        "{'type':USER_MESSAGE,'uid':None,'args':tuple[None,True,-9223372036854775808,-1,65536,\
         0.1,'héllo ☃',b'\\x00\\xff',bytearray(b'\\x01'),(1-2j),list[1,tuple[]],{1},\
         frozenset({2}),range(4, -1, -2),slice(1, None, 2),scalar(<f8,1.5),\
         array(|b1,(2,),True,[False, True]),18446744073709551616],'kwargs':{}}"
    );
}
