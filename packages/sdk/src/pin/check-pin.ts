import { DomainError } from '@hexkey/contract';
import type { Secret } from '@hexkey/protocol';

/**
 * Whether a new PIN is allowed: six digits, more than two of them distinct, and not 123456 (product specification, section 2).
 * @throws {DomainError} `WeakPin`
 */
export function checkNewPin(pin: Secret<string>): void {
  const digits = pin.reveal();
  const weak = !/^[0-9]{6}$/.test(digits) || new Set(digits).size <= 2 || digits === '123456';
  if (weak) throw new DomainError('WeakPin', {});
}

/** An entry that cannot be a PIN is not sent to the nodes, where it would cost a guess. @throws {DomainError} `InvalidField` */
export function checkPinForm(pin: Secret<string>): void {
  if (!/^[0-9]{6}$/.test(pin.reveal()))
    throw new DomainError('InvalidField', { field: 'pin', problem: 'not six digits' });
}
