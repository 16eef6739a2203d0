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
import { WalletRewrap } from '../wallet-views.ts';

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
  answer: Exact({
    nonce: Bytes(16),
    expiresAtMs: TimeMs,
    /** Keys of secrets that are prepared and not activated: signed under one of them, PIN-auth is good too. */
    preparedPinAuthKeys: Type.Array(Ed25519PublicKey),
  }),
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
  /** `repair`: the PIN is the same, and a node that missed it is given it. */
  body: Exact({ kind: Type.Union([Type.Literal('change'), Type.Literal('repair')]) }),
});

/** The server follows what the nodes did; that they did it only the client knows. */
export const moveNodeSet = route({
  name: 'moveNodeSet',
  summary: 'Nodes of a later set serve the PIN from now on',
  method: 'POST',
  path: '/api/v1/account/pin/node-set',
  access: 'full',
  pinAuth: true,
  /** `done`: every node of the set before has erased its record, and none of the new ones waits for anything. */
  body: Exact({ nodeSetHash: Bytes(32), done: Type.Boolean() }),
});

export const prepareNewSecret = route({
  name: 'prepareNewSecret',
  summary: 'What the server keeps of a new S_pin, before the first node is given it',
  method: 'PUT',
  path: '/api/v1/account/pin/new-secret',
  access: 'full',
  pinAuth: true,
  body: Exact({
    pinAuthKey: Ed25519PublicKey,
    sealedEntropy: Nullable(BytesUpTo(128)),
    /** Of an account that has a wallet: what takes the place of its own with the new secret. */
    wallet: Nullable(WalletRewrap),
  }),
});

/** Signed under the prepared key, which is the account's from then on. */
export const activateNewSecret = route({
  name: 'activateNewSecret',
  summary: 'The nodes have committed a new S_pin: every other session ends',
  method: 'POST',
  path: '/api/v1/account/pin/new-secret/activate',
  access: 'full',
  pinAuth: true,
  answer: SessionView,
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
