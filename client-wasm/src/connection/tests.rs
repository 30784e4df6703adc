use scenecast_protocol::version::mismatch_reason;

use super::{Action, Attention, Dialer, Explanation, Status};
use Attention::{Focused, Hidden, Visible};

/// Polls and expects an attempt; returns its generation and protocol.
fn dial(dialer: &mut Dialer, now: f64, attention: Attention) -> (u32, String) {
    match dialer.poll(now, attention) {
        Some(Action::Open {
            generation,
            protocol,
        }) => (generation, protocol),
        other => panic!("at {now}: {other:?}"),
    }
}

/// A dialer whose connection has been up since 0.
fn connected() -> (Dialer, u32) {
    let mut dialer = Dialer::default();
    let (generation, _) = dial(&mut dialer, 0.0, Focused);
    assert!(dialer.opened(generation, 0.0));
    dialer.heard();
    assert_eq!(
        *dialer.status(),
        Status::Connected {
            other_version: None
        }
    );
    (dialer, generation)
}

#[test]
fn the_first_attempt_needs_no_audience() {
    let mut dialer = Dialer::default();
    let (generation, protocol) = dial(&mut dialer, 0.0, Hidden);
    assert_eq!(protocol, "viser-v1.1.1");
    dialer.closed(generation, 1006, "", 10.0);
    assert_eq!(dialer.poll(1e9, Hidden), None);
    assert_eq!(dialer.wake_ms(Hidden), None);
    dial(&mut dialer, 1e9, Visible);
}

#[test]
fn failed_attempts_are_repeated_every_second() {
    let mut dialer = Dialer::default();
    let (first, _) = dial(&mut dialer, 0.0, Focused);
    dialer.closed(first, 1006, "", 3.0);
    assert_eq!(dialer.wake_ms(Focused), Some(1000.0));
    assert_eq!(dialer.poll(999.0, Focused), None);
    let (second, _) = dial(&mut dialer, 1000.0, Focused);
    dialer.closed(second, 1006, "", 1800.0);
    dial(&mut dialer, 2000.0, Focused);
    assert_eq!(*dialer.status(), Status::Connecting);
}

#[test]
fn a_page_beside_the_editor_reconnects_too() {
    let (mut dialer, generation) = connected();
    dialer.closed(generation, 1006, "", 60_000.0);
    let (second, _) = dial(&mut dialer, 60_000.0, Visible);
    dialer.closed(second, 1006, "", 60_001.0);
    assert_eq!(dialer.wake_ms(Visible), Some(63_000.0));
    assert_eq!(
        dialer.wake_ms(Focused),
        Some(61_000.0),
        "a click into the page hurries it"
    );
}

#[test]
fn a_slow_handshake_is_left_alone_and_given_more_time() {
    let mut dialer = Dialer::default();
    let (first, _) = dial(&mut dialer, 0.0, Focused);
    for now in [1000.0, 2000.0, 4999.0] {
        assert_eq!(dialer.poll(now, Focused), None);
    }
    assert_eq!(
        dialer.poll(5000.0, Focused),
        Some(Action::Abandon { generation: first })
    );
    let (second, _) = dial(&mut dialer, 5000.0, Focused);
    assert!(!dialer.opened(first, 5001.0), "it was abandoned");
    assert_eq!(dialer.poll(14_000.0, Focused), None);
    assert!(dialer.opened(second, 14_500.0));
    assert_eq!(dialer.poll(90_000.0, Focused), None);
}

#[test]
fn a_lost_connection_is_tried_again_at_once() {
    let (mut dialer, generation) = connected();
    dialer.closed(generation, 1001, "server stops", 5_000.0);
    let reason = "server stops".to_owned();
    assert_eq!(*dialer.status(), Status::Reconnecting { reason });
    dial(&mut dialer, 5_000.0, Focused);
}

#[test]
fn a_server_that_closes_at_once_is_not_hammered() {
    let (mut dialer, generation) = connected();
    dialer.closed(generation, 1011, "", 10.0);
    assert_eq!(dialer.poll(10.0, Focused), None);
    dial(&mut dialer, 1000.0, Focused);
}

#[test]
fn abandoned_sockets_are_not_listened_to() {
    let (mut dialer, old) = connected();
    dialer.closed(old, 1006, "", 2_000.0);
    let (new, _) = dial(&mut dialer, 2_000.0, Focused);
    assert!(dialer.opened(new, 2_010.0));
    dialer.closed(old, 1006, "", 2_020.0);
    assert!(dialer.is_open() && dialer.is_current(new) && !dialer.is_current(old));
}

#[test]
fn a_version_that_we_speak_is_offered() {
    let mut dialer = Dialer::default();
    let (first, _) = dial(&mut dialer, 0.0, Focused);
    assert!(dialer.opened(first, 1.0));
    dialer.closed(first, 1002, &mismatch_reason("1.1.1", "1.1.7"), 2.0);
    assert_eq!(*dialer.status(), Status::Connecting);
    let (second, protocol) = dial(&mut dialer, 102.0, Focused);
    assert_eq!(protocol, "viser-v1.1.7");
    assert!(dialer.opened(second, 110.0));
    dialer.heard();
    assert_eq!(
        *dialer.status(),
        Status::Connected {
            other_version: Some("1.1.7".to_owned())
        }
    );

    dialer.closed(second, 1006, "", 50_000.0);
    assert_eq!(dial(&mut dialer, 50_000.0, Focused).1, "viser-v1.1.7");
}

#[test]
fn attempts_with_another_version_keep_their_distance() {
    let mut dialer = Dialer::default();
    let (first, _) = dial(&mut dialer, 0.0, Focused);
    dialer.closed(first, 1002, &mismatch_reason("1.1.1", "1.1.7"), 2.0);
    let (second, _) = dial(&mut dialer, 102.0, Focused);
    dialer.closed(second, 1006, "", 103.0);
    assert_eq!(dialer.poll(200.0, Focused), None);
    dial(&mut dialer, 1102.0, Focused);
}

#[test]
fn a_version_that_we_do_not_speak_is_shown() {
    let mut dialer = Dialer::default();
    let (first, _) = dial(&mut dialer, 0.0, Focused);
    dialer.closed(first, 1002, &mismatch_reason("1.1.1", "2.0.0"), 1.0);
    let mismatch = Status::Mismatch {
        ours: "1.1.1".to_owned(),
        server: "2.0.0".to_owned(),
    };
    assert_eq!(*dialer.status(), mismatch);
    assert_eq!(dialer.poll(4_000.0, Focused), None);
    let (second, protocol) = dial(&mut dialer, 5_001.0, Focused);
    assert_eq!(protocol, "viser-v1.1.1");
    assert!(dialer.opened(second, 5_002.0));
    assert_eq!(
        *dialer.status(),
        mismatch,
        "open does not yet mean accepted"
    );
    dialer.heard();
    assert_eq!(
        *dialer.status(),
        Status::Connected {
            other_version: None
        }
    );
}

#[test]
fn a_server_that_refuses_its_own_version_ends_in_a_mismatch() {
    let mut dialer = Dialer::default();
    let (first, _) = dial(&mut dialer, 0.0, Focused);
    dialer.closed(first, 1002, &mismatch_reason("1.1.1", "1.1.7"), 1.0);
    let (second, _) = dial(&mut dialer, 101.0, Focused);
    dialer.closed(second, 1002, &mismatch_reason("1.1.7", "1.1.7"), 102.0);
    assert!(matches!(dialer.status(), Status::Mismatch { .. }));
    assert_eq!(dialer.poll(1_000.0, Focused), None);
}

#[test]
fn a_refusal_is_shown_with_its_reason() {
    for code in [1002, 1008, 4401] {
        let mut dialer = Dialer::default();
        let (first, _) = dial(&mut dialer, 0.0, Focused);
        dialer.closed(first, code, "token missing", 1.0);
        assert_eq!(
            *dialer.status(),
            Status::Refused {
                reason: "token missing".to_owned()
            }
        );
        assert_eq!(dialer.poll(4_999.0, Focused), None);
        dial(&mut dialer, 5_000.0, Focused);
    }
}

#[test]
fn broken_windows_end_the_connection_for_longer_and_longer() {
    let (mut dialer, mut generation) = connected();
    let mut now = 100.0;
    for delay in [1_000.0, 2_000.0, 4_000.0] {
        let action = dialer.broken("the header has 3 bytes".to_owned(), now);
        assert_eq!(action, Action::Abandon { generation });
        assert!(matches!(dialer.status(), Status::Broken { .. }));
        assert_eq!(dialer.wake_ms(Focused), Some(now + delay));
        now += delay;
        (generation, _) = dial(&mut dialer, now, Focused);
        assert!(dialer.opened(generation, now));
    }
    now += 20_000.0;
    dialer.broken(String::new(), now);
    assert_eq!(
        dialer.wake_ms(Focused),
        Some(now + 1_000.0),
        "it had worked in between"
    );
}

#[test]
fn a_bad_address_is_not_tried_again() {
    let mut dialer = Dialer::default();
    dial(&mut dialer, 0.0, Focused);
    dialer.bad_address("no scheme".to_owned());
    assert_eq!(dialer.poll(1e9, Focused), None);
    assert_eq!(dialer.wake_ms(Focused), None);
}

/// A dialer whose only attempt has failed at 10.
fn refused() -> (Dialer, u32) {
    let mut dialer = Dialer::default();
    let (generation, _) = dial(&mut dialer, 0.0, Focused);
    dialer.closed(generation, 1006, "", 10.0);
    (dialer, generation)
}

#[test]
fn a_server_that_wants_a_token_is_asked_less_often_until_there_is_one() {
    let (mut dialer, generation) = refused();
    let reason = "asks for a token".to_owned();
    let needed = Status::TokenNeeded {
        reason: reason.clone(),
    };
    dialer.explained(generation, Explanation::of(401, "asks for a token\n"));
    assert_eq!(*dialer.status(), needed);
    assert_eq!(dialer.wake_ms(Focused), Some(5_000.0));
    let (second, _) = dial(&mut dialer, 5_000.0, Focused);
    dialer.closed(second, 1006, "", 5_010.0);
    assert_eq!(*dialer.status(), needed);
    assert_eq!(dialer.wake_ms(Focused), Some(10_000.0));
    // The user gives one.
    assert_eq!(dialer.redial(), Action::Abandon { generation: second });
    assert_eq!(*dialer.status(), Status::Connecting);
    let (third, _) = dial(&mut dialer, 5_020.0, Hidden);
    dialer.explained(second, Explanation::TokenNeeded(reason));
    assert_eq!(
        *dialer.status(),
        Status::Connecting,
        "that was an earlier attempt"
    );
    assert!(dialer.opened(third, 5_030.0));
}

#[test]
fn a_server_that_stops_wanting_a_token_is_tried_again() {
    let (mut dialer, generation) = refused();
    dialer.explained(generation, Explanation::of(403, "not from there"));
    let reason = "not from there".to_owned();
    assert_eq!(*dialer.status(), Status::Refused { reason });
    dialer.explained(generation, Explanation::None);
    assert_eq!(*dialer.status(), Status::Connecting);
    dialer.explained(generation, Explanation::of(404, "NOT FOUND"));
    assert_eq!(*dialer.status(), Status::Connecting);
}

#[test]
fn a_server_that_stays_silent_is_gone_and_may_come_back() {
    let (mut dialer, generation) = connected();
    dialer.closed(generation, 1006, "", 60_000.0);
    let mut now = 60_000.0;
    while *dialer.status() != Status::Gone {
        let (generation, _) = dial(&mut dialer, now, Focused);
        dialer.closed(generation, 1006, "", now + 5.0);
        now += 1_000.0;
        assert!(now < 75_000.0, "{:?}", dialer.status());
    }
    assert!(now >= 70_000.0, "too early: {now}");
    let (generation, _) = dial(&mut dialer, now, Focused);
    assert!(dialer.opened(generation, now));
    dialer.heard();
    assert!(matches!(dialer.status(), Status::Connected { .. }));
}

#[test]
fn another_address_is_dialled_at_once() {
    let (mut dialer, generation) = connected();
    assert_eq!(dialer.redial(), Action::Abandon { generation });
    assert!(!dialer.is_open());
    dial(&mut dialer, 20.0, Hidden);
}
