import { goto } from '$app/navigation';

/** Goes to a screen, whose heading then takes the focus. */
export async function go(href: string): Promise<void> {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  await goto(href);
}
