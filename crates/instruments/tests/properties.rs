//! What must hold for every instrument and any answers.
#![allow(clippy::unwrap_used)] // a failed unwrap is a failed test

mod common;

use instruments::model::{Instrument, Kind, Rule};
use instruments::report::{ScoreReport, ScoreRequest, score_by_name};
use instruments::{Answer, Context, Met, Score, Sex, parse_answers, score};
use proptest::prelude::*;

fn any_instrument() -> impl Strategy<Value = &'static Instrument> {
    let scored =
        common::library().instruments().iter().filter(|i| i.kind == Kind::Scored).collect::<Vec<_>>();
    proptest::sample::select(scored)
}

fn any_answer(item: &instruments::model::Item, missing_in_ten: u32) -> BoxedStrategy<Answer> {
    let values = item.choices.iter().map(|c| Answer::Value(c.value)).collect::<Vec<_>>();
    let given = proptest::sample::select(values);
    if item.may_not_apply {
        return prop_oneof![3 => given, 1 => Just(Answer::NotApplicable), missing_in_ten => Just(Answer::Missing)].boxed();
    }
    match missing_in_ten {
        0 => given.boxed(),
        n => prop_oneof![10 - n => given, n => Just(Answer::Missing)].boxed(),
    }
}

fn any_form(missing_in_ten: u32) -> impl Strategy<Value = (&'static Instrument, Vec<Answer>, Context)> {
    any_instrument().prop_flat_map(move |instrument| {
        let answers = instrument.items.iter().map(|i| any_answer(i, missing_in_ten)).collect::<Vec<_>>();
        let sex = prop_oneof![Just(None), Just(Some(Sex::Female)), Just(Some(Sex::Male))];
        let language = prop_oneof![Just(None), Just(Some("bsl".to_owned())), Just(Some("cy".to_owned()))];
        let context =
            (sex, language).prop_map(|(sex, language)| Context { sex, language, ..Context::default() });
        (Just(instrument), answers, context)
    })
}

fn whole(instrument: &Instrument, score: &Score) -> bool {
    let total = instrument.total_scale().map(|at| &instrument.scales[at]);
    let prorated = total.is_some_and(|t| t.may_miss > 0) && score.total.is_some();
    score.missing.is_empty() || prorated
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn every_value_lies_in_its_range((instrument, answers, context) in any_form(2)) {
        let score = score(instrument, &answers, &context).unwrap();
        if let Some(at) = instrument.total_scale() {
            let (low, high) = instrument.scales[at].range;
            let bound = score.lower_bound.unwrap();
            prop_assert!(score.out_of.unwrap() <= high);
            if let Some(total) = score.total {
                prop_assert!((low..=high).contains(&total) || total == 0.0, "{} {total}", instrument.id);
                prop_assert!(bound <= total + 1e-9, "{} {bound} {total}", instrument.id);
            }
        }
        for scale in &score.subscales {
            prop_assert!(scale.value.is_none_or(|v| v >= scale.range.0 - 1e-9 && v <= scale.range.1 + 1e-9));
        }
    }

    #[test]
    fn an_incomplete_form_never_reads_negative((instrument, answers, context) in any_form(4)) {
        let score = score(instrument, &answers, &context).unwrap();
        if !whole(instrument, &score) {
            prop_assert_ne!(score.positive, Some(false), "{}", &instrument.id);
            prop_assert!(score.positives.iter().all(|f| f.met != Met::NotMet), "{}", &instrument.id);
            prop_assert!(score.results.iter().all(|(_, label)| label != "none"), "{}", &instrument.id);
            prop_assert!(!score.warnings.is_empty(), "{}", &instrument.id);
        }
    }

    /// Each answer narrows what the total can be, reversed items included, because the bound is taken over all that
    /// the missing answers could still be.
    #[test]
    fn answering_one_more_item_never_lowers_the_lower_bound(
        (instrument, answers, context) in any_form(5), pick in any::<prop::sample::Index>(), choice in any::<prop::sample::Index>()
    ) {
        let gaps = (0..answers.len()).filter(|at| answers[*at] == Answer::Missing).collect::<Vec<_>>();
        prop_assume!(!gaps.is_empty());
        let at = *pick.get(&gaps);
        let mut more = answers.clone();
        more[at] = Answer::Value(choice.get(&instrument.items[at].choices).value);
        let before = score(instrument, &answers, &context).unwrap();
        let after = score(instrument, &more, &context).unwrap();
        prop_assert!(after.lower_bound >= before.lower_bound, "{}", instrument.id);
        for (b, a) in before.subscales.iter().zip(&after.subscales) {
            prop_assert!(a.lower_bound >= b.lower_bound, "{} {}", instrument.id, a.id);
        }
    }

    /// A cut-off met on an incomplete form is met however it is completed. Prorated scores are the exception, by
    /// their owner's rule: the mean of nine items may lie above, and the full ten below.
    #[test]
    fn a_cut_off_passed_stays_passed_however_the_form_is_completed(
        (instrument, full, context) in any_form(0), mask in prop::collection::vec(prop::bool::weighted(0.4), 34)
    ) {
        let part = full.iter().zip(&mask).map(|(a, gone)| if *gone { Answer::Missing } else { *a }).collect::<Vec<_>>();
        let part = score(instrument, &part, &context).unwrap();
        let full = score(instrument, &full, &context).unwrap();
        prop_assume!(part.total.is_none() || instrument.scales.iter().all(|s| s.may_miss == 0));
        for (part, full) in part.positives.iter().zip(&full.positives) {
            prop_assert!(part.met != Met::Met || full.met == Met::Met, "{} {}", instrument.id, part.id);
        }
        if part.positive == Some(true) {
            prop_assert_eq!(full.positive, Some(true), "{}", &instrument.id);
        }
    }

    #[test]
    fn a_complete_plain_sum_is_the_sum((instrument, answers, context) in any_form(0)) {
        let at = instrument.total_scale();
        prop_assume!(at.is_some() && instrument.skips.is_empty() && instrument.items.iter().all(|i| !i.may_not_apply));
        let Rule::Sum(items) = &instrument.scales[at.unwrap()].rule else { return Ok(()) };
        let known = |at: &usize| match answers[*at] {
            Answer::Value(v) => instrument.items[*at].choice(v).filter(|c| !c.not_known).map(|c| instrument.items[*at].points(c)),
            _ => None,
        };
        let sum: Option<f64> = items.iter().map(known).sum();
        prop_assert_eq!(score(instrument, &answers, &context).unwrap().total, sum);
    }

    #[test]
    fn answers_survive_being_stored((instrument, answers, _) in any_form(3)) {
        let json = serde_json::to_string(&answers).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Vec<Answer>>(&json).unwrap(), &answers);
        let _ = instrument;
    }

    #[test]
    fn typed_answers_of_any_kind_are_scored_or_refused_in_words(instrument in any_instrument(), text in "[0-9yYnN. ,;a-z/-]{0,60}") {
        match parse_answers(instrument, &text) {
            Ok(answers) => prop_assert!(score(instrument, &answers, &Context::default()).is_ok()),
            Err(refused) => prop_assert!(refused.to_string().len() > 20),
        }
    }

    #[test]
    fn the_report_is_valid_json_and_text((instrument, answers, context) in any_form(3)) {
        let score = score(instrument, &answers, &context).unwrap();
        let report = ScoreReport::new(instrument, &context, score);
        let json = serde_json::to_value(&report).unwrap();
        for key in ["instrument", "total", "lower_bound", "subscales", "band", "positives", "positive", "warnings", "prompts", "missing"] {
            prop_assert!(json.get(key).is_some(), "{key}");
        }
        prop_assert_eq!(json["total"].is_null(), report.total.is_none());
        prop_assert!(!report.text().contains("00000"), "floating-point noise: {}", report.text());
    }

    #[test]
    fn any_name_is_found_or_refused_in_words(name in ".{0,30}", variant in proptest::option::of(".{0,10}")) {
        let request = ScoreRequest { name, variant, answers: "1".into(), ..ScoreRequest::default() };
        if let Err(refused) = score_by_name(common::library(), &request) {
            prop_assert!(!refused.to_string().is_empty());
        }
    }
}
