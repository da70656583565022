//! What the page may not do. What only a reader of components can tell stands in ui/tests/rules.test.ts.

use super::tree::Tree;

/// The one folder that knows what the page runs in.
const BRIDGE: &str = "ui/src/lib/ipc/";

/// However a module is taken.
const TAKING: &[&str] = &["from ", "import ", "import(", "mock("];
const QUOTES: &[&str] = &["'", "\"", "`"];

const SCRIPTS: &[&str] = &[".ts", ".js", ".svelte"];

pub fn only_the_bridge_knows_tauri(tree: &Tree) -> Vec<String> {
    let scripts = tree.below("ui/src/", SCRIPTS).chain(tree.below("ui/tests/", SCRIPTS));
    let outside = scripts.filter(|(path, _)| !path.starts_with(BRIDGE));
    let mut broken = Vec::new();
    for (path, text) in outside {
        for (number, line) in text.lines().enumerate() {
            let taken =
                TAKING.iter().any(|how| QUOTES.iter().any(|quote| line.contains(&format!("{how}{quote}@tauri-apps/"))));
            if taken || line.contains("__TAURI") {
                broken.push(format!("{path}:{}: only {BRIDGE} knows Tauri", number + 1));
            }
        }
    }
    broken
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::assert_found;
    use super::*;

    #[rstest]
    #[case("ui/src/routes/+page.svelte", "import { invoke } from '@tauri-apps/api/core';", &["+page.svelte:1"])]
    #[case("ui/src/lib/draft/a.ts", "\nconst a = await import(\"@tauri-apps/api/event\");", &["a.ts:2"])]
    #[case("ui/src/lib/draft/a.ts", "window.__TAURI_INTERNALS__.invoke('x')", &["a.ts:1"])]
    #[case("ui/tests/a.test.ts", "vi.mock(`@tauri-apps/api/core`)", &["a.test.ts:1"])]
    #[case("ui/src/lib/ipc/index.ts", "import { invoke } from '@tauri-apps/api/core';", &[])]
    #[case("ui/src/lib/draft/a.ts", "export * from '@tauri-apps/api/core';", &["a.ts:1"])]
    #[case("ui/src/lib/draft/a.ts", "import \"@tauri-apps/api/core\";", &["a.ts:1"])]
    #[case("ui/tests/a.test.ts", "expect(names).toEqual(['@tauri-apps/api'])", &[])]
    #[case("ui/src/lib/draft/a.ts", "// what @tauri-apps/api does is hidden below ipc", &[])]
    fn tauri_outside_the_bridge_is_found(#[case] path: &str, #[case] text: &str, #[case] expected: &[&str]) {
        assert_found(only_the_bridge_knows_tauri, &[(path, text)], expected);
    }
}
