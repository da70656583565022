import { askFirstPage, dropFirstPage } from '$lib/customer/list/first-page';
import { app } from '$lib/shell/app.svelte';
import { refuseDrops } from '$lib/shell/dropped';
import { CUSTOMERS } from '$lib/shell/routes';

/**
 * Before anything is drawn: the questions of the first screen go out at once, while its files are still read. Each of them
 * is a round trip, and so is the redirect from the root, which is spared.
 */
export function init(): void {
  if (location.pathname === '/') history.replaceState(history.state, '', CUSTOMERS);
  refuseDrops();
  const state = app.begin();
  if (location.pathname !== CUSTOMERS) return;
  askFirstPage();
  void state.then(() => {
    // Asked too early, or not shown yet: then the list asks for itself.
    if (!app.ready || app.view?.welcome) dropFirstPage();
  });
}
