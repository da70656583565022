import type { Snippet } from 'svelte';
import type { Option } from '$lib/components/combobox';

/** What the surroundings of a field know of it, like the country of its address. */
export interface Given {
  /** The lines of its list. */
  options?: readonly Option[];
  /** Whether it may stay empty. */
  optional?: boolean;
  /** Something to do with what was pasted: its button, and its words while its key is at hand. */
  offer?: { text: string | null; act: Snippet };
}
