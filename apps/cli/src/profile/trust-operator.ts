import { fromBase64url, fromHex, keyFingerprint, toBase64url } from '@hexkey/protocol';
import type { Options } from '../options.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import type { ProfileSettings } from './profile-settings.ts';

/**
 * The key that signs the list of PIN nodes. It decides who gets a PIN's shares, so the server's word for it is not enough: it is given
 * with --operator-key, or compared by a person at the first use (ADR 35). From then on it is pinned.
 *
 * @param askServer the key the server says it has
 * @returns 32 bytes
 * @throws {UsageError} another key than the pinned one, or nobody to compare a new one
 */
export async function trustOperator(
  { terminal, options, settings }: { terminal: Terminal; options: Options; settings: ProfileSettings | null },
  askServer: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const given = options['operator-key'] === undefined ? null : operatorKeyOfText(options['operator-key']);
  if (settings !== null) {
    if (given !== null && toBase64url(given) !== settings.operatorKey)
      throw new UsageError('This profile trusts another operator key. Choose another one with --profile.');
    return fromBase64url(settings.operatorKey);
  }
  if (given !== null) return given;
  const claimed = await askServer();
  const fingerprint = keyFingerprint(claimed);
  terminal.note(`The server names this operator key: ${fingerprint}`);
  terminal.note(
    'Compare it with what the operator publishes, or with Settings, About in a client you trust.',
  );
  const isSame = await terminal.confirm('Is it the same?', 'Pass the key with --operator-key.');
  if (!isSame) throw new UsageError('The operator key is not trusted. Nothing was kept.');
  return claimed;
}

/** The key without asking anybody: given, or pinned. @throws {UsageError} neither */
export function knownOperator(options: Options, settings: ProfileSettings | null): Uint8Array {
  if (options['operator-key'] !== undefined) return operatorKeyOfText(options['operator-key']);
  if (settings === null) throw new UsageError('This profile trusts no operator yet. Pass --operator-key.');
  return fromBase64url(settings.operatorKey);
}

/** 64 hexadecimal digits, or 43 characters of base64url. @throws {UsageError} */
function operatorKeyOfText(text: string): Uint8Array {
  if (/^[0-9a-fA-F]{64}$/.test(text)) return fromHex(text.toLowerCase());
  if (/^[A-Za-z0-9_-]{43}$/.test(text)) return fromBase64url(text);
  throw new UsageError('--operator-key must be 64 hexadecimal digits or 43 characters of base64url.');
}
