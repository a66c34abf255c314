import { contentHeaders, type HeaderList, validatorHeaders } from '../headers.ts';
import { PreparedHead } from '../prepared-head.ts';
import type { FileOnDisk } from '../resource.ts';
import type { OpenFile } from './open-files.ts';

/** A file with the headers that its answers have in common, put together once for as long as it is the same file. */
export class PreparedFile {
  readonly kind = 'file';
  readonly file: FileOnDisk;
  /** Nothing of the file itself is held here. */
  readonly weight = 2048;
  #of: OpenFile | undefined;
  #validators: HeaderList = [];
  #heads: { 200: PreparedHead; 206: PreparedHead; 304: PreparedHead } | undefined;

  /** Throws where a header holds what HTTP does not allow: before any file is opened for it. */
  constructor(file: FileOnDisk) {
    this.file = file;
    new PreparedHead(200, [...contentHeaders(file), ...validatorHeaders(file, '""')]);
  }

  /** Headers of a 416. */
  validatorHeaders(open: OpenFile): HeaderList {
    this.#headsFor(open);
    return this.#validators;
  }

  /** Headers of a 206 with several parts: each part names the file's type itself. */
  multipartHeaders(open: OpenFile): HeaderList {
    return [...this.validatorHeaders(open), ...contentHeaders(this.file).slice(2)];
  }

  /** The head of an answer; that of a 206 lacks its Content-Range and Content-Length. */
  head(status: 200 | 206 | 304, open: OpenFile): PreparedHead {
    return this.#headsFor(open)[status];
  }

  #headsFor(open: OpenFile): { 200: PreparedHead; 206: PreparedHead; 304: PreparedHead } {
    if (this.#heads !== undefined && this.#of === open) return this.#heads;
    this.#of = open;
    this.#validators = [
      'Last-Modified',
      new Date(open.modifiedAt * 1000).toUTCString(),
      'Accept-Ranges',
      'bytes',
      ...validatorHeaders(this.file, open.etag),
    ];
    const representation = [...contentHeaders(this.file), ...this.#validators];
    this.#heads = {
      200: new PreparedHead(200, [...representation, 'Content-Length', String(open.size)]),
      206: new PreparedHead(206, representation),
      304: new PreparedHead(304, this.#validators),
    };
    return this.#heads;
  }
}
