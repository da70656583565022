//! What keeps personal data out of a core file and of other programs' reach (RELIABILITY "The shell").

/// No files for others, no core files, and no reading of this process by others of the same user. Failing is no reason not to start.
#[cfg(target_os = "linux")]
pub fn apply() {
    use rustix::fs::Mode;
    use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit, umask};
    // Whatever this process makes is its user's alone: the database, the lock, the socket, what the web view writes.
    umask(Mode::RWXG | Mode::RWXO);
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
}

/// Other systems write no core files of a program by default.
#[cfg(not(target_os = "linux"))]
pub fn apply() {}
