import { equalBytes, type Registration } from '@hexkey/protocol';
import type { GroupOperations } from '../evaluation/group-operations.ts';
import { NodeRefusal } from '../refusal.ts';

/** @throws {NodeRefusal} 400 for a scalar or point that is none, or a public key that is not the private key's */
export function checkRegistration(group: GroupOperations, registration: Registration): void {
  const { oprfPrivateKey, encryptionKeyScalarShare, oprfSignedPublicKey } = registration;
  const publicKey = group.isScalar(oprfPrivateKey) ? group.publicKeyOf(oprfPrivateKey) : null;
  if (publicKey === null || !equalBytes(publicKey, oprfSignedPublicKey.publicKey))
    throw new NodeRefusal(400, 'the OPRF key is not valid');
  if (!group.isScalar(encryptionKeyScalarShare)) throw new NodeRefusal(400, 'the scalar share is not valid');
}
