import { routes } from '@hexkey/contract';
import { readCredential, toBase64url } from '@hexkey/protocol';
import type { Engine } from './engine.ts';

/** Below this, more are made. */
const fewPackages = 20;
const fullSupply = 50;
const lastResortServesMs = 21 * 24 * 60 * 60_000;
const publishedKey = (deviceId: string) => `last-resort/${deviceId}`;

/** When the one of last resort was made, and for which AIK, base64url: packages of another one bring nobody in. */
interface Published {
  readonly atMs: number;
  readonly aik: string;
}

/**
 * Keeps key packages at the server, by which others bring this device into conversations while it is away.
 * @param left how many the server still has
 */
export async function publishKeyPackages(engine: Engine, left: number): Promise<void> {
  const { crypto, client, caller, book, deviceId } = engine;
  const nowMs = client.deps.clock.now();
  const aik = await ownAik(engine);
  if (aik === null) return;
  const published = await book.get<Published>(publishedKey(deviceId));
  const isOfAik = published?.aik === aik;
  const isFresh = isOfAik && nowMs - published.atMs < lastResortServesMs;
  const usable = isOfAik ? left : 0;
  if (usable >= fewPackages && isFresh) return;
  const count = usable >= fewPackages ? 0 : fullSupply - usable;
  const keyPackages = count === 0 ? [] : await crypto.makeKeyPackages(count);
  const lastResort = isFresh ? null : await crypto.makeLastResort();
  const body = {
    keyPackages: keyPackages.map(toBase64url),
    lastResort: lastResort === null ? null : toBase64url(lastResort),
  };
  await client.api.call(routes.publishKeyPackages, { caller, body });
  if (!isFresh)
    await book.change(async (rows) =>
      rows.put(publishedKey(deviceId), { atMs: nowMs, aik } satisfies Published),
    );
}

/** A PIN entry has made this device's credential anew. Under another AIK others can bring it in by new key packages only. */
export async function takeCredential(engine: Engine): Promise<void> {
  const { identity, crypto } = engine;
  const credential = (await identity.own())?.credential;
  if (!credential) return;
  await crypto.setCredential(credential);
  await publishKeyPackages(engine, fullSupply);
}

/** Null while this device speaks for nobody. */
async function ownAik({ identity }: Engine): Promise<string | null> {
  const credential = (await identity.own())?.credential;
  return credential ? toBase64url(readCredential(credential).aik) : null;
}
