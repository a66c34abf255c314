import { z } from 'zod';
import type { Operation } from './operation.ts';
import { problem } from './schemas.ts';

const json = (schema: z.ZodType) => ({
  'application/json': { schema: z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' }) },
});

/** Returns the API's description as OpenAPI 3.1.1 (spec.openapis.org/oas/v3.1.1). */
export function openApiDocument(operations: readonly Operation[], publicUrl: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    paths[path] ??= {};
    paths[path][operation.method.toLowerCase()] = describe(operation);
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Riascolta',
      version: '1',
      description: 'Publishing for programs. Tokens are made in the studio, under “My account”.',
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    servers: [{ url: publicUrl }],
    security: [{ token: [] }],
    paths,
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  };
}

function describe({ method, path, about, tag, query = {}, takes, takesForm, gives }: Operation): object {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = Object.entries(query).map(([name, description]) => ({
    name,
    in: 'query',
    description,
    schema: { type: 'string' },
  }));
  const failed = (description: string) => ({ description, content: json(problem) });
  return {
    operationId: `${method.toLowerCase()}${path.replace('/api/v1', '').replace(/[/:]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary: about,
    tags: [tag],
    parameters: [...inPath, ...inQuery],
    ...(takes && {
      requestBody: {
        required: true,
        content: { ...json(takes), ...(takesForm && { 'multipart/form-data': formOf(takes) }) },
      },
    }),
    responses: {
      '2XX': { description: 'Done, or (202) begun.', ...(gives && { content: json(gives) }) },
      '401': failed('No token, or none that is good.'),
      '403': failed('The token may not.'),
      '4XX': failed('It cannot be done as asked; the sentence says why.'),
    },
  };
}

/** Returns the schema of the form: the same fields, lists separated by commas, and the files. */
const formOf = (takes: z.ZodType) => ({
  schema: {
    type: 'object',
    description: 'The fields of the JSON form as texts (lists with commas), and the files.',
    properties: {
      ...Object.fromEntries(
        Object.keys(z.toJSONSchema(takes, { io: 'input' }).properties ?? {}).map((name) => [
          name,
          { type: 'string' },
        ]),
      ),
      audio: { type: 'array', items: { type: 'string', format: 'binary' } },
      cover: { type: 'string', format: 'binary' },
      transcript: { type: 'array', items: { type: 'string', format: 'binary' } },
    },
  },
});
