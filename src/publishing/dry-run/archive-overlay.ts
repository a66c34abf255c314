import { hash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import type { Archive, Bundle, BundleKind, StoredFile } from '../../archive/archive.ts';
import { FileNotFound, NotWritable, readingError } from '../../archive/archive-errors.ts';
import { bundleKeyParts, fileKeyParts, keyInside } from '../../archive/keys.ts';
import { readRange } from '../../archive/safe-read.ts';
import { meansAbsent } from '../../disk/system-error.ts';

/**
 * A folder of the overlay. It has the files of a real folder (`from`: its key) except those in `without`,
 * then `files` from elsewhere on this machine (name → path), then `texts` (name → content). A later file
 * hides an earlier one of the same name. A show also has the episodes of its `from`. `gone`: neither the
 * folder nor anything below it exists.
 */
export type OverlayBundle =
  | {
      key: string;
      from?: string;
      without?: readonly string[];
      texts?: Readonly<Record<string, string>>;
      files?: Readonly<Record<string, string>>;
    }
  | { key: string; gone: true };

export type Overlay = {
  bundles: readonly OverlayBundle[];
  /**
   * Limits the overlay to these bundles (keys of the overlay), what lies below them, and the folders that
   * they lie in. If all of them are episodes, the real archive is not listed. Without `only` everything is
   * there.
   */
  only?: readonly string[];
};

/** An archive as it would be after a change that nobody has made yet. It cannot be written. */
export interface OverlayArchive extends Archive {
  /**
   * Returns the key under which the real archive has exactly these bytes; `undefined` for a file from
   * elsewhere.
   */
  originOf(fileKey: string): string | undefined;
}

type Present = Exclude<OverlayBundle, { gone: true }>;
/** The source of a bundle: a real folder, or a described one. */
type Source = { base?: string; described?: Present };
type FileSource = { text: string } | { path: string } | { base: string };

const KINDS: readonly BundleKind[] = ['station', 'show', 'episode'];

/**
 * Returns an archive that shows the real one with some folders changed. Nothing is ever written.
 *
 *     const preview = overlayArchive(archive, {
 *       bundles: [
 *         { key: 'stacca/preview-1', from: 'stacca/2025-01-30-moment', texts: { 'episode.md': text } },
 *       ],
 *       only: ['stacca/preview-1'],
 *     });
 */
export function overlayArchive(base: Archive, overlay: Overlay): OverlayArchive {
  const described = new Map(overlay.bundles.map((bundle) => [bundleKeyParts(bundle.key).join('/'), bundle]));
  const only = overlay.only?.map((key) => bundleKeyParts(key).join('/'));
  const madeAt = Date.now();

  const isShown = (key: string): boolean =>
    key === '' || only === undefined || only.some((one) => isWithin(key, one) || isWithin(one, key));

  /**
   * Returns the source of a bundle, even if the real archive does not have it; `undefined` if it is not
   * shown.
   */
  const sourceOf = (key: string): Source | undefined => {
    if (!isShown(key)) return undefined;
    const [show = '', episode] = key.split('/');
    const above = episode === undefined ? undefined : described.get(show);
    if (above !== undefined && 'gone' in above) return undefined;
    const own = described.get(key);
    if (own !== undefined) return 'gone' in own ? undefined : { base: own.from, described: own };
    if (above === undefined || episode === undefined) return { base: key };
    return above.from === undefined ? undefined : { base: keyInside(above.from, episode) };
  };

  const fileSource = (fileKey: string): FileSource | undefined => {
    const parts = fileKeyParts(fileKey);
    const name = parts.at(-1) ?? '';
    const source = sourceOf(parts.slice(0, -1).join('/'));
    if (source === undefined) return undefined;
    const text = valueAt(source.described?.texts, name);
    if (text !== undefined) return { text };
    const path = valueAt(source.described?.files, name);
    if (path !== undefined) return { path };
    if (source.base === undefined || source.described?.without?.includes(name)) return undefined;
    return { base: keyInside(source.base, name) };
  };

  const bundle = async (asked: string): Promise<Bundle | undefined> => {
    const key = bundleKeyParts(asked).join('/');
    const source = sourceOf(key);
    if (source === undefined) return undefined;
    const real = source.base === undefined ? undefined : await base.bundle(source.base);
    if (source.described === undefined) return real && { ...real, key };
    if (real?.unreadable) return { ...real, key };
    const added = await addedFiles(source.described, real?.files ?? [], madeAt);
    if (real === undefined && source.base !== undefined && added.length === 0) return undefined;
    const hidden = new Set([...(source.described.without ?? []), ...added.map(({ name }) => name)]);
    const kept = real?.files.filter(({ name }) => !hidden.has(name)) ?? [];
    const files = [...kept, ...added].sort((a, b) => (a.name < b.name ? -1 : 1));
    const isSame = real !== undefined && kept.length === files.length && kept.length === real.files.length;
    const kind = KINDS[key === '' ? 0 : key.split('/').length] ?? 'episode';
    return {
      key,
      kind,
      files,
      signature: isSame ? real.signature : signatureOf(files),
      clashes: real?.clashes ?? [],
    };
  };

  async function* these(keys: Iterable<string>): AsyncGenerator<Bundle> {
    for (const key of keys) {
      const found = await bundle(key);
      if (found !== undefined) yield found;
    }
  }

  /** Yields a show and these episodes of it; nothing if the show's folder is missing. */
  async function* showWith(show: string, episodes: Iterable<string>): AsyncGenerator<Bundle> {
    const folder = await bundle(show);
    if (folder === undefined) return;
    yield folder;
    yield* these(new Set([...episodes].sort()));
  }

  /** Yields the station and these episodes, each after its show. */
  async function* chosen(episodes: readonly string[]): AsyncGenerator<Bundle> {
    yield* these(['']);
    const byShow = Map.groupBy(episodes, (key) => key.split('/')[0] ?? '');
    for (const show of [...byShow.keys()].sort()) yield* showWith(show, byShow.get(show) ?? []);
  }

  const describedBelow = (show: string): string[] =>
    [...described.keys()].filter((key) => key.startsWith(`${show}/`)).sort();

  /** Returns the real show whose episodes a show has. */
  const fromOf = (show: string): string | undefined => {
    const own = described.get(show);
    if (own === undefined) return show;
    return 'gone' in own ? undefined : own.from;
  };

  async function* listed(): AsyncGenerator<Bundle> {
    const waiting = new Set([...described.keys()].flatMap((key) => key.split('/')[0] || []));
    const names = new Map([...waiting].map((show) => [fromOf(show), [] as string[]] as const));
    const keepsItsOwn = (show: string): boolean => show === '' || fromOf(show) === show;
    async function* rest(show: string): AsyncGenerator<Bundle> {
      if (keepsItsOwn(show) && waiting.delete(show)) yield* these(describedBelow(show));
    }

    let show = '';
    for await (const real of base.bundles()) {
      if (real.kind !== 'episode') {
        yield* rest(show);
        show = real.key;
      } else names.get(show)?.push(real.key.slice(show.length + 1));
      if (!keepsItsOwn(show) || !isShown(real.key)) continue;
      if (!described.has(real.key)) yield real;
      else if (real.kind !== 'episode') yield* these([real.key]);
    }
    yield* rest(show);
    for (const show of [...waiting].sort()) {
      const brought = names.get(fromOf(show))?.map((name) => `${show}/${name}`) ?? [];
      yield* showWith(show, [...brought, ...describedBelow(show)]);
    }
  }

  const refuse = async (key: string): Promise<never> => {
    throw new NotWritable(`"${key}" cannot be written: the archive is only imagined.`);
  };

  return {
    bundle,
    bundles() {
      if (only === undefined || only.some((key) => !key.includes('/'))) return listed();
      return chosen(only);
    },
    async read(fileKey, range) {
      const source = fileSource(fileKey);
      if (source === undefined) throw new FileNotFound(`There is no file "${fileKey}" in the archive.`);
      if ('base' in source) return base.read(source.base, range);
      if ('text' in source) return new TextEncoder().encode(source.text).subarray(range?.start, range?.end);
      return bytesAt(source.path, fileKey, range);
    },
    async localPath(fileKey) {
      const source = fileSource(fileKey);
      if (source === undefined || 'text' in source) return undefined;
      if ('base' in source) return base.localPath(source.base);
      const isThere = (await storedAt(source.path, '')) !== undefined;
      return isThere ? source.path : undefined;
    },
    originOf(fileKey) {
      const source = fileSource(fileKey);
      return source !== undefined && 'base' in source ? source.base : undefined;
    },
    write: refuse,
    move: refuse,
    remove: refuse,
    watch: async () => ({ close: async () => {} }),
  };
}

const isWithin = (key: string, above: string): boolean =>
  above === '' || key === above || key.startsWith(`${above}/`);

const valueAt = (record: Readonly<Record<string, string>> | undefined, name: string): string | undefined =>
  record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;

/** Returns the folder's files that come from elsewhere. A text that replaces a file keeps that file's age. */
async function addedFiles(
  { texts = {}, files = {} }: Present,
  real: readonly StoredFile[],
  madeAt: number,
): Promise<StoredFile[]> {
  const added: StoredFile[] = Object.entries(texts).map(([name, text]) => ({
    name,
    bytes: Buffer.byteLength(text),
    modifiedAt: real.find((file) => file.name === name)?.modifiedAt ?? madeAt,
    version: `text-${hash('sha256', text, 'base64url').slice(0, 22)}`,
  }));
  for (const [name, path] of Object.entries(files)) {
    const file = Object.hasOwn(texts, name) ? undefined : await storedAt(path, name);
    if (file !== undefined) added.push(file);
  }
  return added;
}

async function storedAt(path: string, name: string): Promise<StoredFile | undefined> {
  try {
    const stats = await stat(path);
    if (!stats.isFile()) return undefined;
    const version = `${stats.ino}-${stats.size}-${stats.mtimeMs}`;
    return { name, bytes: stats.size, modifiedAt: stats.mtimeMs, version };
  } catch (error) {
    if (meansAbsent(error)) return undefined;
    throw error;
  }
}

async function bytesAt(
  path: string,
  fileKey: string,
  range: { start: number; end: number } | undefined,
): Promise<Uint8Array> {
  try {
    await using file = await open(path, 'r');
    return await readRange(file, range?.start ?? 0, range?.end ?? Number.POSITIVE_INFINITY);
  } catch (error) {
    throw readingError(error, fileKey);
  }
}

const signatureOf = (files: readonly StoredFile[]): string =>
  hash('sha256', files.map(({ name, version }) => `${name}\0${version}`).join('\0'), 'base64url').slice(
    0,
    22,
  );
