use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

/// What a page would show after it has followed a list: the model of `view::keyed`.
fn follow(shown: &[Key], new: &[Key]) -> Vec<Key> {
    let old: Vec<&Key> = shown.iter().collect();
    let places = places(&old, new);
    let is_kept = |index: usize| places.iter().any(|place| place.old == Some(index));
    let kept = shown
        .iter()
        .enumerate()
        .filter(|(index, _)| is_kept(*index));
    let mut page: Vec<Key> = kept.map(|(_, key)| key.clone()).collect();
    let mut next: Option<Key> = None;
    for place in places.iter().rev() {
        let key = new[place.new].clone();
        if let Some(old) = place.old {
            assert_eq!(shown[old], key);
        }
        if !place.stays {
            page.retain(|other| *other != key);
            let at = next.map_or(page.len(), |next| {
                page.iter().position(|k| *k == next).unwrap()
            });
            page.insert(at, key.clone());
        }
        next = Some(key);
    }
    page
}

fn without_doubles(list: &[Key]) -> Vec<Key> {
    let mut seen = BTreeSet::new();
    list.iter()
        .filter(|key| seen.insert(*key))
        .cloned()
        .collect()
}

fn key() -> impl Strategy<Value = Key> {
    prop_oneof![
        (0..12_u32).prop_map(Key::from),
        (0..4_u32).prop_map(|n| Key::from(n.to_string())),
    ]
}

proptest! {
    #[test]
    fn any_list_becomes_any_other(lists in vec(vec(key(), 0..20), 1..8)) {
        let mut shown = Vec::new();
        for list in &lists {
            shown = follow(&shown, list);
            prop_assert_eq!(&shown, &without_doubles(list));
        }
    }

    #[test]
    fn as_few_are_moved_as_can_be(numbers in Just((0..9_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let stays = longest_increasing(&numbers);
        prop_assert!(stays.is_sorted());
        let mut rest = numbers.iter();
        prop_assert!(stays.iter().all(|number| rest.any(|other| other == number)));
        // No other choice of them is longer.
        let longest = (0..1_usize << numbers.len()).filter_map(|choice| {
            let chosen = numbers.iter().enumerate().filter(|(index, _)| choice >> index & 1 == 1);
            let chosen: Vec<_> = chosen.map(|(_, number)| number).collect();
            chosen.is_sorted().then_some(chosen.len())
        });
        prop_assert_eq!(Some(stays.len()), longest.max());
    }
}

#[test]
fn one_that_goes_elsewhere_is_the_only_one_that_is_moved() {
    let keys = |numbers: &[u32]| numbers.iter().copied().map(Key::from).collect::<Vec<_>>();
    let (old, new) = (keys(&[0, 1, 2, 3, 4]), keys(&[1, 2, 3, 0, 4]));
    let places = places(&old.iter().collect::<Vec<_>>(), &new);
    let moved = places.iter().filter(|place| !place.stays);
    assert_eq!(moved.map(|place| place.old).collect::<Vec<_>>(), [Some(0)]);
}
