import type { Static, TSchema } from 'typebox';

/** Who may call a route: anyone, any live session (a locked one too), or a session that has shown its PIN. */
export type Access = 'public' | 'session' | 'full';

/** One endpoint: the server registers it, the client calls it, and both are typed by it. */
export interface Route<
  Query extends TSchema | undefined = TSchema | undefined,
  Body extends TSchema | undefined = TSchema | undefined,
  Answer extends TSchema | undefined = TSchema | undefined,
> {
  /** Unique; also the operation a PIN-auth signature names. */
  readonly name: string;
  readonly summary: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: `/api/${string}`;
  readonly access: Access;
  /** The caller must prove the PIN for this very call (docs/protocol/account-api.md section 2). */
  readonly pinAuth?: true;
  /** With `pinAuth`: the key that the session registered to pay without the PIN serves too, within its window (docs/protocol/wallet.md section 5). */
  readonly orPayKey?: true;
  /** Where it differs from the server's 8 KiB. */
  readonly bodyLimitBytes?: number;
  readonly query?: Query;
  readonly body?: Body;
  /** Absent: 204 and no body. */
  readonly answer?: Answer;
}

type StaticOf<S> = S extends TSchema ? Static<S> : undefined;
export type QueryOf<R extends Route> =
  R extends Route<infer Q, TSchema | undefined, TSchema | undefined> ? StaticOf<Q> : never;
export type BodyOf<R extends Route> =
  R extends Route<TSchema | undefined, infer B, TSchema | undefined> ? StaticOf<B> : never;
export type AnswerOf<R extends Route> =
  R extends Route<TSchema | undefined, TSchema | undefined, infer A> ? StaticOf<A> : never;

/** Declares a route and keeps the exact types of its schemas. */
export function route<
  const R extends Route<Q, B, A>,
  Q extends TSchema | undefined = undefined,
  B extends TSchema | undefined = undefined,
  A extends TSchema | undefined = undefined,
>(declaration: R & { query?: Q; body?: B; answer?: A }): Route<Q, B, A> & R {
  return declaration;
}
