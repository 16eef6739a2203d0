import { Type } from 'typebox';
import { RecoveryKitView } from '../recovery-views.ts';
import { route } from '../route.ts';
import { Ed25519PublicKey, Exact, Nullable, TimeMs, Uuid } from '../schemas.ts';

export const getRecoveryKit = route({
  name: 'getRecoveryKit',
  summary: 'The state of the three recovery methods',
  method: 'GET',
  path: '/api/v1/recovery-kit',
  access: 'full',
  answer: RecoveryKitView,
});

/** Told after every word was typed in order; the server cannot see that, the PIN says that it is the owner who tells. */
export const confirmWordsBackup = route({
  name: 'confirmWordsBackup',
  summary: 'The owner has written the words down and passed the check',
  method: 'POST',
  path: '/api/v1/recovery-kit/words',
  access: 'full',
  pinAuth: true,
});

/**
 * A login of this method by this device key is then a rehearsal: its session can do nothing, is no device, and ends with the drill. One
 * drill at a time: another one ends the one before.
 */
export const startDrill = route({
  name: 'startDrill',
  summary: 'The owner is about to rehearse a recovery method',
  method: 'POST',
  path: '/api/v1/recovery-kit/drills',
  access: 'full',
  pinAuth: true,
  body: Exact({
    method: Type.Union([Type.Literal('phone'), Type.Literal('words'), Type.Literal('contact')]),
    deviceKey: Ed25519PublicKey,
  }),
  answer: Exact({ expiresAtMs: TimeMs }),
});

/** Leaves nothing of it. `worked` dates the method, and is refused (20230) unless a login was seen. It may be repeated. */
export const endDrill = route({
  name: 'endDrill',
  summary: 'The rehearsal is over',
  method: 'POST',
  path: '/api/v1/recovery-kit/drills/end',
  access: 'full',
  body: Exact({ worked: Type.Boolean(), contactLoginId: Nullable(Uuid) }),
});

export const snoozeReminder = route({
  name: 'snoozeReminder',
  summary: 'Hides a reminder on all devices for seven days',
  method: 'POST',
  path: '/api/v1/recovery-kit/reminders',
  access: 'full',
  body: Exact({ reminder: Type.Union([Type.Literal('kit'), Type.Literal('phone')]) }),
  answer: Exact({ snoozedUntilMs: TimeMs }),
});
