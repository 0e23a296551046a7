//! The 90-second handover: who, why seen, what is known with who said it, what is asked of the bench. Made only of recorded
//! facts, each with its source; what is left out for time, or since its section has said enough, is counted.

use super::body::Recommendation;
use super::facts::Fact;
use super::sections::{RECOMMENDED, words_of};
use crate::clock;
use documents::{Document, Section, read_aloud};
use jiff::civil::Date;

/// Who it is about, as it is said aloud.
#[derive(Debug, Clone)]
pub struct Who {
    /// The name.
    pub name: String,
    /// "34, female, in custody".
    pub about: String,
    /// What they are before the court for.
    pub offences: String,
    /// Who asks what; empty when nobody asked.
    pub asked: String,
    /// The day on which it is said: what was recorded on it is told with its time only.
    pub today: Date,
    /// A restriction on reporting, or that the person is under 18: said before anything else.
    pub restrictions: Vec<String>,
}

/// One sentence, and the record it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// What is said.
    pub words: String,
    /// Where it stands; empty for what the page itself shows.
    pub source: String,
}

/// A handover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// What is said, in order.
    pub sentences: Vec<Sentence>,
    /// Facts that are not in it.
    pub left_out: usize,
    /// How many of them are about risk.
    pub risk_left_out: usize,
    /// How long it takes.
    pub seconds: u64,
}

/// What is told first, and how many facts of each section at most. Of risk nothing is left out while there is time.
const ORDER: [(&str, usize); 6] = [
    ("contact", 1),
    ("risk", usize::MAX),
    ("presentation", 3),
    ("participation", 2),
    ("needs", 3),
    ("background", 2),
];

/// The handover of these facts, in so many seconds at so many words a minute.
#[must_use]
pub fn handover(
    who: &Who,
    facts: &[Fact],
    recommendations: &[Recommendation],
    (words_per_minute, seconds): (u32, u64),
) -> Handover {
    let plain = |words: String| Sentence { words, source: String::new() };
    let mut first: Vec<Sentence> = who.restrictions.iter().map(|words| plain(ended(words))).collect();
    let about =
        [who.name.as_str(), who.about.as_str()].into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>();
    first.push(plain(ended(&about.join(", "))));
    if !who.offences.is_empty() {
        first.push(plain(ended(&format!("Before the court for: {}", who.offences))));
    }
    if !who.asked.is_empty() {
        first.push(plain(ended(&who.asked)));
    }
    // What is asked of the bench has its place before any fact is chosen: a handover that ends unasked is none.
    let asks: Vec<Sentence> = recommendations
        .iter()
        .filter(|one| !one.is_none() && !one.words.trim().is_empty())
        .map(|one| Sentence {
            words: ended(&format!("We recommend: {}", one.words.trim())),
            source: words_of(&RECOMMENDED, &one.kind).to_owned(),
        })
        .collect();
    let mut chosen: Vec<Sentence> = Vec::new();
    let (mut left_out, mut risk_left_out) = (0, 0);
    for (section, most) in ORDER {
        for (n, fact) in facts.iter().filter(|fact| fact.section == section).enumerate() {
            let next = Sentence { words: told(fact, who.today), source: fact.source_words() };
            let with = [first.as_slice(), &chosen, std::slice::from_ref(&next), &asks].concat();
            if n < most && time(&with, words_per_minute) <= seconds {
                chosen.push(next);
            } else {
                left_out += 1;
                risk_left_out += usize::from(section == "risk");
            }
        }
    }
    let sentences = [first, chosen, asks].concat();
    Handover { left_out, risk_left_out, seconds: time(&sentences, words_per_minute), sentences }
}

/// The words, then who said them and when: "… The person, to Kim Example, today at 09:40."
fn told(fact: &Fact, today: Date) -> String {
    let when = match fact.at {
        None => "at a time not recorded".to_owned(),
        Some(at) if clock::london_day(at) == today => format!("today at {}", clock::time_words(at)),
        Some(at) => clock::day_words(clock::london_day(at)),
    };
    let who = if fact.who.is_empty() { &fact.source } else { &fact.who };
    let mut letters = who.chars();
    let first: String = letters.next().map(char::to_uppercase).into_iter().flatten().collect();
    format!("{} {first}{}, {when}.", ended(fact.words.trim()), letters.as_str())
}

fn ended(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.ends_with(['.', '!', '?', '”']) { words } else { format!("{words}.") }
}

/// The text of a handover as it is read out, and how long that takes: the same reckoning as for written reports.
fn time(sentences: &[Sentence], words_per_minute: u32) -> u64 {
    let text = sentences.iter().map(|s| s.words.as_str()).collect::<Vec<_>>().join(" ");
    let block = documents::Block::Paragraph { text };
    let section = Section { heading: String::new(), blocks: vec![block] };
    read_aloud(&Document { sections: vec![section], ..Document::default() }, words_per_minute).seconds
}

impl Handover {
    /// All of it, to be kept as what was prepared to be said.
    #[must_use]
    pub fn text(&self) -> String {
        self.sentences.iter().map(|s| s.words.as_str()).collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use proptest::prelude::*;

    fn fact(section: &'static str, words: &str) -> Fact {
        Fact {
            section,
            words: words.into(),
            who: "Kim Example".into(),
            source: "our screening".into(),
            at: Timestamp::from_second(1_790_000_000).ok(),
        }
    }

    fn who() -> Who {
        Who {
            name: "Ana Example".into(),
            about: "34, female, in custody".into(),
            offences: "Theft from a shop".into(),
            asked: "The bench asks: could she be helped on bail?".into(),
            today: jiff::civil::date(2026, 9, 21),
            restrictions: Vec::new(),
        }
    }

    #[test]
    fn it_says_who_why_what_is_known_and_what_is_asked_in_this_order() {
        let ask = Recommendation {
            kind: "bail".into(),
            words: "bail with the appointment on Friday".into(),
            ..Recommendation::default()
        };
        let facts = [fact("needs", "GP on Friday"), fact("risk", "“I can’t see Friday.”")];
        let said = handover(&who(), &facts, &[ask], (150, 90));
        let words: Vec<&str> = said.sentences.iter().map(|s| s.words.as_str()).collect();
        assert_eq!(words[0], "Ana Example, 34, female, in custody.");
        assert_eq!(words[2], "The bench asks: could she be helped on bail?");
        assert_eq!(words[3], "“I can’t see Friday.” Kim Example, today at 15:13.");
        assert!(words[4].starts_with("GP on Friday."));
        assert_eq!(words.last().unwrap(), &"We recommend: bail with the appointment on Friday.");
        assert!(said.sentences[3].source.contains("our screening") && said.left_out == 0);
    }

    #[test]
    fn nothing_about_risk_is_left_out_while_there_is_time() {
        let facts: Vec<Fact> = (1..=8).map(|n| fact("risk", &format!("Said {n}"))).collect();
        let said = handover(&who(), &facts, &[], (150, 90));
        assert!(said.left_out == 0 && said.seconds <= 90, "{said:?}");
        assert!(said.sentences.iter().any(|s| s.words.starts_with("Said 8")));
        let many: Vec<Fact> = (0..40).map(|n| fact("risk", &format!("Said {n}"))).collect();
        let said = handover(&who(), &many, &[], (150, 90));
        assert!(said.risk_left_out > 0 && said.risk_left_out == said.left_out);
    }

    #[test]
    fn a_restriction_is_said_before_anything_else() {
        let mut who = who();
        who.restrictions.push("The person is under 18".into());
        assert_eq!(handover(&who, &[], &[], (150, 90)).sentences[0].words, "The person is under 18.");
    }

    proptest! {
        #[test]
        fn it_fits_into_its_time_and_says_nothing_that_is_not_recorded(count in 0_usize..30, long in 1_usize..60) {
            let facts: Vec<Fact> = (0..count).map(|n| fact(ORDER[n % 6].0, &format!("fact{n} {}", "word ".repeat(long)))).collect();
            let said = handover(&who(), &facts, &[], (150, 90));
            prop_assert!(said.seconds <= 90, "{}", said.seconds);
            let told = said.sentences.iter().filter(|s| !s.source.is_empty()).count();
            prop_assert_eq!(told + said.left_out, count);
            for sentence in said.sentences.iter().filter(|s| !s.source.is_empty()) {
                prop_assert!(facts.iter().any(|f| sentence.words.starts_with(f.words.split(' ').next().unwrap())));
            }
        }
    }
}
