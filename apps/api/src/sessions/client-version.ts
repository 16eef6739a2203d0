import { DomainError } from '@hexkey/contract';

/** HTTP field name, lower case. */
export const clientField = 'hexkey-client';
const form = /^[a-z][a-z0-9-]{0,31}\/([0-9]{1,5}\.[0-9]{1,5}\.[0-9]{1,5})$/;

/**
 * Checks `Hexkey-Client: NAME/MAJOR.MINOR.PATCH`.
 * @throws {DomainError} `InvalidField` without one, `UpdateRequired` below the minimum
 */
export function checkClientVersion(header: string | null, minimumVersion: string): void {
  const version = form.exec(header ?? '')?.[1];
  if (version === undefined)
    throw new DomainError('InvalidField', {
      field: 'Hexkey-Client',
      problem: 'must be NAME/MAJOR.MINOR.PATCH',
    });
  if (isBelow(version, minimumVersion)) throw new DomainError('UpdateRequired', { minimumVersion });
}

function isBelow(version: string, minimum: string): boolean {
  const left = version.split('.').map(Number);
  const right = minimum.split('.').map(Number);
  const differing = left.findIndex((part, index) => part !== right[index]);
  return differing >= 0 && (left[differing] as number) < (right[differing] as number);
}
