/** Texts of app lock, notifications and export, part of `en.ts`. */
export const deviceEn = {
  'app-lock.title': 'App lock',
  'app-lock.lead':
    'Hexkey closes when you are away, on this device. It opens with your PIN, or with a passkey: your face, a finger, or the lock of your device.',
  'app-lock.off': 'Off',
  'app-lock.at-once': 'At once, when it is out of sight',
  'app-lock.after': { one: 'After {count} minute without use', other: 'After {count} minutes without use' },
  'app-lock.passkey': 'Open with a passkey',
  'app-lock.passkey-effect': 'Works without a network too. Your PIN always opens it.',
  'app-lock.passkey-name': 'Hexkey app lock',
  'app-lock.passkey-on': 'The passkey opens Hexkey now',
  'app-lock.no-passkey': 'This browser has no passkeys: your PIN opens Hexkey, and that needs a network.',
  'app-lock.lock-now': 'Lock now',
  'app-lock.limits':
    'It keeps others from reading over your shoulder or picking up your device. It encrypts nothing: lock the device itself against somebody who takes it apart. Payments and changes ask for the PIN anyway.',
  'app-lock.locked': 'Hexkey is locked',
  'app-lock.locked-lead': 'Open it to go on where you were.',
  'app-lock.use-passkey': 'Open with passkey',
  'app-lock.use-pin': 'Use the PIN instead',

  'export.title': 'Export my data',
  'export.lead': 'Everything the server holds about you, as a file. Enter your PIN to get it.',
  'export.what': 'Your account, devices, contacts, settings, log and payments, with a line on what each is.',
  'export.not':
    'Not your messages, words or keys: the server cannot read them. What else is left out is named in the file, with the reason.',
  'export.limit': 'Five times a day. It is in your log.',
  'export.reading': '{done} of {of} kinds of records read',
  'export.done': 'The file is yours',
  'export.done-next':
    'Look among your downloads. It names your number, your devices and the people you know: keep it private.',
  'export.again': 'Export again',

  'accounts.title': 'Accounts on this device',
  'accounts.lead': 'Each has its own keys, messages and connection here. None sees the others.',
  'accounts.here': 'Open in this tab',
  'accounts.others': 'Change to',
  'accounts.add': 'Add an account',
  'accounts.unnamed': 'No name yet',
  'accounts.locked': 'Behind its app lock',
  'accounts.pin-to-come': 'Its PIN was not entered here yet',
  'accounts.quiet':
    'An account that is open in no tab is not told of new messages. Another tab can have another account.',

  'notifications.title': 'Notifications',
  'notifications.lead': 'On this device, while Hexkey is open in the browser and you look at something else.',
  'notifications.messages': 'Tell me about new messages',
  'notifications.messages-effect': 'Your browser asks whether it may. Muted conversations stay quiet.',
  'notifications.previews': 'Show who writes, and what',
  'notifications.previews-effect':
    'Off: only that there is a message. What Team Hexkey writes is never shown, nor anything while Hexkey is locked.',
  'notifications.denied': 'Your browser does not let Hexkey notify you',
  'notifications.denied-next':
    'You, or a rule of the browser, said no. Open the settings of this site, left of the address, allow notifications, and reload.',
  'notifications.unsupported': 'This browser has no notifications',
  'notifications.unsupported-next':
    'Some browsers give them to installed apps only: on an iPhone or iPad, put Hexkey on the Home Screen. Elsewhere try another browser.',
  'notifications.try': 'Show one now',
  'notifications.trial-text': 'This is how it looks.',
  'notifications.trial-shown': 'Sent. If you see nothing, look whether your system is set to silence.',
  'notifications.refused': 'The browser took the permission, but shows nothing',
  'notifications.new-message': 'You have a new message',
  'notifications.new-team': 'Team Hexkey wrote to you',
} as const;
