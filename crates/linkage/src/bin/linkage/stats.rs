//! Wall and CPU seconds of each stage and peak memory, as the operating system counts them.

use std::time::Instant;

/// A stage's seconds.
#[derive(Debug, Clone, Copy, Default, serde::Serialize)]
pub(crate) struct Seconds {
    wall: f64,
    cpu: f64,
}

/// Measures from when it was made.
#[derive(Debug)]
pub(crate) struct Watch {
    wall: Instant,
    cpu: f64,
}

impl Watch {
    pub(crate) fn start() -> Self {
        Watch { wall: Instant::now(), cpu: cpu_seconds() }
    }

    pub(crate) fn stop(&self) -> Seconds {
        Seconds { wall: self.wall.elapsed().as_secs_f64(), cpu: cpu_seconds() - self.cpu }
    }
}

/// CPU time of all threads, living and ended; 0 where the system doesn't tell (only Linux is read).
fn cpu_seconds() -> f64 {
    let Ok(text) = std::fs::read_to_string("/proc/self/stat") else { return 0.0 };
    // After the command in brackets: utime is the 12th field, stime the 13th, in hundredths of a second.
    let rest = text.rsplit(')').next().unwrap_or("");
    let ticks = |i: usize| rest.split_whitespace().nth(i).and_then(|t| t.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}

/// The most memory the process ever held, in bytes; 0 where the system doesn't tell.
pub(crate) fn peak_bytes() -> u64 {
    let Ok(text) = std::fs::read_to_string("/proc/self/status") else { return 0 };
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next())
        .and_then(|kb| kb.parse::<u64>().ok())
        .map_or(0, |kb| kb * 1024)
}
