//! Start to the first painted screen, and memory at rest, against an empty window.

use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use crate::bench::figure::{Bar, Figure, quantile};
use crate::page::Page;
use crate::process::{Trouble, children_of, wait_for};
use crate::window::Window;
use crate::world::World;

/// Starts of each program; they take turns, so that a busy minute of the machine hits both.
const ROUNDS: usize = 9;

/// A window is at rest this long after its first screen.
const SETTLING: Duration = Duration::from_secs(3);

struct Sample {
    painted_ms: f64,
    pss_mib: f64,
}

/// Measures both.
///
/// # Errors
/// A window does not start.
pub async fn measure(ours: &Path, bare: &Path) -> Result<Vec<Figure>, Trouble> {
    let world = World::new().await?;
    // The first start makes the database and explains the program: not what a user waits for each day.
    world.prepare()?;
    let first = Page::of(Window::start(ours, &world.variables()).await?).await?;
    first.pass_welcome().await?;
    first.quit().await?;
    let (mut paints, mut memories) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
    for _ in 0..ROUNDS {
        for (i, (program, paint)) in [(ours, OUR_PAINT), (bare, BARE_PAINT)].into_iter().enumerate() {
            let sample = sample(&world, program, paint).await?;
            paints[i].push(sample.painted_ms);
            memories[i].push(sample.pss_mib);
        }
    }
    let [mut our_paints, mut bare_paints] = paints;
    let [mut our_memories, mut bare_memories] = memories;
    Ok(vec![
        Figure {
            what: "start to first painted screen, ms (median)",
            ours: quantile(&mut our_paints, 0.5),
            baseline: quantile(&mut bare_paints, 0.5),
            bar: Bar::AtMost(1.3),
        },
        Figure {
            what: "memory at rest, MiB PSS (median)",
            ours: quantile(&mut our_memories, 0.5),
            baseline: quantile(&mut bare_memories, 0.5),
            bar: Bar::AtMost(1.3),
        },
    ])
}

/// When the screen with data was painted, by the page's own mark; not the frame that says "opening".
const OUR_PAINT: &str = "const mark = performance.getEntriesByName('first-screen')[0];
    return mark ? performance.timeOrigin + mark.startTime : null";

/// When the line of text was painted.
const BARE_PAINT: &str = "const paint = performance.getEntriesByName('first-contentful-paint')[0];
    return paint ? performance.timeOrigin + paint.startTime : null";

async fn sample(world: &World, program: &Path, paint: &str) -> Result<Sample, Trouble> {
    let window = Window::start(program, &world.variables()).await?;
    let pid = window.pid_of(program)?;
    let started_ms = started_ms(pid)?;
    let painted = wait_for("the first painted screen", Duration::from_secs(30), || async {
        let answer: Value = window.driver().execute(paint, vec![]).await.ok()?.json().clone();
        answer.as_f64()
    })
    .await?;
    tokio::time::sleep(SETTLING).await;
    let pss_mib = pss_mib_of_tree(pid)?;
    window.quit().await?;
    Ok(Sample { painted_ms: painted - started_ms, pss_mib })
}

/// When a process started, in milliseconds since 1970 (proc(5): field 22 of stat, in clock ticks of 10 ms since boot).
fn started_ms(pid: u32) -> Result<f64, Trouble> {
    const TICK_MS: f64 = 10.0;
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let after_name = stat.rsplit(')').next().ok_or("no name in stat")?;
    let ticks: f64 = after_name.split_whitespace().nth(19).ok_or("no start time")?.parse()?;
    let boot: f64 = std::fs::read_to_string("/proc/stat")?
        .lines()
        .find_map(|line| line.strip_prefix("btime "))
        .ok_or("no boot time")?
        .trim()
        .parse()?;
    Ok(boot_fraction_ms(boot)? + ticks * TICK_MS)
}

/// The boot time in milliseconds: btime has whole seconds only, so it is taken from the running clock and the uptime.
fn boot_fraction_ms(btime_s: f64) -> Result<f64, Trouble> {
    #[expect(clippy::disallowed_methods, reason = "a measure of this machine, not a time of the program")]
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs_f64();
    let uptime: f64 = std::fs::read_to_string("/proc/uptime")?.split_whitespace().next().ok_or("no uptime")?.parse()?;
    let boot = now - uptime;
    // Both must agree, or the machine's clock was set while it ran.
    if (boot - btime_s).abs() > 2.0 { Ok(btime_s * 1000.0) } else { Ok(boot * 1000.0) }
}

/// The proportional set size of a process and all its children: the web view's processes are part of the program.
/// One that cannot be read is an error: counted as nothing it would make the figure better than it is.
fn pss_mib_of_tree(root: u32) -> Result<f64, Trouble> {
    let mut open = vec![root];
    let mut kib = 0.0;
    while let Some(pid) = open.pop() {
        open.extend(children_of(pid));
        kib += pss_kib(pid)?;
    }
    Ok(kib / 1024.0)
}

fn pss_kib(pid: u32) -> Result<f64, Trouble> {
    let file = format!("/proc/{pid}/smaps_rollup");
    let rollup = std::fs::read_to_string(&file)
        .map_err(|error| format!("{file}: {error}; the program is not dumpable, so measure it as root"))?;
    let pss = rollup.lines().find_map(|line| line.strip_prefix("Pss:")).ok_or_else(|| format!("{file}: no Pss"))?;
    Ok(pss.trim().trim_end_matches(" kB").trim().parse()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_that_cannot_be_read_is_an_error_and_not_nothing() -> Result<(), Trouble> {
        assert!(pss_mib_of_tree(std::process::id())? > 0.1);
        assert!(pss_mib_of_tree(u32::MAX).is_err());
        Ok(())
    }
}
