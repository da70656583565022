import { fold } from '$lib/components/combobox';
import type { PackageView } from '$lib/ipc';

/** Rows drawn at most: more would cost more time than a page may take (UX "First things"). */
export const PACKAGE_ROWS_MAX = 200;

/** The libraries whose name or licence has every word of a query. */
export function findPackages(packages: readonly PackageView[], query: string): PackageView[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return packages.filter((one) => {
    const text = fold(`${one.name} ${one.version} ${one.licence}`);
    return words.every((word) => text.includes(word));
  });
}
