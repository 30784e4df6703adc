use super::{SHOWN, SQUARE, TRIANGLE, Z_UP, file};
use crate::{items, mesh, refused};
use scenecast::loaders::{Format::Collada, LoadError, load_bytes};

#[test]
fn bad_files_are_told_what_and_where() {
    let whole = file(
        Z_UP,
        &format!("{SQUARE}\n{TRIANGLE}"),
        &format!("\n{SHOWN}"),
    );
    let bad = |from: &str, to: &str, error: &str| {
        assert!(whole.contains(from), "{from}");
        let error = format!("t, {error}");
        let got = load_bytes(Collada, "t", whole.replacen(from, to, 1).as_bytes()).unwrap_err();
        assert_eq!(got.to_string(), error);
    };
    let no_xml = |text: &str, error: &str| refused(Collada, text.as_bytes(), error);
    no_xml("", "t: no element `COLLADA`; is this XML in UTF-8?");
    no_xml("<collada/>", "t: no element `COLLADA`");
    no_xml("<COLLADA>\n", "t, line 2: the file ends inside an element");
    no_xml("<COLLADA>\n</x>", "t, line 2: no XML: ");
    no_xml("<COLLADA a=b/>", "t, line 1: no XML: ");
    no_xml("<COLLADA/>", "has neither points");
    let deep = format!("<COLLADA>{}", "<node>\n".repeat(200));
    no_xml(&deep, "t, line 128: elements are nested deeper than 128");

    bad("0 1 2</p>", "0 1</p>", "line 6: `p` ends inside a triangle");
    bad(
        "0 1 2</p>",
        "0 1 4</p>",
        "line 6: `p` names position 4 of 4",
    );
    bad(
        "0 1 2</p>",
        "0 1 -1</p>",
        "line 6: `-1` in `p` is not a number that it takes",
    );
    bad(
        "0 1 2</p>",
        "0 <!---->1 2</p>",
        "line 6: the numbers of `p` are in pieces; take out comments and entities",
    );
    bad(
        "0 1 2</p>",
        "0 &a; 2</p>",
        "line 6: the numbers of `p` are in pieces; take out comments and entities",
    );
    bad(
        "0 1 0</float",
        "0 1 x</float",
        "line 1: `x` in `float_array` is not a number that it takes",
    );
    bad(
        "stride='3'",
        "stride='2'",
        "line 2: a stride of 2 is too short for 3 params",
    );
    bad(
        "stride='3'",
        "stride='x'",
        "line 2: `stride` of `accessor` is `x`, no number",
    );
    bad(
        "'#at-a' stride='3'/>",
        "'#at-a' stride='3'><param name='X'/></accessor>",
        "line 2: `accessor` names fewer than 3 params",
    );
    bad("<accessor", "<a", "line 1: `source` has no `accessor`");
    bad(
        "semantic='POSITION'",
        "semantic='P'",
        "line 6: `triangles` has no input `VERTEX` with a `POSITION`",
    );
    bad(
        "source='#v'",
        "source='#w'",
        "line 6: `input` refers to `#w`, which is no `vertices`",
    );
    bad(
        "source='#v'",
        "",
        "line 6: `input` has no attribute `source`",
    );
    bad(
        "url='#g'",
        "url='#at'",
        "line 7: `instance_geometry` refers to `#at`, which is no `geometry`",
    );
    bad(
        "<node>",
        "<node><matrix>1 2 3</matrix>",
        "line 7: `matrix` has 3 numbers, it needs 16",
    );
    bad(
        "<node>",
        "<node><lookat>0 0 0 0 0 0 0 0 1</lookat>",
        "line 7: `lookat` looks nowhere",
    );
    bad(
        "Z_UP</up",
        "W_UP</up",
        "line 1: `up_axis` is none of X_UP, Y_UP, Z_UP",
    );
    bad(
        "<asset>",
        "<asset><unit meter='-1'/>",
        "line 1: a unit of -1 metres; it must be positive",
    );
    bad(
        "<asset>",
        "<asset><unit meter='nan'/>",
        "line 1: a unit of NaN metres; it must be positive",
    );
    let inputs = "<input semantic='TANGENT'/>".repeat(64);
    bad(
        "<p>",
        &format!("{inputs}<p>"),
        "line 6: `triangles` has more than 64 inputs",
    );

    let polylist = |counts: &str, error: &str| {
        let list = format!(
            "<polylist><input semantic='VERTEX' source='#v'/><vcount>{counts}</vcount><p>0 1 2</p></polylist>"
        );
        bad(TRIANGLE, &list, error);
    };
    polylist("4000000000", "line 6: `p` has fewer corners than `vcount`");
    polylist("2", "line 6: `p` has more corners than `vcount`");
    let corner = TRIANGLE.replace("'#v'", "'#v' offset='4294967295'");
    bad(TRIANGLE, &corner, "line 6: `p` ends inside a corner");
}

#[test]
fn what_is_valid_but_not_read_is_told_with_its_remedy() {
    let whole = file(Z_UP, &format!("{SQUARE}\n{TRIANGLE}"), SHOWN);
    let unsupported = |from: &str, to: &str, error: &str| {
        let got = load_bytes(Collada, "t", whole.replacen(from, to, 1).as_bytes()).unwrap_err();
        assert!(matches!(got, LoadError::Unsupported { .. }));
        assert_eq!(got.to_string(), error);
    };
    unsupported(
        "<node>",
        "<node><skew>45 0 1 0 1 0 0</skew>",
        "t: `skew` in line 6 is not supported; apply all transforms before exporting",
    );
    unsupported(
        "url='#g'",
        "url='file:///etc/passwd#g'",
        "t: `instance_geometry` of `file:///etc/passwd#g` in line 6 is not supported; \
         join the files; only `#id`, in the same one, is followed",
    );
}

#[test]
fn entities_are_never_followed() {
    let bomb = "<!DOCTYPE COLLADA [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>\
                <!ENTITY f SYSTEM 'file:///etc/passwd'>]>";
    let whole = file(Z_UP, &format!("{SQUARE}{TRIANGLE}"), SHOWN);
    let text = format!(
        "{bomb}{}",
        whole.replace("<asset>", "<asset><title>&b;&f;</title>")
    );
    assert_eq!(mesh(Collada, text.as_bytes()).faces.len(), 1);
    let attribute = format!("{bomb}{}", whole.replace("'shape'", "'&b;'"));
    refused(Collada, attribute.as_bytes(), "t, line 1: no XML: ");
}

#[test]
fn names_may_be_in_any_encoding() {
    let file = file(Z_UP, &format!("{SQUARE}{TRIANGLE}"), SHOWN);
    let mut bytes = b"\xef\xbb\xbf".to_vec();
    bytes.extend(file.replace("'shape'", "'\u{1}'").bytes());
    let at = bytes.iter().position(|b| *b == 1).unwrap();
    bytes[at] = 0xe9;
    assert_eq!(items(Collada, &bytes)[0].name, "\u{fffd}");
}
