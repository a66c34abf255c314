import type { StatementSync } from 'node:sqlite';
import type { Opened } from './generations.ts';

const ALL = `(select id from lists where kind = 'all' and slug = '')`;
const SCHEDULE = `
  select
    (select value from meta where name = 'revision') as revision,
    (select max(published_at) from list_entries where list_id = ${ALL} and published_at <= ?) as since,
    (select min(published_at) from list_entries where list_id = ${ALL} and published_at > ?) as until`;

const number = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

/**
 * The token of what one open generation holds at a moment. Between two writes, and between one scheduled second and the
 * next, it costs one pragma that reads shared memory.
 */
export class StateOfGeneration {
  readonly #generation: string;
  readonly #dataVersion: StatementSync;
  readonly #schedule: StatementSync;
  #version: unknown;
  #since = Number.POSITIVE_INFINITY;
  #until = Number.NEGATIVE_INFINITY;
  #token = '';

  constructor({ generation, connection }: Opened) {
    this.#generation = generation;
    this.#dataVersion = connection.keep('pragma data_version');
    this.#schedule = connection.keep(SCHEDULE);
  }

  at(now: number): string {
    const version = this.#dataVersion.get()?.data_version;
    if (version !== this.#version || now < this.#since || now >= this.#until) {
      const row = this.#schedule.get(now, now);
      this.#version = version;
      this.#since = number(row?.since, Number.NEGATIVE_INFINITY);
      this.#until = number(row?.until, Number.POSITIVE_INFINITY);
      const since = number(row?.since, 0).toString(36);
      this.#token = `${this.#generation}.${String(row?.revision ?? 0)}.${since}`;
    }
    return this.#token;
  }
}
