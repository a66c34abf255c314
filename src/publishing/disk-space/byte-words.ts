const [KB, MB, GB] = [1024, 1024 ** 2, 1024 ** 3];

/** Returns a number of bytes in whole units, in words of every language: `340 KB`, `2150 MB`. */
export function byteWords(bytes: number): string {
  const [unit, name] = bytes >= 10 * GB ? [GB, 'GB'] : bytes >= MB ? [MB, 'MB'] : [KB, 'KB'];
  return `${Math.max(0, Math.round(bytes / unit))} ${name}`;
}
