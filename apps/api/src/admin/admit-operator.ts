import { type AdminCommandName, DomainError, type ErrorDetails } from '@hexkey/contract';
import { type OperatorHeader, operatorStatement, parseOperatorHeader, verifyEd25519 } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { endOfOperatorChallenge } from './operator-challenges.ts';

/** Who signed a command, and what the server has checked of it before it reads the body. */
export interface ClaimedOperator {
  readonly header: OperatorHeader;
  /** Of the key. */
  readonly name: string;
  readonly challengeEndsAtMs: number;
}

type Needed = Pick<Deps, 'clock' | 'keys' | 'stores'>;

/**
 * Whether a request may be read at all: it names a key that may ask, and a challenge of this server that has not ended.
 * @throws {DomainError} `OperatorNotAdmitted`
 */
export async function claimOperator(
  { clock, keys, stores }: Needed,
  field: string | null,
): Promise<ClaimedOperator> {
  const header = parseOperatorHeader(field ?? '');
  if (header === null) throw notAdmitted('signature');
  const key = await stores.namedKeys.ofPublicKey(header.publicKey);
  if (key === null || key.removed_at_ms !== null) throw notAdmitted('key');
  const endsAtMs = endOfOperatorChallenge({ keys }, header.challenge);
  if (endsAtMs === null || endsAtMs <= clock.now()) throw notAdmitted('challenge');
  return { header, name: key.name, challengeEndsAtMs: endsAtMs };
}

/**
 * Checks the signature over this very command and body, and uses the challenge up: for good, whatever becomes of the command. A signature
 * that is wrong uses nothing up, or whoever sees a challenge on its way could spoil it.
 * @param origin of this installation
 * @throws {DomainError} `OperatorNotAdmitted`
 */
export async function admitOperator(
  { stores }: Needed,
  { header, challengeEndsAtMs }: ClaimedOperator,
  request: { readonly origin: string; readonly command: AdminCommandName; readonly body: Uint8Array },
): Promise<void> {
  const { publicKey, challenge, signature } = header;
  if (!verifyEd25519(publicKey, operatorStatement({ ...request, challenge }), signature))
    throw notAdmitted('signature');
  if (!(await stores.namedKeys.useChallenge(challenge, challengeEndsAtMs))) throw notAdmitted('challenge');
}

const notAdmitted = (reason: ErrorDetails['OperatorNotAdmitted']['reason']) =>
  new DomainError('OperatorNotAdmitted', { reason });
