import { DomainError } from '@hexkey/contract';
import { readPrivateFile, writePrivateFile } from '@hexkey/sdk/node';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';

const ProfileSettings = Type.Object({
  /** Origin without a trailing slash. */
  server: Type.String(),
  /** Base64url, 32 bytes: signs the list of PIN nodes. */
  operatorKey: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
  /** Base64url, 32 bytes: signs what Team Hexkey says. Of the first answer of the server. */
  teamKey: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })),
});

/** What a profile began with and keeps: public, but whoever changes it chooses the PIN nodes. */
export type ProfileSettings = Static<typeof ProfileSettings>;

/** Null for a new profile. @throws {DomainError} `StorageUnavailable` */
export function readProfileSettings(path: string): ProfileSettings | null {
  const text = readPrivateFile(path);
  if (text === null) return null;
  const settings = jsonOf(text);
  if (!Value.Check(ProfileSettings, settings))
    throw new DomainError('StorageUnavailable', { problem: 'damaged' });
  return settings;
}

export function writeProfileSettings(path: string, settings: ProfileSettings): void {
  writePrivateFile(path, `${JSON.stringify(settings, null, 2)}\n`);
}

/** Null for what is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
