// @ts-check

/** What machines leave lying in folders. */
const LITTER = /^(?:\.|Thumbs\.db$|desktop\.ini$)/i;

/**
 * Returns the files that were dropped, those of dropped folders with them, by name.
 * @param {DataTransfer} transfer
 * @returns {Promise<File[]>}
 */
export async function droppedFiles(transfer) {
  // Entries have to be taken before anything is awaited: the transfer is empty afterwards.
  const entries = [...transfer.items].map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null));
  const loose = [...transfer.files];
  if (entries.every((entry) => entry === null)) return wanted(loose);
  const files = await Promise.all(entries.map((entry) => (entry === null ? [] : filesIn(entry))));
  return wanted(files.flat());
}

/** @param {File[]} files */
export const wanted = (files) =>
  files
    .filter(({ name }) => !LITTER.test(name))
    .sort((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true }));

/** @param {FileSystemEntry} entry @returns {Promise<File[]>} */
async function filesIn(entry) {
  if (entry instanceof FileSystemFileEntry || entry.isFile) {
    return new Promise((resolve) =>
      /** @type {FileSystemFileEntry} */ (entry).file(
        (file) => resolve([file]),
        () => resolve([]),
      ),
    );
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  /** @type {FileSystemEntry[]} */
  const all = [];
  // A reader gives a hundred at a time.
  for (;;) {
    const some = await new Promise((/** @type {(entries: FileSystemEntry[]) => void} */ resolve) => {
      reader.readEntries(resolve, () => resolve([]));
    });
    if (some.length === 0) break;
    all.push(...some);
  }
  return (await Promise.all(all.map(filesIn))).flat();
}
