import { Type } from 'typebox';
import { SignedDeviceListView } from '../messaging-views.ts';
import { route } from '../route.ts';
import {
  Bytes,
  Ed25519PublicKey,
  Ed25519Signature,
  Exact,
  HexkeyId,
  Nullable,
  TimeMs,
  Uuid,
} from '../schemas.ts';
import { DeviceOnHoldView, LimitsStateView, WalletLimitsView, WalletRecord } from '../wallet-views.ts';

export const getWallet = route({
  name: 'getWallet',
  summary: "What the server keeps of the caller's wallet",
  method: 'GET',
  path: '/api/v1/wallet',
  access: 'full',
  answer: Exact({
    wallet: Nullable(WalletRecord),
    /** Until when this device may neither transfer nor approve others; null for now. */
    holdUntilMs: Nullable(TimeMs),
  }),
});

/** The first one stays: the same again changes nothing, another one is answered with the one that is there. */
export const createWallet = route({
  name: 'createWallet',
  summary: 'Keeps the wallet that this device has made with the PIN nodes',
  method: 'POST',
  path: '/api/v1/wallet',
  access: 'full',
  pinAuth: true,
  bodyLimitBytes: 16 * 1024,
  body: WalletRecord,
  answer: Exact({ wallet: WalletRecord }),
});

/**
 * The same wallet with the shares that the nodes of another set hold. The account must be on that set; the same again, or an older one, changes nothing and is answered with the one that is
 * there. `InvalidField`; what a replacement of S_pin had prepared on the nodes before is over with it.
 */
export const moveWallet = route({
  name: 'moveWallet',
  summary: 'Keeps the wallet as the nodes hold it that the account was moved to',
  method: 'POST',
  path: '/api/v1/wallet/shares',
  access: 'full',
  pinAuth: true,
  bodyLimitBytes: 16 * 1024,
  body: WalletRecord,
  answer: Exact({ wallet: WalletRecord }),
});

/**
 * Limited. `AccountDeleted` when the person is gone, `NotFound` (wallet) before they have one. Whom the person blocks gets the same answer as
 * everybody: an address is no secret, and a block must not show.
 */
export const getWalletAddress = route({
  name: 'getWalletAddress',
  summary: 'Where a person is paid, signed by their account identity key',
  method: 'GET',
  path: '/api/v1/people/wallet-address',
  access: 'full',
  query: Exact({ hexkeyId: HexkeyId }),
  answer: Exact({
    accountId: Uuid,
    publicKey: Ed25519PublicKey,
    aik: Ed25519PublicKey,
    signature: Ed25519Signature,
    /** The devices that speak for the person, by which their key is pinned; null before there are any. */
    deviceList: Nullable(SignedDeviceListView),
  }),
});

export const getWalletLimits = route({
  name: 'getWalletLimits',
  summary: 'What may leave the wallet in a day',
  method: 'GET',
  path: '/api/v1/wallet/limits',
  access: 'full',
  answer: LimitsStateView,
});

/** The nodes are told by the client, and count for themselves. */
export const setWalletLimits = route({
  name: 'setWalletLimits',
  summary: 'Lowers limits at once and raises them 24 hours later; from a device past its hold',
  method: 'PUT',
  path: '/api/v1/wallet/limits',
  access: 'full',
  pinAuth: true,
  body: WalletLimitsView,
  answer: LimitsStateView,
});

export const listDevicesOnHold = route({
  name: 'listDevicesOnHold',
  summary: 'Devices that may not transfer yet',
  method: 'GET',
  path: '/api/v1/wallet/devices-on-hold',
  access: 'full',
  answer: Exact({ devices: Type.Array(DeviceOnHoldView) }),
});

export const approveDevice = route({
  name: 'approveDevice',
  summary: 'Ends the hold of another device; from one past its own',
  method: 'POST',
  path: '/api/v1/wallet/approve-device',
  access: 'full',
  pinAuth: true,
  body: Exact({ sessionId: Uuid }),
});

/** A key that this session may announce transfers with instead of the PIN, for so long after its last PIN. */
export const registerPayKey = route({
  name: 'registerPayKey',
  summary: 'Lets this device pay with a passkey',
  method: 'PUT',
  path: '/api/v1/wallet/pay-key',
  access: 'full',
  pinAuth: true,
  body: Exact({
    key: Bytes(32),
    windowMs: Type.Integer({ minimum: 15 * 60_000, maximum: 24 * 60 * 60_000 }),
  }),
});

/** The PIN was typed, though the server was not asked for anything: the window begins anew. Nothing happens without a key. */
export const renewPayKey = route({
  name: 'renewPayKey',
  summary: 'Begins the window of paying with a passkey anew',
  method: 'POST',
  path: '/api/v1/wallet/pay-key/renew',
  access: 'full',
  pinAuth: true,
});

/** Has every other device hear of it. What counts is what PIN nodes were told. */
export const announceWalletExport = route({
  name: 'announceWalletExport',
  summary: "Tells the owner's devices that the wallet's key is to leave, or has left",
  method: 'POST',
  path: '/api/v1/wallet/export',
  access: 'full',
  pinAuth: true,
  body: Exact({ step: Type.Union([Type.Literal('begun'), Type.Literal('taken')]) }),
});

/** Needs no PIN: it takes a right away. */
export const removePayKey = route({
  name: 'removePayKey',
  summary: 'Ends paying with a passkey on this device',
  method: 'DELETE',
  path: '/api/v1/wallet/pay-key',
  access: 'full',
});
