import { lastResortExtension } from '../key-packages/last-resort.ts';
import { readMessage } from '../mls/message-bytes.ts';
import { cipherSuiteName } from '../mls/suite-name.ts';
import { type LeafSummary, summarizeLeaf } from './leaf-summary.ts';

/** What a KeyPackage says; its signatures are checked by who adds it. RFC 9420 section 10. */
export interface KeyPackageSummary extends LeafSummary {
  /** Seconds since the epoch. */
  readonly lifetime: { readonly notBefore: number; readonly notAfter: number };
  readonly isLastResort: boolean;
}

/** @param bytes MLSMessage with a KeyPackage. @returns null for anything else, and for another cipher suite */
export function readKeyPackage(bytes: Uint8Array): KeyPackageSummary | null {
  const keyPackage = readMessage(bytes, 'mls_key_package')?.keyPackage;
  if (keyPackage === undefined || keyPackage.cipherSuite !== cipherSuiteName) return null;
  const { leafNode, extensions } = keyPackage;
  if (leafNode.leafNodeSource !== 'key_package') return null;
  const { notBefore, notAfter } = leafNode.lifetime;
  return {
    ...summarizeLeaf(leafNode),
    lifetime: { notBefore: Number(notBefore), notAfter: Number(notAfter) },
    isLastResort: extensions.some(({ extensionType }) => extensionType === lastResortExtension),
  };
}
