//! Damaged files: an error or a robot, never a panic.

use super::{ARM, refused, server};
use proptest::prelude::*;
use scenecast::{
    Server,
    urdf::{MAX_FILE_BYTES, Urdf},
};
use std::{fmt::Write, sync::LazyLock};

/// One for all cases: to start it takes longer than they do.
static SERVER: LazyLock<Server> = LazyLock::new(server);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn damaged_files_are_survived(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<char>()), 1..6),
        end in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut text: Vec<char> = ARM.chars().collect();
        for (at, value) in edits {
            let at = at.index(text.len());
            text[at] = value;
        }
        if let Some(end) = end {
            text.truncate(end.index(text.len()));
        }
        let text: String = text.into_iter().collect();
        if let Ok(robot) = Urdf::builder_from_text(text).add_to(&SERVER.scene()) {
            let joints = robot.get_actuated_joint_names().len();
            robot.update_cfg(&vec![1.0; joints]).unwrap();
        }
    }
}

#[test]
fn what_would_not_fit_into_memory_is_refused() {
    refused(&"<robot>".repeat(100_000), "nested too deeply");
    let links = format!("<robot>{}</robot>", "<link/>".repeat(30_000));
    refused(&links, "more than 30000 elements");
    refused(&" ".repeat(MAX_FILE_BYTES as usize + 1), "more than the");
    let entities =
        r#"<!DOCTYPE robot [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><robot name="&b;"/>"#;
    refused(entities, "byte");

    let mut chain = "<robot name='r'>".to_owned();
    for link in 0..7_000_u32 {
        write!(chain, "<link name='{link}'/>").unwrap();
        if let Some(parent) = link.checked_sub(1) {
            write!(
                chain,
                "<joint name='{link}' type='fixed'><parent link='{parent}'/><child link='{link}'/></joint>"
            )
            .unwrap();
        }
    }
    refused(&(chain + "</robot>"), "the names of its nodes take");
}

#[test]
fn prefixes_and_unbalanced_text_are_no_trouble() {
    let many: String = (0..20_000)
        .map(|i| format!(" xmlns:n{i}='u{i}' n{i}:a='1'"))
        .collect();
    let text = format!("<robot name='r'{many}><link name='a' x:y='1'/><z:b/></robot>");
    Urdf::builder_from_text(text)
        .add_to(&server().scene())
        .unwrap();
    for text in [
        "</a></a><robot",
        "<robot a='",
        "<robot name='r'><![CDATA[]]]]]]]]>",
        "<robot><link",
    ] {
        assert!(
            Urdf::builder_from_text(text)
                .add_to(&server().scene())
                .is_err()
        );
    }
}
