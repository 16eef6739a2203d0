import { Ajv } from 'ajv';
import type { FastifySchema, FastifySchemaCompiler } from 'fastify';

const strict = { strict: true, removeAdditional: false, useDefaults: false, allErrors: false } as const;
const bodies = new Ajv({ ...strict, coerceTypes: false });
// A query has only text, so numbers in it must be read from text; nothing else is converted.
const queries = new Ajv({ ...strict, coerceTypes: true });

/** Compiles a route's schemas: what does not fit is refused, never changed to fit. */
export const compileSchema: FastifySchemaCompiler<FastifySchema> = ({ schema, httpPart }) =>
  (httpPart === 'querystring' ? queries : bodies).compile(schema as object);
