/** Texts of privacy and of safety numbers, part of `en.ts`. */
export const privacyEn = {
  'place.pin-needed': 'Enter your PIN to use conversations here',
  'place.pin-needed-lead':
    'Your PIN shows your contacts that this device is yours. Until then it neither sends nor receives messages.',
  'place.enter-pin': 'Enter PIN',
  'place.none-free': 'Five other devices have your conversations',
  'place.none-free-lead': 'This one takes part once you end one of them. Your messages keep arriving there.',
  'place.see-devices': 'See devices',

  'privacy.conversation': 'Conversation',
  'privacy.phone': 'Phone number',
  'privacy.loading': 'Loading your choices',
  'privacy.saved': 'Saved',
  'privacy.from-everybody': 'Everybody',
  'privacy.from-contacts': 'My contacts',
  'privacy.from-nobody': 'Nobody',
  'privacy.messages': 'Who can send messages to me',
  'privacy.messages-effect':
    'With “My contacts”, others can still write, but their messages stay at one check on their side and never reach your devices. They are not told.',
  'privacy.groups': 'Who can add me to groups',
  'privacy.groups-effect':
    'With “My contacts”, groups that others add you to do not appear here. You can still ask to join with an invite link.',
  'privacy.foundByPhone': 'Who can find me by phone number',
  'privacy.foundByPhone-effect':
    '“Nobody” hides you even from contacts who hold your number. Your number itself is never shown to others.',

  'add-by-phone.title': 'Find by phone number',
  'add-by-phone.row': 'By phone number',
  'add-by-phone.row-hint': 'If they let others find them',
  'add-by-phone.lead': 'You see them only if they have a Hexkey account and let you find them by number.',
  'add-by-phone.nobody':
    'Nobody can be found by this number. They may have no account, or not be shown to you: ask for their Hexkey ID.',

  'report.report': 'Report',
  'report.title': 'Report {name}?',
  'report.lead':
    'The operator of this server reads it. Nothing of your conversation is in it but what you write here.',
  'report.reason': 'What it is about',
  'report.spam': 'Unwanted advertising',
  'report.abuse': 'Insults or threats',
  'report.impersonation': 'Pretends to be somebody else',
  'report.other': 'Something else',
  'report.content': 'What happened (optional)',
  'report.content-hint': 'Paste messages here if the operator should see them. At most 2000 characters.',
  'report.send': 'Send report',
  'report.sent': 'Your report was sent',

  'safety.title': 'Safety number',
  'safety.loading': 'Working out the safety number',
  'safety.lead':
    'Compare it with what {name} sees, in person or on a call. If it is the same on both sides, nobody stands in between.',
  'safety.code': 'QR code of this safety number, for {name} to scan',
  'safety.code-failed': 'The QR code did not load. The digits say the same.',
  'safety.digits': 'Sixty digits',
  'safety.unverified': 'Not compared yet',
  'safety.unverified-lead': 'Messages are end-to-end encrypted. Comparing shows that it is with {name}.',
  'safety.verified': 'Verified',
  'safety.verified-lead':
    'You compared with {name}. If the number ever changes, nothing is sent until you say so.',
  'safety.changed': 'The security code of {name} changed',
  'safety.changed-lead':
    'Since you compared, {name} has another key, and the old one did not vouch for it. Ask them on another way, then compare again.',
  'safety.same': 'It is the same',
  'safety.same-lead': '{name} is verified now.',
  'safety.differs': 'This is not the code of this conversation',
  'safety.differs-lead':
    'Check that {name} has opened the safety number of your conversation. If they have, somebody may stand in between: do not send secrets here.',
  'safety.confirm': 'I compared: it is the same',
  'safety.accept': 'Go on without comparing',
  'safety.settled': 'All compared',
  'safety.settled-lead': 'Nobody here has a changed code any more. Messages are sent again.',
} as const;
