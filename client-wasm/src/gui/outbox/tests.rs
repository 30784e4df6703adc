use super::*;

fn uuid(name: &str) -> Arc<str> {
    name.into()
}

fn sent(updates: Vec<GuiUpdate>) -> Vec<(String, i64)> {
    let number = |update: &GuiUpdate| match update.updates.0[0].1 {
        Value::Int(value) => value,
        _ => panic!("{update:?}"),
    };
    let named = updates.iter().map(|u| (u.uuid.to_string(), number(u)));
    named.collect()
}

fn of(name: &str, value: i64) -> (String, i64) {
    (name.to_owned(), value)
}

#[test]
fn the_last_edit_of_every_element_arrives() {
    let mut outbox = Outbox::default();
    let mut all = Vec::new();
    for step in 0..20 {
        let now = f64::from(step) * 10.0;
        let name = ["a", "b"][step as usize % 2];
        outbox.edit(&uuid(name), Value::Int(i64::from(step)), now);
        all.extend(sent(outbox.take(now)));
    }
    while let Some(wake) = outbox.wake_ms(true) {
        all.extend(sent(outbox.take(wake)));
    }
    let of_a: Vec<_> = all.iter().filter(|(name, _)| name == "a").collect();
    let of_b: Vec<_> = all.iter().filter(|(name, _)| name == "b").collect();
    assert_eq!((of_a[0].1, of_a[of_a.len() - 1].1), (0, 18));
    assert_eq!((of_b[0].1, of_b[of_b.len() - 1].1), (1, 19));
    assert!(of_a.len() <= 6 && of_b.len() <= 6, "{all:?}");
}

#[test]
fn what_comes_after_edits_flushes_them() {
    let mut outbox = Outbox::default();
    outbox.edit(&uuid("a"), Value::Int(1), 0.0);
    assert_eq!(sent(outbox.take(0.0)), [of("a", 1)]);
    outbox.edit(&uuid("a"), Value::Int(2), 1.0);
    outbox.edit(&uuid("b"), Value::Int(3), 1.0);
    assert_eq!(sent(outbox.flush(1.0)), [of("a", 2), of("b", 3)]);
    assert_eq!(outbox.take(500.0), []);
}

#[test]
fn values_of_the_server_wait_until_the_user_rests() {
    let mut outbox = Outbox::default();
    outbox.edit(&uuid("a"), Value::Int(1), 0.0);
    outbox.take(0.0);
    outbox.heard("a", 10.0);
    assert!(outbox.is_withheld("a"));
    outbox.edit(&uuid("a"), Value::Int(2), 20.0);
    assert!(!outbox.is_withheld("a"), "the edit is newer");
    outbox.take(50.0);
    outbox.heard("a", 60.0);
    assert_eq!(outbox.rested(100.0), []);
    assert_eq!(outbox.wake_ms(true), Some(20.0 + REST_MS));
    assert_eq!(outbox.rested(20.0 + REST_MS), [uuid("a")]);
    outbox.heard("a", 2_000.0);
    assert!(!outbox.is_withheld("a"), "shown at once");
}

#[test]
fn values_of_the_server_wait_until_the_pointer_is_up() {
    let mut outbox = Outbox::default();
    outbox.hold(&uuid("a"), true);
    outbox.heard("a", 10_000.0);
    assert!(outbox.is_withheld("a"));
    assert_eq!(outbox.rested(60_000.0), []);
    outbox.hold(&uuid("a"), false);
    assert_eq!(outbox.rested(60_000.0), [uuid("a")]);
}

#[test]
fn a_server_s_value_before_the_last_edit_was_sent_is_older() {
    let mut outbox = Outbox::default();
    outbox.edit(&uuid("a"), Value::Int(1), 0.0);
    outbox.take(0.0);
    outbox.edit(&uuid("a"), Value::Int(2), 10.0);
    outbox.heard("a", 20.0);
    assert_eq!(sent(outbox.take(50.0)), [of("a", 2)]);
    assert!(!outbox.is_withheld("a"));
    assert_eq!(outbox.rested(10_000.0), []);
}

#[test]
fn edits_wait_for_the_next_connection() {
    let mut outbox = Outbox::default();
    for (name, value, at) in [("a", 1, 0.0), ("b", 2, 4_000.0), ("c", 3, 4_000.0)] {
        outbox.edit(&uuid(name), Value::Int(value), at);
        outbox.take(at);
    }
    outbox.heard("c", 4_100.0);
    assert_eq!(outbox.rested(4_800.0), [uuid("c")]);
    outbox.edit(&uuid("d"), Value::Int(4), 4_900.0);
    outbox.hang_up(5_000.0);
    outbox.edit(&uuid("d"), Value::Int(5), 6_000.0);
    outbox.edit(&uuid("gone"), Value::Int(6), 6_000.0);
    assert_eq!(outbox.wake_ms(false), None);
    outbox.rested(9_000.0);
    outbox.keep(|uuid| uuid != "gone");
    // What was sent long before has arrived, and what the server answered to as well.
    assert_eq!(sent(outbox.take(9_000.0)), [of("b", 2), of("d", 5)]);
}

#[test]
fn what_nobody_is_at_costs_nothing() {
    let mut outbox = Outbox::default();
    for index in 0..100 {
        outbox.edit(&uuid(&index.to_string()), Value::Int(index), 0.0);
    }
    outbox.take(0.0);
    outbox.rested(DOUBT_MS);
    assert!(outbox.elements.is_empty());
}
