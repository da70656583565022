/** The time, which moves each second while the component lives. Call it while the component is being made. */
export function clock(): { readonly now: number } {
  let now = $state(Date.now());
  $effect(() => {
    const timer = setInterval(() => (now = Date.now()), 1_000);
    return () => clearInterval(timer);
  });
  return {
    get now() {
      return now;
    },
  };
}
