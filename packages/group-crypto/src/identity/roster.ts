import { toBase64url } from '@hexkey/protocol';
import type { RatchetTree } from 'ts-mls';
import type { GroupMember, ValidateCredential, VerifiedDevice } from '../group-crypto.ts';

/** Who sits on each leaf, in the order of the leaves. */
export type Roster = readonly GroupMember[];

export interface Leaf {
  readonly leafIndex: number;
  readonly signatureKey: Uint8Array;
  readonly identity: Uint8Array;
}

/** The leaves of a tree that are taken: every second node (RFC 9420 appendix C). A credential that is not basic has no identity. */
export function leavesOf(tree: RatchetTree): readonly Leaf[] {
  return tree.flatMap((node, nodeIndex) => {
    if (node?.nodeType !== 'leaf') return [];
    const { credential, signaturePublicKey } = node.leaf;
    const identity = credential.credentialType === 'basic' ? credential.identity : new Uint8Array(0);
    return [{ leafIndex: nodeIndex / 2, signatureKey: signaturePublicKey, identity }];
  });
}

/** Remembers what each credential said, so that one operation asks once for each. */
export interface CredentialCheck {
  /** @throws whatever `validate` throws: then nothing is known about the credential */
  device(identity: Uint8Array, signatureKey: Uint8Array): Promise<VerifiedDevice | null>;
  /** Whether some credential was refused. */
  refused(): boolean;
  /** What `validate` threw, or undefined. The library may have turned it into another error. */
  failure(): unknown;
}

export function checkCredentials(validate: ValidateCredential): CredentialCheck {
  const answers = new Map<string, Promise<VerifiedDevice | null>>();
  let refused = false;
  let failure: unknown;
  async function ask(identity: Uint8Array, signatureKey: Uint8Array) {
    try {
      const device = await validate(identity, signatureKey);
      refused ||= device === null;
      return device;
    } catch (error) {
      failure = error;
      throw error;
    }
  }
  return {
    device(identity, signatureKey) {
      const name = nameOf(identity, signatureKey);
      const known = answers.get(name);
      if (known !== undefined) return known;
      const answer = ask(identity, signatureKey);
      answers.set(name, answer);
      return answer;
    },
    refused: () => refused,
    failure: () => failure,
  };
}

/**
 * The roster of a tree; those who sit where they sat before are not checked again.
 * @returns null when a credential is not valid
 */
export async function rosterOf(
  tree: RatchetTree,
  before: Roster,
  check: CredentialCheck,
): Promise<Roster | null> {
  const known = new Map(before.map((member) => [nameOf(member.identity, member.signatureKey), member]));
  const roster: GroupMember[] = [];
  for (const leaf of leavesOf(tree)) {
    const name = nameOf(leaf.identity, leaf.signatureKey);
    const device = known.get(name) ?? (await check.device(leaf.identity, leaf.signatureKey));
    if (device === null) return null;
    const { accountId, deviceId, accountKey } = device;
    roster.push({ accountId, deviceId, accountKey, ...leaf });
  }
  return roster;
}

function nameOf(identity: Uint8Array, signatureKey: Uint8Array): string {
  return `${toBase64url(signatureKey)}.${toBase64url(identity)}`;
}
