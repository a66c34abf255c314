/** Returns whether a request is for the staff's side. `url`: its target, path and query. */
export const isForStudio = (url: string): boolean => /^\/(?:studio|api)(?:[/?]|$)/.test(url);
