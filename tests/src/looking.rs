//! More of [`Page`]: a state that is looked at in every way.

use crate::page::Page;
use crate::process::Trouble;

impl Page {
    /// Nothing that axe finds, and pictures of it, in light and in dark.
    ///
    /// # Errors
    /// A barrier, or no picture.
    pub async fn look_at(&self, state: &str) -> Result<(), Trouble> {
        self.no_barrier(state).await?;
        self.shots(state).await
    }

    /// The same, and every control in reach.
    ///
    /// # Errors
    /// The same, and what Tab does not reach.
    pub async fn look_and_walk(&self, state: &str) -> Result<(), Trouble> {
        self.look_at(state).await?;
        self.tab_reaches_everything(state).await
    }
}
