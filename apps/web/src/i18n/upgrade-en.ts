/** Texts of the PIN upgrade, part of `en.ts`. */
export const upgradeEn = {
  'upgrade.title': 'Upgrade your PIN',
  'upgrade.lead':
    'Your account came from another system, whose server checked your PIN. Here no server can: six new digits are guarded by several PIN nodes.',
  'upgrade.step-code': 'A code is sent to your phone number',
  'upgrade.step-old': 'You show the PIN or password you had before',
  'upgrade.step-new': 'You choose six new digits',
  'upgrade.may-stop':
    'Stop whenever you like. The old PIN is good for this page until the new one is set, and for nothing after that.',
  'upgrade.old-title': 'Enter your old PIN',
  'upgrade.old-lead': 'The PIN or password this account had in the other system.',
  'upgrade.old-label': 'Old PIN or password',
  'upgrade.old-last-time':
    'The server compares it with what it was given of it. What it has seen cannot guard you here: the new PIN must be another one.',
  'upgrade.checking': 'Comparing',
  'upgrade.new-code': 'Get a new code',
  'upgrade.unchanged': 'That is your old PIN, which the server has seen. Choose another.',
  'logs.op.loginWithLegacyPin': 'Login with the old PIN, to upgrade it',
};
