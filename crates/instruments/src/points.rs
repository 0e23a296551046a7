//! A number that prints as a clinician writes it.

use std::fmt;

use serde::{Serialize, Serializer};

/// A score or a bound, printed with at most four decimals and no floating-point noise: `15`, `15.5556`, `19.25`.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Points(pub f64);

impl Points {
    /// The value rounded to four decimals, which is finer than any published scoring.
    pub fn rounded(self) -> f64 {
        let rounded = (self.0 * 10_000.0).round() / 10_000.0;
        if rounded == 0.0 { 0.0 } else { rounded } // never "-0"
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.rounded())
    }
}

impl Serialize for Points {
    /// Whole numbers go out without a decimal point, so JSON says `15`, not `15.0`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rounded = self.rounded();
        if rounded.fract() == 0.0 && rounded.abs() < 1e15 {
            serializer.serialize_i64(rounded as i64)
        } else {
            serializer.serialize_f64(rounded)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Points;

    #[test]
    fn numbers_print_without_floating_point_noise() {
        let shown = |x: f64| (Points(x).to_string(), serde_json::to_string(&Points(x)).unwrap());
        assert_eq!(shown(0.1 + 0.2), ("0.3".into(), "0.3".into()));
        assert_eq!(shown(140.0 / 9.0), ("15.5556".into(), "15.5556".into()));
        assert_eq!(shown(11.000000000000002), ("11".into(), "11".into()));
        assert_eq!(shown(19.25), ("19.25".into(), "19.25".into()));
        assert_eq!(shown(-0.0), ("0".into(), "0".into()));
    }
}
