import { platform } from '$lib/customer/list/platform';
import { asIpcError, type SettingsSave } from '$lib/ipc';
import { announcer } from '$lib/shell/announcer.svelte';
import { app } from '$lib/shell/app.svelte';
import type { Command } from '$lib/shell/commands.svelte';
import { go } from '$lib/shell/go';
import { newDraft } from '$lib/shell/new-draft';
import { overlays } from '$lib/shell/overlays.svelte';
import * as routes from '$lib/shell/routes';
import { zoom } from '$lib/shell/zoom';
import { errorText } from '$lib/words/errors';
import { keys, palette as words } from '$lib/words/keys';
import { outbox } from '$lib/words/outbox';
import { platform as platformWords } from '$lib/words/platform';
import { settings } from '$lib/words/settings';
import { shell } from '$lib/words/shell';

export { go };

async function save(change: Partial<SettingsSave>, what: string, value: string): Promise<void> {
  try {
    await app.save(change);
    announcer.say(settings.saved(what, value));
  } catch (thrown) {
    announcer.alert(errorText(asIpcError(thrown)));
  }
}

const screen = (id: string, word: string, href: string, icon: Command['icon']): Command => ({
  id: `go.${id}`,
  title: words.go(word),
  icon,
  run: () => go(href),
});

/** What can be run on every screen. */
export function always(): Command[] {
  const theme = app.view?.theme;
  const density = app.view?.density;
  return [
    {
      id: 'platform.stop',
      title: platformWords.commands.stop,
      icon: 'close',
      hidden: platform.work === null,
      run: () => platform.cancel(),
    },
    { id: 'new_draft', title: keys.name.new_draft, icon: 'plus', run: () => newDraft() },
    screen('customers', shell.rail.customers, routes.CUSTOMERS, 'customers'),
    screen('drafts', shell.rail.drafts, routes.DRAFTS, 'drafts'),
    { id: 'waiting', title: outbox.go, icon: 'clock', run: () => go(routes.WAITING) },
    screen('activity', shell.rail.activity, routes.ACTIVITY, 'activity'),
    screen('connections', shell.rail.connections, routes.CONNECTIONS, 'connections'),
    screen('settings', shell.rail.settings, routes.SETTINGS, 'settings'),
    { id: 'help', title: keys.name.help, icon: 'info', run: () => overlays.open('help') },
    ...app.connections.map((connection) => ({
      id: `use.${connection.id}`,
      title: words.use(connection.name, shell.environment[connection.environment].word),
      icon: 'connections' as const,
      hidden: connection.id === app.current?.id || app.isRecord,
      run: () =>
        save({ current_connection: connection.id }, shell.strip, shell.environment[connection.environment].word),
    })),
    { id: 'connection.add', title: words.addConnection, icon: 'plus', run: () => go(routes.ADD_CONNECTION) },
    ...(['light', 'dark', 'system'] as const).map((value) => ({
      id: `theme.${value}`,
      title: words.theme[value],
      aliases: [settings.appearance, settings.theme.legend],
      icon: 'settings' as const,
      hidden: theme === value,
      run: () => save({ theme: value }, settings.theme.legend, settings.theme[value]),
    })),
    ...(['compact', 'comfortable'] as const).map((value) => ({
      id: `density.${value}`,
      title: words.density[value],
      aliases: [settings.appearance],
      icon: 'settings' as const,
      hidden: density === value,
      run: () => save({ density: value }, settings.density.legend, settings.density[value]),
    })),
    { id: 'zoom_in', title: keys.name.zoom_in, aliases: ['zoom'], icon: 'search', run: () => zoom(1) },
    { id: 'zoom_out', title: keys.name.zoom_out, aliases: ['zoom'], icon: 'search', run: () => zoom(-1) },
    { id: 'zoom_reset', title: keys.name.zoom_reset, aliases: ['zoom'], icon: 'search', run: () => zoom(0) },
    { id: 'about', title: words.about, icon: 'info', run: () => go(routes.ABOUT) },
    {
      id: 'welcome',
      title: words.welcome,
      icon: 'info',
      hidden: app.view?.welcome === true,
      run: async () => {
        await app.save({ welcome: true });
        await go(routes.CUSTOMERS);
      },
    },
  ];
}
