//! Where the window stood when it was closed: `window.json` in the data folder. Sizes in logical pixels.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tauri::{LogicalPosition, LogicalSize, WebviewWindow};

/// The smallest window that shows every screen whole (VISUAL "Layout").
pub const SMALLEST: (f64, f64) = (1024.0, 640.0);

/// The place of a window.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Place {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    maximized: bool,
}

impl Place {
    /// The size of a first start.
    pub const FIRST: (f64, f64) = (1280.0, 800.0);

    fn file(folder: &Path) -> PathBuf {
        folder.join("window.json")
    }

    /// The kept place; `None` at a first start, or where the file says nothing usable.
    pub fn read(folder: &Path) -> Option<Self> {
        let text = std::fs::read_to_string(Self::file(folder)).ok()?;
        let place: Self = serde_json::from_str(&text).ok()?;
        (place.width >= SMALLEST.0 && place.height >= SMALLEST.1).then_some(place)
    }

    /// Puts a window there, where some screen still shows its title bar.
    pub fn apply(self, window: &WebviewWindow) -> tauri::Result<()> {
        let visible = window.available_monitors()?.iter().any(|monitor| {
            let at = monitor.position().to_logical::<f64>(monitor.scale_factor());
            let size = monitor.size().to_logical::<f64>(monitor.scale_factor());
            self.x >= at.x
                && self.y >= at.y
                && self.x < at.x + size.width - 100.0
                && self.y < at.y + size.height - 100.0
        });
        window.set_size(LogicalSize::new(self.width, self.height))?;
        if visible {
            window.set_position(LogicalPosition::new(self.x, self.y))?;
        }
        if self.maximized {
            window.maximize()?;
        }
        Ok(())
    }

    /// Keeps the place of a window that is being closed. A place that cannot be kept is no reason to say anything.
    pub fn keep(window: &tauri::Window, folder: &Path) {
        let Some(place) = Self::of(window) else { return };
        if let Ok(text) = serde_json::to_string(&place) {
            let _ = std::fs::write(Self::file(folder), text);
        }
    }

    fn of(window: &tauri::Window) -> Option<Self> {
        let scale = window.scale_factor().ok()?;
        let at = window.outer_position().ok()?.to_logical::<f64>(scale);
        let size = window.inner_size().ok()?.to_logical::<f64>(scale);
        let maximized = window.is_maximized().ok()?;
        Some(Self { x: at.x, y: at.y, width: size.width, height: size.height, maximized })
    }
}
