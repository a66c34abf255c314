import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { Refused } from '../model/problem.ts';

/**
 * OWASP's Password Storage Cheat Sheet: Argon2id with 19 MiB, two passes, one lane
 * (docs/decisions/accounts.md).
 */
const COST = { memory: 19_456, passes: 2, parallelism: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** More people than a radio ever has at once; about six seconds of work. */
const MOST_WAITING = 30;

/** Hashes passwords one after the other, so that many who log in at once take no more memory than one. */
export type Passwords = {
  /** Returns the password's hash in PHC form. */
  hash(password: string): Promise<string>;
  /** Returns whether a password has this hash; without a hash `false`, after the same work. */
  isRight(password: string, hash: string | null | undefined): Promise<boolean>;
  /** Throws `Refused` (`login-throttled`) when too many are waiting. */
  checkRoom(): void;
};

/** Returns whether a hash was made with less (or other) work than is asked for now. */
export function isOutdated(hash: string): boolean {
  const stored = parse(hash);
  return (
    stored.memory !== COST.memory || stored.passes !== COST.passes || stored.parallelism !== COST.parallelism
  );
}

/** Returns a queue in which passwords are hashed one at a time. */
export function openPasswords(): Passwords {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  const checkRoom = () => {
    if (waiting >= MOST_WAITING) throw new Refused('login-throttled', { minutes: '1' });
  };
  const inTurn = async (parameters: Argon2Parameters): Promise<Buffer> => {
    checkRoom();
    waiting += 1;
    const turn = last.then(() => derive(parameters));
    last = turn.catch(() => {});
    try {
      return await turn;
    } finally {
      waiting -= 1;
    }
  };
  return {
    checkRoom,
    async hash(password) {
      const nonce = randomBytes(SALT_BYTES);
      return write(
        nonce,
        await inTurn({ ...COST, message: message(password), nonce, tagLength: HASH_BYTES }),
      );
    },
    async isRight(password, hash) {
      const stored = hash == null ? NOBODY : parse(hash);
      const { memory, passes, parallelism, nonce } = stored;
      const tagLength = stored.tag.length;
      const tag = await inTurn({ memory, passes, parallelism, nonce, tagLength, message: message(password) });
      return timingSafeEqual(tag, stored.tag) && hash != null;
    },
  };
}

type Stored = typeof COST & { nonce: Buffer; tag: Buffer };

const NOBODY: Stored = { ...COST, nonce: randomBytes(SALT_BYTES), tag: randomBytes(HASH_BYTES) };

/** Returns one form of what different keyboards type for the same letter (NIST SP 800-63B, 3.1.1.2). */
const message = (password: string): string => password.normalize('NFKC');

const derive = (parameters: Argon2Parameters): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, tag) => (error === null ? resolve(tag) : reject(error)));
  });

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

/** PHC string format: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. */
const write = (nonce: Buffer, tag: Buffer): string =>
  `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${unpadded(nonce)}$${unpadded(tag)}`;

function parse(hash: string): Stored {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(hash);
  if (parts === null) throw new Error('a password hash is not in the form that is written here');
  const [, memory, passes, parallelism, nonce = '', tag = ''] = parts;
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    nonce: Buffer.from(nonce, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}
