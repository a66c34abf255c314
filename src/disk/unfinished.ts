/** Files in the data folder that are not whole yet end so. What a crash leaves of them is removed at the next start. */
export const UNFINISHED = '.publishing-part';
