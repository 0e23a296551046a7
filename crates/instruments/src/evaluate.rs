//! The arithmetic: every scale as an exact value where a rule allows one, and always as bounds over what the
//! missing answers could still be. Statements are true, false or unknown accordingly.

use crate::model::{Condition, Instrument, Rule, Scale, Test};
use crate::state::State;

/// Three-valued: unknown while answers that matter are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Truth {
    Yes,
    No,
    Unknown,
}

/// What is known of one scale.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Value {
    /// The value, when the published rule allows one.
    pub(crate) exact: Option<f64>,
    /// Lowest and highest value, whatever the missing answers are.
    pub(crate) low: f64,
    pub(crate) high: f64,
    /// Worked out from fewer items than the scale has, as the published rule allows.
    pub(crate) prorated: bool,
    /// Rests on an assumption or on answered items only: may be reported, but nothing negative may rest on it.
    pub(crate) tentative: bool,
    /// Items that are not answered.
    pub(crate) missing: Vec<usize>,
    /// Highest possible value given the items that apply.
    pub(crate) out_of: f64,
}

impl Value {
    /// A negative reading may rest on it.
    pub(crate) fn is_certain(&self) -> bool {
        self.exact.is_some() && !self.tentative
    }
}

/// All scales and criteria of one form.
pub(crate) struct Evaluated {
    pub(crate) values: Vec<Value>,
    pub(crate) criteria: Vec<Truth>,
}

/// Work out every scale, then every criterion, then the scales a criterion settles.
pub(crate) fn evaluate(instrument: &Instrument, states: &[State]) -> Evaluated {
    let mut values: Vec<Value> = Vec::with_capacity(instrument.scales.len());
    for scale in &instrument.scales {
        let value = scale_value(instrument, states, scale, &values);
        values.push(value);
    }
    let mut facts = Evaluated { values, criteria: Vec::with_capacity(instrument.criteria.len()) };
    for criterion in &instrument.criteria {
        let truth = facts.truth(instrument, states, &criterion.when);
        facts.criteria.push(truth);
    }
    for (scale, value) in instrument.scales.iter().zip(&mut facts.values) {
        let settled = scale.settled_by.and_then(|at| facts.criteria.get(at)) == Some(&Truth::Yes);
        if settled && value.exact.is_none() {
            value.exact = Some(value.low);
            value.tentative = true;
        }
    }
    facts
}

fn scale_value(instrument: &Instrument, states: &[State], scale: &Scale, before: &[Value]) -> Value {
    let none = Value {
        exact: None,
        low: 0.0,
        high: 0.0,
        prorated: false,
        tentative: false,
        missing: Vec::new(),
        out_of: 0.0,
    };
    let mut value = match &scale.rule {
        Rule::Sum(items) => {
            add(instrument, states, items, scale.may_miss, |sum, asked, counted| sum * asked / counted)
        }
        Rule::Mean { items, times } => {
            let mean =
                add(instrument, states, items, scale.may_miss, |sum, _, counted| sum * times / counted);
            let asked = applying(states, items).max(1) as f64;
            let out_of = mean.out_of * times / asked;
            Value { low: mean.low * times / asked, high: mean.high * times / asked, out_of, ..mean }
        }
        Rule::Count(items) => count(instrument, states, items),
        Rule::Times { scale, by } => before.get(*scale).map_or(none, |from| Value {
            exact: from.exact.map(|x| x * by),
            low: from.low * by,
            high: from.high * by,
            out_of: from.out_of * by,
            ..from.clone()
        }),
        Rule::Convert { scale, table } => before.get(*scale).map_or(none, |from| convert(from, table)),
    };
    for at in &scale.requires {
        if states.get(*at).is_some_and(|state| state.is_missing()) {
            value.exact = None;
            if !value.missing.contains(at) {
                value.missing.push(*at);
            }
        }
    }
    value.missing.sort_unstable();
    value
}

fn applying(states: &[State], items: &[usize]) -> usize {
    items.iter().filter(|at| states.get(**at) != Some(&State::NotApplicable)).count()
}

/// Add items. `finish` turns the sum of those that count into the value, given how many apply and how many count.
fn add(
    instrument: &Instrument,
    states: &[State],
    items: &[usize],
    may_miss: usize,
    finish: impl Fn(f64, f64, f64) -> f64,
) -> Value {
    let (mut sum, mut counted, mut asked, mut low, mut high, mut out_of) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    let (mut missing, mut tentative, mut hangs) = (Vec::new(), false, false);
    for (at, item, state) in of(instrument, states, items) {
        let Some((least, most)) = state.point_bounds(item) else { continue };
        low += least;
        high += most;
        if state == State::PerhapsNotApplicable {
            tentative = true;
            continue;
        }
        asked += 1.0;
        out_of += item.range().1;
        match state.points() {
            Some(points) => {
                sum += points;
                counted += 1.0;
            }
            None if state.is_missing() => missing.push(at),
            None => hangs = true,
        }
    }
    let allowed = missing.len() <= may_miss && counted > 0.0 && !hangs;
    let prorated = allowed && !missing.is_empty();
    let exact = allowed.then(|| finish(sum, asked, counted));
    Value { exact, low, high, prorated, tentative, missing, out_of }
}

fn count(instrument: &Instrument, states: &[State], items: &[(usize, f64)]) -> Value {
    let positions = items.iter().map(|(at, _)| *at).collect::<Vec<_>>();
    let (mut low, mut high, mut missing, mut hangs) = (0.0, 0.0, Vec::new(), false);
    for ((at, item, state), (_, from)) in of(instrument, states, &positions).zip(items) {
        let Some((least, most)) = state.point_bounds(item) else { continue };
        low += f64::from(u8::from(least >= *from));
        high += f64::from(u8::from(most >= *from));
        if state.is_missing() {
            missing.push(at);
        } else {
            hangs |= !state.is_exact();
        }
    }
    let exact = (missing.is_empty() && !hangs).then_some(low);
    let out_of = items.len() as f64;
    Value { exact, low, high, prorated: false, tentative: false, missing, out_of }
}

fn of<'a>(
    instrument: &'a Instrument,
    states: &'a [State],
    items: &'a [usize],
) -> impl Iterator<Item = (usize, &'a crate::model::Item, State)> {
    items.iter().filter_map(|at| Some((*at, instrument.items.get(*at)?, *states.get(*at)?)))
}

fn convert(from: &Value, table: &[(f64, f64)]) -> Value {
    let at_or_below = |x: f64| table.iter().rev().find(|row| row.0 <= x).map_or(0.0, |row| row.1);
    let at_or_above = |x: f64| table.iter().find(|row| row.0 >= x).map_or(0.0, |row| row.1);
    Value {
        exact: from.exact.and_then(|x| table.iter().find(|row| row.0 == x)).map(|row| row.1),
        low: at_or_below(from.low),
        high: at_or_above(from.high),
        out_of: table.last().map_or(0.0, |row| row.1),
        ..from.clone()
    }
}

/// A condition over items only, for skips.
pub(crate) fn on_items(instrument: &Instrument, states: &[State], condition: &Condition) -> Truth {
    let nothing = Evaluated { values: Vec::new(), criteria: Vec::new() };
    nothing.truth(instrument, states, condition)
}

impl Evaluated {
    /// Whether a statement holds, from bounds where answers are missing.
    pub(crate) fn truth(&self, instrument: &Instrument, states: &[State], condition: &Condition) -> Truth {
        let part = |c: &Condition| self.truth(instrument, states, c);
        match condition {
            Condition::Item(at, test) => match (instrument.items.get(*at), states.get(*at)) {
                (Some(_), Some(State::NotApplicable)) => Truth::No,
                (Some(item), Some(state)) if item.optional && state.is_missing() => Truth::No, // not raised
                (Some(item), Some(state)) => holds(test, state.value_bounds(item)),
                _ => Truth::Unknown,
            },
            Condition::Scale(at, test) => match self.values.get(*at) {
                Some(Value { exact: Some(exact), tentative: false, .. }) => holds(test, (*exact, *exact)),
                Some(value) => holds(test, (value.low, value.high)),
                None => Truth::Unknown,
            },
            Condition::Criterion(at) => self.criteria.get(*at).copied().unwrap_or(Truth::Unknown),
            Condition::All(parts) => all(parts.iter().map(part)),
            Condition::Any(parts) => any(parts.iter().map(part)),
            Condition::None(parts) => not(any(parts.iter().map(part))),
        }
    }

    /// Whether everything a statement rests on is answered, so that "no" may be said.
    pub(crate) fn is_settled(
        &self,
        instrument: &Instrument,
        states: &[State],
        condition: &Condition,
    ) -> bool {
        let part = |c: &Condition| self.is_settled(instrument, states, c);
        match condition {
            Condition::Item(at, _) => {
                let optional = instrument.items.get(*at).is_some_and(|item| item.optional);
                optional || states.get(*at).is_some_and(|state| state.is_exact())
            }
            Condition::Scale(at, _) => self.values.get(*at).is_some_and(Value::is_certain),
            Condition::Criterion(at) => instrument.criteria.get(*at).is_some_and(|c| part(&c.when)),
            Condition::All(parts) | Condition::Any(parts) | Condition::None(parts) => parts.iter().all(part),
        }
    }
}

fn holds(test: &Test, (low, high): (f64, f64)) -> Truth {
    let bound = |given: Option<f64>, surely: &dyn Fn(f64) -> bool, perhaps: &dyn Fn(f64) -> bool| match given
    {
        None => Truth::Yes,
        Some(x) if surely(x) => Truth::Yes,
        Some(x) if perhaps(x) => Truth::Unknown,
        Some(_) => Truth::No,
    };
    all([
        bound(test.at_least, &|x| low >= x, &|x| high >= x),
        bound(test.at_most, &|x| high <= x, &|x| low <= x),
        bound(test.below, &|x| high < x, &|x| low < x),
    ]
    .into_iter())
}

fn all(mut parts: impl Iterator<Item = Truth>) -> Truth {
    let mut result = Truth::Yes;
    for part in &mut parts {
        match part {
            Truth::No => return Truth::No,
            Truth::Unknown => result = Truth::Unknown,
            Truth::Yes => {}
        }
    }
    result
}

fn any(parts: impl Iterator<Item = Truth>) -> Truth {
    not(all(parts.map(not)))
}

fn not(truth: Truth) -> Truth {
    match truth {
        Truth::Yes => Truth::No,
        Truth::No => Truth::Yes,
        Truth::Unknown => Truth::Unknown,
    }
}
