import type { AnswerOf, BodyOf, QueryOf, Route, RouteName, routes } from '@hexkey/contract';
import type { Caller } from '../sessions/authenticate-request.ts';

/** A call whose query and body fit the contract and whose caller may make it. */
export interface Call<R extends Route> {
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
  readonly caller: R['access'] extends 'public' ? null : Caller;
  /** Network address of the caller. */
  readonly address: string;
}

// biome-ignore lint/suspicious/noConfusingVoidType: a use case that answers nothing is a plain `Promise<void>`
type AnswerTo<R extends Route> = AnswerOf<R> extends undefined ? void : AnswerOf<R>;
type Handler<R extends Route> = (call: Call<R>) => Promise<AnswerTo<R>> | AnswerTo<R>;

/** One handler for every route of the contract: a missing or mistyped one fails to compile. */
export type Handlers = { readonly [N in RouteName]: Handler<(typeof routes)[N]> };
