import { Type } from 'typebox';
import { route } from '../route.ts';
import {
  Bytes,
  BytesUpTo,
  Ed25519PublicKey,
  Ed25519Signature,
  Exact,
  Nullable,
  RealmId,
  TimeMs,
  Uuid,
} from '../schemas.ts';
import { LogEntry, SessionView } from '../views.ts';

export const getSession = route({
  name: 'getSession',
  summary: 'The state of the calling session',
  method: 'GET',
  path: '/api/v1/session',
  access: 'session',
  answer: SessionView,
});

/** Switch account: drops the session, without the PIN. The client refuses while it holds the only copy of E. */
export const switchAccount = route({
  name: 'switchAccount',
  summary: 'Drops the calling session without the PIN',
  method: 'DELETE',
  path: '/api/v1/session',
  access: 'session',
});

export const logOut = route({
  name: 'logOut',
  summary: 'Ends the calling session; needs the PIN and a recovery method',
  method: 'POST',
  path: '/api/v1/session/log-out',
  access: 'full',
  pinAuth: true,
});

export const issueNodeTokens = route({
  name: 'issueNodeTokens',
  summary: 'One token for each PIN node, at most 10 minutes, bound to the device key',
  method: 'POST',
  path: '/api/v1/node-tokens',
  access: 'session',
  answer: Exact({
    tokens: Type.Array(Exact({ realmId: RealmId, token: Type.String({ maxLength: 1000 }) })),
    expiresAtMs: TimeMs,
  }),
});

export const createPinChallenge = route({
  name: 'createPinChallenge',
  summary: 'A nonce for one PIN-auth signature',
  method: 'POST',
  path: '/api/v1/pin-challenges',
  access: 'session',
  answer: Exact({ nonce: Bytes(16), expiresAtMs: TimeMs }),
});

export const unlockSession = route({
  name: 'unlockSession',
  summary: 'Makes a locked session full',
  method: 'POST',
  path: '/api/v1/session/unlock',
  access: 'session',
  pinAuth: true,
  answer: SessionView,
});

export const preparePin = route({
  name: 'preparePin',
  summary: 'What the server keeps of a first PIN, before the first node commits it',
  method: 'PUT',
  path: '/api/v1/account/pin',
  access: 'session',
  body: Exact({
    pinAuthKey: Ed25519PublicKey,
    nodeSetHash: Bytes(32),
    loginKey: Ed25519PublicKey,
    /** By the login key (section 3, `attach`); for words accounts too, where the key must be the account's. */
    loginSignature: Ed25519Signature,
    sealedEntropy: Nullable(BytesUpTo(128)),
  }),
  answer: SessionView,
});

export const activatePin = route({
  name: 'activatePin',
  summary: 'The nodes have committed the first PIN: the account is guarded, the session full',
  method: 'POST',
  path: '/api/v1/account/pin/activate',
  access: 'session',
  pinAuth: true,
  answer: SessionView,
});

/** S_pin and with it the PIN-auth key stay; the server learns when and on which device, never which PIN. */
export const changePin = route({
  name: 'changePin',
  summary: 'The nodes hold a changed PIN and are about to commit it',
  method: 'POST',
  path: '/api/v1/account/pin/change',
  access: 'full',
  pinAuth: true,
});

/** Told by the client, because only the nodes and the client know: informative, decides nothing. */
export const reportAttempt = route({
  name: 'reportAttempt',
  summary: 'Adds a failed PIN entry of this session to the log',
  method: 'POST',
  path: '/api/v1/session/attempts',
  access: 'session',
  body: Exact({
    operation: Type.String({ pattern: '^[a-zA-Z]{1,40}$' }),
    outcome: Type.Union([Type.Literal('wrong-pin'), Type.Literal('locked')]),
  }),
});

const Page = Exact({
  /** Only entries older than this one. */
  before: Type.Optional(Uuid),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
});
const LogPage = Exact({ entries: Type.Array(LogEntry), more: Type.Boolean() });

export const listOwnAttempts = route({
  name: 'listOwnAttempts',
  summary: "This session's own entries, newest first",
  method: 'GET',
  path: '/api/v1/session/attempts',
  access: 'session',
  query: Page,
  answer: LogPage,
});

export const listLogs = route({
  name: 'listLogs',
  summary: 'Every attempt and sensitive operation of the account, newest first',
  method: 'GET',
  path: '/api/v1/logs',
  access: 'full',
  query: Page,
  answer: LogPage,
});
