/** What pages of the studio load: its style sheet, and scripts for browsers, bundled. */
export type Bundles = {
  /** The addresses of a bundle's files: `draft` → `/studio/assets/draft-1f2e3d4c5b.js`. Throws for a name that is none. */
  script(name: string): string;
  sheet: string;
  /** A file by its name in the address, with its type and bytes. */
  find(name: string): { type: string; body: Buffer } | undefined;
};
