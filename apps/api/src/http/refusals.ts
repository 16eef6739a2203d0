import { DomainError, problemMediaType, problemOf } from '@hexkey/contract';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { framesOf } from '../stack-frames.ts';

/** The one place where anything thrown becomes an answer. */
export function answerError(
  error: FastifyError | DomainError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const refusal = refusalOf(error);
  if (refusal === null) {
    const { name, code } = error;
    request.log.error({ name, code, frames: framesOf(error) }, 'unexpected error');
  }
  answerRefusal(refusal ?? new DomainError('Internal', {}), reply);
}

export function answerRefusal(refusal: DomainError, reply: FastifyReply): void {
  const problem = problemOf(refusal);
  const retryAfterMs = problem.details.retryAfterMs;
  // RFC 9110 section 10.2.3, for clients that know nothing of ours.
  if (typeof retryAfterMs === 'number') reply.header('retry-after', Math.ceil(retryAfterMs / 1000));
  reply.code(problem.status).type(problemMediaType).send(JSON.stringify(problem));
}

function refusalOf(error: FastifyError | DomainError): DomainError | null {
  if (error instanceof DomainError) return error;
  if (error.validation !== undefined) return invalid(fieldOf(error), problemIn(error));
  // What the framework refuses by itself: broken JSON, another media type, a body over the limit, a bad URL.
  if (error.code?.startsWith('FST_ERR_') && error.statusCode !== undefined && error.statusCode < 500)
    return invalid('request', frameworkProblems[error.code] ?? 'not a well-formed request');
  if (error instanceof SyntaxError && (error as FastifyError).statusCode === 400)
    return invalid('body', 'not JSON');
  return null;
}

const frameworkProblems: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'the media type must be application/json',
  FST_ERR_CTP_BODY_TOO_LARGE: 'the body is too large',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'the body has another length than announced',
  FST_ERR_CTP_INVALID_JSON_BODY: 'the body is not JSON',
};

/** Names from the schema only: what the caller wrote is never sent back. */
function fieldOf({ validation, validationContext }: FastifyError): string {
  const first = validation?.[0];
  const member = first?.params.missingProperty;
  const path = first?.instancePath.split('/').filter((part) => part !== '') ?? [];
  const names = typeof member === 'string' ? [...path, member] : path;
  return names.length > 0 ? names.join('.') : (validationContext ?? 'request');
}

function problemIn({ validation }: FastifyError): string {
  const first = validation?.[0];
  return first?.keyword === 'additionalProperties'
    ? 'has a member that is not known'
    : (first?.message ?? 'invalid');
}

const invalid = (field: string, problem: string) => new DomainError('InvalidField', { field, problem });
