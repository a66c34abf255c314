import { contentHeaders, validatorHeaders } from '../headers.ts';
import { PreparedHead } from '../prepared-head.ts';
import type { Edition } from '../resource.ts';
import { compress, isCompressible } from './compression.ts';
import type { Coding } from './negotiation.ts';

/** A body in one coding with the head that goes out before it. */
export type Form = { body: Buffer; head: PreparedHead };

const SUFFIX = { br: '-br', gzip: '-gz' } as const;
/** About what an entry weighs beside its bytes. */
const OVERHEAD = 2048;

/** An edition with all that its answers have in common, so that sending it is two writes and no thought. */
export class PreparedEdition {
  readonly kind = 'edition';
  readonly edition: Edition;
  /** The form depends on Accept-Encoding. */
  readonly negotiable: boolean;
  readonly #etags: Record<Coding, readonly string[]>;
  readonly #forms = new Map<Coding, Form>();
  readonly #underWay = new Map<Coding, Promise<Form>>();
  readonly #unchanged = new Map<string, PreparedHead>();

  constructor(edition: Edition) {
    this.edition = edition;
    this.negotiable = isCompressible(edition.type, edition.body.length);
    const identity = edition.etag;
    const br = this.#tagOf('br');
    const gzip = this.#tagOf('gzip');
    this.#etags = this.negotiable
      ? { identity: [identity, br, gzip], br: [br, gzip, identity], gzip: [gzip, br, identity] }
      : { identity: [identity], br: [identity], gzip: [identity] };
    this.#forms.set('identity', this.#formOf('identity', edition.body));
  }

  /** Bytes, all forms counted. */
  get weight(): number {
    let weight = OVERHEAD;
    for (const form of this.#forms.values()) weight += form.body.length;
    return weight;
  }

  /** The tags of all forms, that of `coding` first. */
  etags(coding: Coding): readonly string[] {
    return this.#etags[coding];
  }

  /** The form, if it has been made. */
  form(coding: Coding): Form | undefined {
    return this.#forms.get(coding);
  }

  /** Makes the form; those who ask meanwhile wait for the same one. */
  make(coding: Exclude<Coding, 'identity'>): Promise<Form> {
    const underWay = this.#underWay.get(coding);
    if (underWay !== undefined) return underWay;
    const making = compress(this.edition.body, coding, this.edition.cacheControl.includes('immutable'))
      .then((body) => {
        const form = this.#formOf(coding, body);
        this.#forms.set(coding, form);
        return form;
      })
      .finally(() => this.#underWay.delete(coding));
    this.#underWay.set(coding, making);
    return making;
  }

  /** The head of a 304 for the form that `etag` names. */
  unchangedHead(etag: string): PreparedHead {
    let head = this.#unchanged.get(etag);
    if (head === undefined) {
      head = new PreparedHead(304, [...validatorHeaders(this.edition, etag), ...this.#vary()]);
      this.#unchanged.set(etag, head);
    }
    return head;
  }

  /** Headers of a 206 or 416; Content-Length, Content-Range and the type of a multipart come on top. */
  partHeaders(withType: boolean): string[] {
    const content = contentHeaders(this.edition);
    return [
      ...validatorHeaders(this.edition, this.edition.etag),
      ...this.#vary(),
      'Accept-Ranges',
      'bytes',
      ...(withType ? content : content.slice(2)),
    ];
  }

  /** Whether the other edition's answers would be the same, byte for byte and header for header. */
  isSameAs(other: Edition): boolean {
    const { edition } = this;
    return (
      edition.etag === other.etag &&
      edition.status === other.status &&
      edition.type === other.type &&
      edition.cacheControl === other.cacheControl &&
      edition.crossOrigin === other.crossOrigin &&
      JSON.stringify(edition.headers) === JSON.stringify(other.headers) &&
      edition.body.equals(other.body)
    );
  }

  #tagOf(coding: Exclude<Coding, 'identity'>): string {
    return `${this.edition.etag.slice(0, -1)}${SUFFIX[coding]}"`;
  }

  #vary(): string[] {
    return this.negotiable ? ['Vary', 'Accept-Encoding'] : [];
  }

  #formOf(coding: Coding, body: Buffer): Form {
    const etag = coding === 'identity' ? this.edition.etag : this.#tagOf(coding);
    // RFC 9110, 8.6: a 204 has no length.
    const length = this.edition.status === 204 ? [] : ['Content-Length', String(body.length)];
    const headers = [
      ...contentHeaders(this.edition),
      ...length,
      ...validatorHeaders(this.edition, etag),
      ...this.#vary(),
      ...(coding === 'identity' ? ['Accept-Ranges', 'bytes'] : ['Content-Encoding', coding]),
    ];
    return { body, head: new PreparedHead(this.edition.status, headers) };
  }
}
