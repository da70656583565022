// One page, drawn in the window; the program serves no HTML of its own.
export const ssr = false;
export const prerender = false;
