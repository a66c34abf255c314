// @ts-check

/**
 * Files that are still on their way, kept by the browser so that they go on by themselves after a reload. Where it cannot
 * keep one, the page asks for it again.
 * @typedef {{ id: string, draft: string, file: File, at: number }} KeptFile
 */

const STORE = 'files';
const LARGEST = 2 * 1024 ** 3;
const LONGEST_MS = 7 * 24 * 3600 * 1000;

/** @type {Promise<IDBDatabase | undefined> | undefined} */
let opened;

/** @returns {Promise<IDBDatabase | undefined>} */
function database() {
  opened ??= new Promise((resolve) => {
    if (!('indexedDB' in globalThis)) return resolve(undefined);
    try {
      const request = indexedDB.open('riascolta-studio', 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(undefined);
      request.onblocked = () => resolve(undefined);
    } catch {
      resolve(undefined);
    }
  });
  return opened;
}

/**
 * @template T
 * @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T>} act
 * @returns {Promise<T | undefined>} undefined where the browser refuses
 */
async function within(mode, act) {
  const db = await database();
  if (db === undefined) return undefined;
  return new Promise((resolve) => {
    try {
      const request = act(db.transaction(STORE, mode).objectStore(STORE));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(undefined);
    } catch {
      resolve(undefined);
    }
  });
}

/** Keeps a file, where there is room for it. @param {string} id @param {string} draft @param {File} file */
export async function keepFile(id, draft, file) {
  if (file.size > LARGEST) return;
  const { quota = 0, usage = 0 } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {};
  if (quota > 0 && quota - usage < file.size * 1.2) return;
  await within('readwrite', (store) => store.put({ id, draft, file, at: Date.now() }));
}

/** @param {string} id @returns {Promise<File | undefined>} */
export async function keptFile(id) {
  /** @type {KeptFile | undefined} */
  const kept = await within('readonly', (store) => store.get(id));
  return kept?.file instanceof File ? kept.file : undefined;
}

/** @param {string} id */
export const forgetFile = (id) => within('readwrite', (store) => store.delete(id));

/** Forgets what nobody came back for. */
export async function forgetOldFiles() {
  /** @type {KeptFile[] | undefined} */
  const all = await within('readonly', (store) => store.getAll());
  for (const { id, at } of all ?? []) if (Date.now() - at > LONGEST_MS) await forgetFile(id);
}
