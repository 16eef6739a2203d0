/** Texts of rehearsals and of the kit's health, part of `en.ts`. */
export const drillEn = {
  'drill.phone-title': 'Rehearse your number',
  'drill.phone-lead':
    'You log in with a code by text message, as on a new device. One of your five codes a day is used.',
  'drill.contact-title': 'Rehearse with your contact',
  'drill.contact-lead':
    'You log in as if your number were lost. Call your recovery contact first and have their Hexkey ID ready: they are sent a code, and your devices and your number are told, as in earnest.',
  'drill.thrown-away':
    'The login is real, and is thrown away at once. Your PIN is typed here only and tried nowhere else: the rehearsal ends where a new device would ask for it.',
  'drill.code-lead': 'Type the 4 digits that were sent to your number.',
  'drill.wait-lead':
    'A code was sent to your number. Leave it alone: in earnest it would not reach you. After 60 seconds there is another way.',
  'drill.wait-left': 'Another way in {time}',
  'drill.contact-id-lead':
    'Type the Hexkey ID of your recovery contact. In earnest you would not be shown it either.',
  'drill.step': 'Step {step} of {of}',
  'drill.entering': 'Logging in',
  'drill.checking': 'Looking for your account and its shard',
  'drill.leaving': 'Throwing the session away',
  'drill.phone-worked': 'Your number brings you back into this account, and the account shard comes with it.',
  'drill.contact-worked':
    'Your recovery contact brings you back into this account, and the account shard comes with it.',
  'drill.gone': 'The session is gone. Your devices, your PIN and your recovery methods are as they were.',

  'kit.health-title': 'Health',
  'kit.health-score': '{score} of {of}',
  'kit.health-lost': 'If you lose this device now, nothing brings you back.',
  'kit.health-fragile': 'One loss can be borne. One more together with this device may leave no way back.',
  'kit.health-unproven': 'Enough ways lead back, but something needs your attention.',
  'kit.health-good': 'Several ways lead back, and each was seen to work within half a year.',
  'kit.health-means':
    'A point for each loss with this device that leaves a way back (nothing else, the number, the words, the contact), and one for each way that was seen to work within half a year.',
  'kit.next-add-phone': 'Next: add a phone number',
  'kit.next-add-words': 'Next: back up your words',
  'kit.next-add-contact': 'Next: set a recovery contact',
  'kit.next-rehearse-phone': 'Next: rehearse your number',
  'kit.next-rehearse-words': 'Next: rehearse your words',
  'kit.next-rehearse-contact': 'Next: rehearse with your contact',
  'kit.next-repair': 'Next: look at your recovery contact',
  'kit.next-verify': 'Next: verify your number',
} as const;
