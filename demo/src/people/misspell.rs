//! Misspellings of one word.

use super::dice::Dice;

/// A slip of the keyboard: another letter, one too many, one lost, two crossed.
pub(super) fn typo(letters: &mut Vec<char>, dice: &mut Dice) {
    let at = usize::try_from(dice.below(letters.len() as u64)).unwrap_or(0);
    let letter = char::from(b'a' + u8::try_from(dice.below(26)).unwrap_or(0));
    match dice.below(4) {
        0 => letters[at] = letter,
        1 => letters.insert(at, letter),
        2 => drop(letters.remove(at)),
        _ => {
            let other = if at + 1 < letters.len() { at + 1 } else { at - 1 };
            letters.swap(at, other);
        }
    }
}

/// Written as it sounds.
pub(super) fn by_ear(letters: &mut Vec<char>, dice: &mut Dice) {
    const SOUNDS: [(&str, &str); 14] = [
        ("ph", "f"),
        ("ck", "k"),
        ("y", "i"),
        ("i", "y"),
        ("ee", "ea"),
        ("ou", "ow"),
        ("c", "k"),
        ("s", "z"),
        ("e", "a"),
        ("a", "e"),
        ("ll", "l"),
        ("v", "w"),
        ("th", "t"),
        ("sh", "s"),
    ];
    let text: String = letters.iter().collect();
    if dice.chance(0.25) {
        if let Some(last) = letters.last().copied() {
            letters.push(last);
        }
        return;
    }
    for _ in 0..8 {
        let (from, to) = dice.pick(&SOUNDS).copied().unwrap_or(("y", "i"));
        if text.get(1..).is_some_and(|rest| rest.contains(from)) {
            let (head, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
            *letters = format!("{head}{}", rest.replacen(from, to, 1)).chars().collect();
            return;
        }
    }
}

/// A letter misread by a scanner.
pub(super) fn scan(letters: &mut Vec<char>, dice: &mut Dice) {
    const SEEN: [(char, &str); 12] = [
        ('m', "rn"),
        ('l', "1"),
        ('i', "l"),
        ('o', "0"),
        ('s', "5"),
        ('e', "c"),
        ('w', "vv"),
        ('d', "cl"),
        ('h', "b"),
        ('n', "ri"),
        ('l', "i"),
        ('g', "q"),
    ];
    for _ in 0..10 {
        let (from, to) = dice.pick(&SEEN).copied().unwrap_or(('m', "rn"));
        if let Some(at) = letters.iter().position(|c| c.eq_ignore_ascii_case(&from)) {
            letters.splice(at..=at, to.chars());
            return;
        }
    }
}
