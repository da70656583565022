import type { Edit } from '$lib/ipc/bindings';
import type { Step } from '../editor/edit-history';

/** Several texts as one step: a pasted address that is taken apart. */
export function splitStep(at: string, steps: readonly Step[]): Step {
  return {
    kind: 'split_address',
    at,
    undo: steps.flatMap((one) => one.undo),
    redo: steps.flatMap((one) => one.redo),
    undoKeeps: steps.flatMap((one) => one.undoKeeps ?? []),
    claims: steps.flatMap((one) => one.claims ?? []),
  };
}

/** An address that is copied to a person, by its pairs of fields. None where both are the same. */
export function copyStep(
  person: string,
  pairs: readonly [from: string, to: string][],
  text: (path: string) => string,
  isHidden: (path: string) => boolean,
): Step | null {
  const other = pairs.filter(([from, to]) => text(from) !== text(to) || isHidden(to));
  if (other.length === 0) return null;
  const [hidden, seen] = [other.filter(([, to]) => isHidden(to)), other.filter(([, to]) => !isHidden(to))];
  return {
    kind: 'copy_address',
    at: person,
    undo: seen.map(([, path]): Edit => ({ op: 'set', path, text: text(path) })),
    redo: other.map(([from, path]): Edit => ({ op: 'set', path, text: text(from) })),
    undoKeeps: hidden.map(([, path]) => path),
  };
}
