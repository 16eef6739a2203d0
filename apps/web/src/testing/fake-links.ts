import { DomainError } from '@hexkey/contract';
import { Secret } from '@hexkey/protocol';
import type { DeviceLinks, Place } from '@hexkey/sdk';

/** The one code of a new device that the fake knows, and the one it shows. */
export const fakeLinkCode = `https://hexkey.example/link#1.0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e.${'h'.repeat(42)}8.${'t'.repeat(42)}8`;

export interface FakeLinks {
  readonly nowMs: () => number;
  readonly prove: (pin: Secret<string>) => Promise<void>;
  readonly pause: () => Promise<unknown>;
  /** What a login leads to. */
  readonly enter: () => Place;
  /** How far the other device goes with the code that is shown here. */
  readonly fate: 'waits' | 'scanned' | 'approved' | 'forged' | 'fails';
  /** Codes that are opened here are over; or are over when the PIN was typed. */
  readonly isGone: 'at-once' | 'after-the-pin' | 'no';
}

export function createFakeLinks({ nowMs, prove, pause, enter, fate, isGone }: FakeLinks): DeviceLinks {
  const gone = () => new DomainError('NotFound', { what: 'device-link' });
  let failures = fate === 'fails' ? 1 : 0;
  return {
    async show(onState, signal) {
      await pause();
      if (signal.aborted) return null;
      failures -= 1;
      if (failures === 0) throw new DomainError('Offline', {});
      onState({ step: 'code', code: new Secret(fakeLinkCode), madeAtMs: nowMs() });
      if (fate === 'waits' || fate === 'fails') return new Promise(() => undefined);
      await pause();
      if (!signal.aborted) onState({ step: 'scanned' });
      if (fate === 'scanned') return new Promise(() => undefined);
      await pause();
      if (signal.aborted) return null;
      if (fate === 'forged') throw new DomainError('LinkNotGenuine', {});
      return enter();
    },
    async open(code) {
      await pause();
      if (code.reveal().trim() !== fakeLinkCode) throw new DomainError('NotALinkCode', {});
      if (isGone === 'at-once') throw gone();
      return {
        name: 'Safari on iPhone',
        platform: 'web',
        place: '203.0.113.58',
        async approve(pin) {
          await prove(pin);
          if (isGone === 'after-the-pin') throw gone();
        },
      };
    },
  };
}
