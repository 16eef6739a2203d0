import { concatBytes, lengthPrefixed, utf8 } from '../encoding/bytes.ts';

/** What the login key signs to register or log in on a device (docs/protocol/account-api.md section 3). */
export function loginStatement(input: {
  readonly purpose: 'register' | 'login';
  /** 32 bytes from the server, one use. */
  readonly challenge: Uint8Array;
  readonly loginKey: Uint8Array;
  readonly deviceKey: Uint8Array;
}): Uint8Array<ArrayBuffer> {
  return statement('hexkey/1 login', utf8(input.purpose), input.challenge, input.loginKey, input.deviceKey);
}

/** What the login key signs when it becomes a way into an account (section 3, `attach`). */
export function attachStatement(input: {
  /** UUID text. */
  readonly accountId: string;
  readonly loginKey: Uint8Array;
  readonly deviceKey: Uint8Array;
}): Uint8Array<ArrayBuffer> {
  return statement('hexkey/1 login', utf8('attach'), utf8(input.accountId), input.loginKey, input.deviceKey);
}

/** Parts one after another, each behind its length, the first naming the statement: no two statements have equal bytes. */
export function statement(name: string, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return concatBytes(lengthPrefixed(utf8(name)), ...parts.map(lengthPrefixed));
}
