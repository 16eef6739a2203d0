import { DomainError, type ErrorName, errorTable } from './errors.ts';

/** The media type of every refusal. RFC 9457. */
export const problemMediaType = 'application/problem+json';

/** RFC 9457 problem document. `name` and `code` identify the refusal; the rest of its details are members of their own. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: number;
  readonly name: ErrorName;
  readonly details: Record<string, unknown>;
}

/** The document a refusal is sent as. @param status HTTP status the route answers with */
export function problemOf(error: DomainError): Problem {
  const { code, status } = errorTable[error.name];
  return {
    type: `urn:hexkey:error:${error.name}`,
    title: error.name,
    status: status ?? 500,
    code,
    name: error.name,
    details: { ...error.details },
  };
}

/** The refusal a document stands for, or null when it is none of ours (a proxy's error page, a newer server's code). */
export function domainErrorOf(document: unknown): DomainError | null {
  if (typeof document !== 'object' || document === null) return null;
  const { name, code, details } = document as Partial<Problem>;
  if (typeof name !== 'string' || !Object.hasOwn(errorTable, name)) return null;
  if (errorTable[name as ErrorName].code !== code || typeof details !== 'object' || details === null)
    return null;
  return new DomainError(name as ErrorName, details as never);
}
