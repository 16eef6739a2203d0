import { fromBase64url, Secret, toBase64url } from '@hexkey/protocol';

/** What a new device shows. Only who has seen it can seal to the device: the HPKE key goes to no server. */
export interface ShownLink {
  /** UUID text. */
  readonly linkId: string;
  /** X25519 public key, 32 bytes. */
  readonly hpkeKey: Uint8Array;
  /** RFC 7638 thumbprint of the device key. */
  readonly deviceKeyThumbprint: string;
}

const form =
  /#1\.([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})\.([\w-]{43})\.([\w-]{43})$/;

/** `ORIGIN/link#1.LINK.HPKE-KEY.THUMBPRINT`: browsers send no fragment to a server. @param origin of this server */
export function formatLinkCode(origin: string, link: ShownLink): Secret<string> {
  const { linkId, hpkeKey, deviceKeyThumbprint } = link;
  return new Secret(`${origin}/link#1.${linkId}.${toBase64url(hpkeKey)}.${deviceKeyThumbprint}`);
}

/** Null for anything else. The server it names is not asked: ours knows its own links. */
export function parseLinkCode(code: Secret<string>): ShownLink | null {
  const [, linkId, hpkeKey, deviceKeyThumbprint] = form.exec(code.reveal().trim()) ?? [];
  if (linkId === undefined || hpkeKey === undefined || deviceKeyThumbprint === undefined) return null;
  try {
    return { linkId, hpkeKey: fromBase64url(hpkeKey), deviceKeyThumbprint };
  } catch (error) {
    // The right characters, and yet no bytes: a second spelling.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
