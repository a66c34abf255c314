import type { z } from 'zod';
import type { Access, Method, Route } from '../route.ts';

/** A route of the API with what the OpenAPI document says of it. */
export type Operation = {
  method: Method;
  path: string;
  who: Access;
  /** One English sentence. */
  about: string;
  tag: 'episodes' | 'drafts' | 'shows' | 'uploads';
  query?: Record<string, string>;
  takes?: z.ZodType;
  /** It also takes the same as a form, files included. */
  takesForm?: boolean;
  gives?: z.ZodType;
  handle: Route['handle'];
};
