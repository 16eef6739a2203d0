import { type Static, type TSchema, Type } from 'typebox';
import { Compile } from 'typebox/schema';
import type { DevnetParts } from '../devnet-parts.ts';
import { invalidParams } from './rpc-error.ts';

/** One method of the RPC. Its parameters come by position, as clients of Solana send them. */
export interface RpcMethod {
  call(parts: DevnetParts, params: readonly unknown[]): unknown;
}

type Values<P extends readonly TSchema[]> = { [K in keyof P]: Static<P[K]> };

/** A parameter that may be left out. */
export const Maybe = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null(), Type.Undefined()]);

/**
 * A method whose parameters are checked against schemas before it runs.
 *
 * @throws {RpcError} -32602, names the parameter
 */
export function method<const P extends readonly TSchema[]>(
  schemas: P,
  run: (parts: DevnetParts, ...values: Values<P>) => unknown,
): RpcMethod {
  const checks = schemas.map((schema) => Compile(schema));
  return {
    call(parts, params) {
      if (params.length > checks.length)
        throw invalidParams(`Invalid params: expected at most ${checks.length}, got ${params.length}`);
      for (const [index, check] of checks.entries()) {
        const value = params[index];
        if (check.Check(value)) continue;
        const [, [first]] = check.Errors(value);
        const at = first?.instancePath ? ` at ${first.instancePath}` : '';
        throw invalidParams(
          value === undefined
            ? `Invalid params: parameter ${index + 1} is missing`
            : `Invalid params: parameter ${index + 1}${at} ${first?.message ?? 'does not fit'}`,
        );
      }
      const values = checks.map((_, index) => params[index]) as unknown as Values<P>;
      return run(parts, ...values);
    },
  };
}
