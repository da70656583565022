import { openLookup } from '$lib/customer/lookup/lookup-door';
import { app } from '$lib/shell/app.svelte';
import type { Command } from '$lib/shell/commands.svelte';
import { newDraft } from '$lib/shell/new-draft';
import { palette as words } from '$lib/words/keys';

/** What a query itself can be used for on the chosen connection. What looks like an id is looked up first. */
export function withQuery(query: string): Command[] {
  if (!app.current) return [];
  const { lookup_by_partner_customer_id } = app.current.capabilities;
  const draft: Command = {
    id: 'query.draft',
    title: words.newDraft(query),
    icon: 'plus',
    hidden: !/\p{L}.*\p{L}|\p{Script=Han}/u.test(query),
    run: () => newDraft(query),
  };
  const lookUps = (['customer_id', 'partner_customer_id'] as const).map((by) => ({
    id: `query.${by}`,
    title: words.lookUp[by](query),
    icon: 'search' as const,
    hidden: /\s/.test(query) || (by === 'partner_customer_id' && !lookup_by_partner_customer_id),
    run: () => openLookup(query, by),
  }));
  const looksLikeId = /\d/.test(query);
  return (looksLikeId ? [...lookUps, draft] : [draft, ...lookUps]).filter((command) => !command.hidden);
}
