//! Totals of one questionnaire over time, as a picture made on the server: no meaning by colour alone, a sentence that says
//! what is to be seen, and the table below on the page.

use super::responses::Filled;
use crate::clock;
use instruments::Points;
use instruments::model::{Direction, Instrument};
use instruments::trend::{Category, Change, against_first};
use maud::{Markup, html};

/// One filling in the order of time.
#[derive(Debug)]
pub struct Step<'a> {
    /// What was filled in.
    pub filled: &'a Filled,
    /// Its change against the first total.
    pub change: Option<Change>,
}

/// Fillings of one questionnaire, oldest first, each compared with the first total.
#[must_use]
pub fn steps<'a>(instrument: &Instrument, newest_first: &[&'a Filled]) -> Vec<Step<'a>> {
    let oldest_first: Vec<&Filled> = newest_first.iter().rev().copied().collect();
    let totals: Vec<Option<f64>> = oldest_first.iter().map(|f| f.total).collect();
    oldest_first
        .into_iter()
        .zip(against_first(instrument, None, &totals))
        .map(|(filled, change)| Step { filled, change })
        .collect()
}

/// What the picture shows, in a sentence.
#[must_use]
pub fn finding(instrument: &Instrument, steps: &[Step<'_>]) -> String {
    let totals: Vec<&Step<'_>> = steps.iter().filter(|s| s.filled.total.is_some()).collect();
    let (Some(first), Some(last)) = (totals.first(), totals.last()) else {
        return format!("{}: no total yet; every form has gaps.", instrument.name);
    };
    if totals.len() == 1 {
        return format!("{}: one total so far, so no change can be seen.", instrument.name);
    }
    let (from, to) = (first.filled.total.unwrap_or_default(), last.filled.total.unwrap_or_default());
    let what = match last.change.as_ref().map(|c| c.category) {
        Some(Some(category)) => category.words().to_owned(),
        _ if from == to => "the same".into(),
        _ => "no published value says how much change is more than chance".into(),
    };
    format!(
        "{}: {} on {}, {} on {}: {what}.",
        instrument.name,
        Points(from),
        clock::day_words(first.filled.filled_on),
        Points(to),
        clock::day_words(last.filled.filled_on),
    )
}

/// The mark that stands beside a total, for those who don't see the shape.
#[must_use]
pub fn mark(change: Option<&Change>) -> &'static str {
    match change.and_then(|c| c.category) {
        Some(Category::Recovered) => "reliably better, below the cut-off",
        Some(Category::Improved) => "reliably better",
        Some(Category::Unchanged) => "no reliable change",
        Some(Category::Deteriorated) => "reliably worse",
        Some(Category::Harmed) => "reliably worse, beyond the cut-off",
        None => "",
    }
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 280.0;
const LEFT: f64 = 44.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 44.0;

struct Frame {
    low: f64,
    high: f64,
    first: f64,
    days: f64,
}

impl Frame {
    fn x(&self, day: f64) -> f64 {
        let room = WIDTH - LEFT - RIGHT;
        LEFT + 20.0 + (room - 40.0) * if self.days > 0.0 { (day - self.first) / self.days } else { 0.5 }
    }

    fn y(&self, total: f64) -> f64 {
        TOP + (HEIGHT - TOP - BOTTOM) * (1.0 - (total - self.low) / (self.high - self.low).max(1.0))
    }
}

fn day_number(filled: &Filled) -> f64 {
    let epoch = jiff::civil::Date::constant(2000, 1, 1);
    // Whole days of a lifetime fit a float exactly.
    f64::from(filled.filled_on.since(epoch).map_or(0, |span| span.get_days()))
}

/// The picture; nothing for an instrument without a total.
#[must_use]
pub fn chart(instrument: &Instrument, steps: &[Step<'_>]) -> Option<Markup> {
    let scale = instrument.scales.get(instrument.total_scale()?)?;
    let cut = instrument
        .reliable_change
        .first()
        .and_then(|r| r.case_at)
        .filter(|at| (scale.range.0..=scale.range.1).contains(at));
    let days: Vec<f64> = steps.iter().map(|s| day_number(s.filled)).collect();
    let first = days.first().copied()?;
    let frame = Frame { low: scale.range.0, high: scale.range.1, first, days: days.last().copied()? - first };
    let shown: Vec<(f64, &Step<'_>)> = days.iter().map(|d| frame.x(*d)).zip(steps).collect();
    let line: Vec<String> = shown
        .iter()
        .filter_map(|(x, s)| s.filled.total.map(|t| format!("{x:.1},{:.1}", frame.y(t))))
        .collect();
    let better =
        if scale.direction == Direction::HighIsBetter { "Higher is better" } else { "Lower is better" };
    let title = finding(instrument, steps);
    Some(html! {
        svg class="al-chart" role="img" viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) aria-labelledby="chart-title" {
            title id="chart-title" { (title) }
            @for at in [scale.range.0, (scale.range.0 + scale.range.1) / 2.0, scale.range.1] {
                line class="al-chart__grid" x1=(LEFT) x2=(WIDTH - RIGHT) y1=(px(frame.y(at))) y2=(px(frame.y(at))) {}
                text class="al-chart__axis" x=(LEFT - 8.0) y=(px(frame.y(at) + 5.0)) text-anchor="end" { (Points(at)) }
            }
            @if let Some(at) = cut {
                line class="al-chart__cut" x1=(LEFT) x2=(WIDTH - RIGHT) y1=(px(frame.y(at))) y2=(px(frame.y(at))) {}
                text class="al-chart__axis" x=(WIDTH - RIGHT) y=(px(frame.y(at) - 6.0)) text-anchor="end" { "cut-off " (Points(at)) }
            }
            text class="al-chart__axis" x=(LEFT) y="14" { (better) }
            @if line.len() > 1 { polyline class="al-chart__line" points=(line.join(" ")) {} }
            @for (x, step) in &shown { (point(&frame, *x, step)) }
            @for (x, filled) in ends(&shown) {
                text class="al-chart__axis" x=(px(x)) y=(HEIGHT - 14.0) text-anchor=(anchor(x)) { (clock::day_words(filled.filled_on)) }
            }
        }
    })
}

fn px(at: f64) -> String {
    format!("{at:.1}")
}

fn anchor(x: f64) -> &'static str {
    if x < WIDTH / 3.0 {
        "start"
    } else if x > WIDTH * 2.0 / 3.0 {
        "end"
    } else {
        "middle"
    }
}

/// The first and the last, which say what time the picture spans.
fn ends<'a>(shown: &[(f64, &'a Step<'a>)]) -> Vec<(f64, &'a Filled)> {
    let mut out: Vec<(f64, &Filled)> = Vec::new();
    if let (Some(first), Some(last)) = (shown.first(), shown.last()) {
        out.push((first.0, first.1.filled));
        if last.0 > first.0 {
            out.push((last.0, last.1.filled));
        }
    }
    out
}

/// A total is a full dot, a reliable change a triangle that points where the total went, a form with gaps an open square at
/// the least the total can be.
fn point(frame: &Frame, x: f64, step: &Step<'_>) -> Markup {
    let Some(total) = step.filled.total else {
        let Some(low) = step.filled.lower_bound else { return html! {} };
        let y = frame.y(low);
        return html! {
            rect class="al-chart__gap" x=(px(x - 6.0)) y=(px(y - 6.0)) width="12" height="12" {}
            text class="al-chart__value" x=(px(x)) y=(px(y - 12.0)) text-anchor="middle" { "at least " (Points(low)) }
        };
    };
    let y = frame.y(total);
    let reliable = step.change.as_ref().and_then(|c| c.category).is_some_and(|c| c != Category::Unchanged);
    let up = step.change.as_ref().is_some_and(|c| c.points.0 > 0.0);
    html! {
        @if reliable {
            @let tip = if up { -9.0 } else { 9.0 };
            polygon class="al-chart__reliable" points=(format!("{},{} {},{} {},{}", px(x - 8.0), px(y - tip * 0.7), px(x + 8.0), px(y - tip * 0.7), px(x), px(y + tip))) {}
        } @else {
            circle class="al-chart__point" cx=(px(x)) cy=(px(y)) r="6" {}
        }
        text class="al-chart__value" x=(px(x)) y=(px(if y < TOP + 24.0 { y + 24.0 } else { y - 14.0 })) text-anchor="middle" { (Points(total)) }
    }
}
