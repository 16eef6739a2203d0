import { article, heading, page, picture, points, steps, strong, text, tip, warning } from '../article.ts';
import type { ArticlesOf } from '../library.ts';

export const recoveryKitEn: ArticlesOf<'recovery-kit'> = {
  'add-phone': {
    title: 'How do I add a phone number?',
    summary: 'Two ways there, one code, and the number gets you back in from then on.',
    blocks: [
      text('If you began with words, a phone number is a second way back into the same account.'),
      heading('Where it is'),
      points(
        [
          'From your chats: your picture (top right), then ',
          page('/profile', 'Profile'),
          ', then ',
          page('/settings/account/phone', 'Add phone number'),
          '.',
        ],
        [
          'From settings: ',
          page('/settings/account', 'Settings, Account'),
          ', Add phone number; or the first row of your ',
          page('/settings/account/security/recovery-kit', 'Recovery Kit'),
          '.',
        ],
      ),
      picture('add-phone', 'The page Add phone number, before the PIN is entered'),
      heading('Steps'),
      steps(
        'Enter your PIN.',
        'Choose the country and type the number, then confirm that it is right.',
        'Type the 4 digits that arrive by text message. You can ask for another code after 60 seconds.',
        'The page says Added: the number works at once.',
      ),
      tip('Once added, a number can be changed but not removed. Nobody else ever sees it.'),
      heading('If the number is in use'),
      text(
        'A number belongs to one account. If it is an older account of yours, log in to that one and ',
        article('change-phone', 'change its number'),
        ' first. If the number was recycled and came to you anew, it becomes free once nobody has opened the other account with its PIN for 30 days.',
      ),
      text(
        'Every 60 days Hexkey asks you to verify that the number still reaches you; you can put that off for 7 days.',
      ),
    ],
  },
  'change-phone': {
    title: 'How do I change my phone number?',
    summary: 'Your PIN and a code to the new number. The old one is not needed.',
    blocks: [
      steps(
        [
          'Open ',
          page('/settings/account/phone', 'Settings, Account, Change phone number'),
          ', or tap Change when Hexkey asks you after a login through your recovery contact.',
        ],
        'Enter your PIN.',
        'Type the new number and confirm it.',
        'Type the 4 digits that arrive on the new number.',
      ),
      text(
        'From then on the new number brings you back, and the old one no longer does. The old number and all your devices are told of the change.',
      ),
      tip(
        'Do this soon after you lost a number. Whoever gets it can ask for login codes with it; your PIN keeps them out, but a number of your own is safer.',
      ),
      text(
        'Your account, words, wallet and chats do not change. To begin with a first number, read ',
        article('add-phone', 'how to add one'),
        '.',
      ),
    ],
  },
  'set-recovery-contact': {
    title: 'How do I set a recovery contact?',
    summary:
      'Formerly called emergency contact: one person who can help you log in when your number is lost.',
    blocks: [
      warning('A recovery contact cannot recover your PIN. ', article('forgot-pin', 'What if I forget it?')),
      heading('What must be so first'),
      points(
        ['You have ', article('add-phone', 'a phone number'), ' in your account.'],
        'The person uses Hexkey and is logged in on some device.',
        'You have each other as contacts. If they have not added you, no code is sent, and you are told so.',
        'They are beside you or on a call with you: the code lives 5 minutes.',
      ),
      heading('Steps'),
      steps(
        'From your chats tap your picture, top right.',
        'Tap the gear, top right.',
        ['Choose ', page('/settings/privacy-security', 'Privacy and Security'), '.'],
        'Find Recovery contact (emergency contact) at the bottom.',
        'Choose Enable.',
        'Read what a recovery contact is, then choose Got it. Go through the list and choose I’m ready.',
        'Enter your PIN.',
        'Choose the person. Team Hexkey sends them 4 digits.',
        'Ask them for the digits and type them.',
        'Press the round arrow, Confirm.',
        'Now you see who your recovery contact is. Change and Remove are on the same page.',
      ),
      picture('contact-ready', 'The list to go through before a code is sent'),
      picture('contact-code', 'The page for the code that the recovery contact reads to you'),
      text(
        'The same screens are behind the third row of your ',
        page('/settings/account/security/recovery-kit', 'Recovery Kit'),
        '. You have one recovery contact at a time. They are told when you choose, change or remove them; they see nothing of your account.',
      ),
      heading('If somebody cannot be chosen'),
      text(
        'Only people can, not yourself and not Team Hexkey. Blocking each other, deleting the account or being logged in nowhere also stands in the way; the page names the reason. The code allows 3 tries; after that have a new one sent.',
      ),
    ],
  },
  'recovery-contact-login': {
    title: 'How do I log in through my recovery contact?',
    summary: 'For a lost phone number: your contact gets a code and reads it to you.',
    blocks: [
      tip('Be together or on a call before you begin. The code lives 5 minutes.'),
      steps(
        [
          'Choose Existing account and ',
          page('/login/phone', 'log in with your phone number'),
          ', the one that is lost. Wait 60 seconds on the page for the code, then press Need help?',
        ],
        'Choose Lost your mobile number? It is only offered when the account has a recovery contact who could help.',
        'Type your recovery contact’s Hexkey ID. They find it in their profile.',
        'Team Hexkey sends them 4 digits. Ask them to read these to you and type them.',
        [
          'Enter your PIN. Then Hexkey asks whether to change your phone number now: choose Change (',
          article('change-phone', 'how that works'),
          ') or Later.',
        ],
      ),
      picture('login-help', 'Need help? with the choice Lost your mobile number?'),
      picture('login-contact', 'The page that asks for the recovery contact’s Hexkey ID'),
      heading('Limits'),
      points(
        '3 tries for a code, 3 codes a day, and 5 Hexkey IDs a day for an account.',
        'After three failed codes this way in is closed for 24 hours.',
        'A wrong Hexkey ID is always answered alike, whoever it belongs to.',
      ),
      heading('If it was not you'),
      text(
        'The moment a code is asked for, all your devices and the number are told. On any device that is logged in you can refuse with your PIN: it ends at once, and for 24 hours nobody gets in this way. Without the PIN such a login opens nothing.',
      ),
      heading('If you are the contact'),
      text(
        'Read the code only to the person themselves, face to face or on a call where you know the voice. Never send it in a message. If you are not sure, keep it to yourself.',
      ),
    ],
  },
  'view-recovery-contact': {
    title: 'How do I see, change or remove my recovery contact?',
    summary: 'In the Recovery Kit, behind your PIN.',
    blocks: [
      steps(
        [
          'Open More, ',
          page('/settings', 'Settings'),
          ' (top right), Account, Security, ',
          page('/settings/account/security/recovery-kit', 'Recovery Kit'),
          '.',
        ],
        'Choose Recovery contacts, then View recovery contacts.',
        'Enter your PIN.',
      ),
      picture('contact-page', 'The recovery contact: picture, name, Hexkey ID, Change and Remove'),
      text(
        'You see their name, picture and Hexkey ID, and since when. Write the ID down where you find it without your phone: you need it to log in through them.',
      ),
      points(
        [strong('Rehearse: send a code'), ' shows that they are reached and would answer.'],
        [strong('Change'), ' chooses somebody else. Both are told.'],
        [strong('Remove'), ' leaves you with none. They are told; a lost number then needs your words.'],
      ),
      text(
        'If they remove you from their contacts, one of you blocks the other, or they delete their account, Hexkey warns you and the kit shows it. Having none yet, read ',
        article('set-recovery-contact', 'how to set one'),
        '.',
      ),
    ],
  },
  'rehearse-recovery': {
    title: 'How do I rehearse my recovery?',
    summary: 'A real login with one method alone, thrown away at once. The kit shows when each last worked.',
    blocks: [
      steps(
        ['Open your ', page('/settings/account/security/recovery-kit', 'Recovery Kit'), '.'],
        'Below a method press Rehearse, and enter your PIN. For the words it comes last.',
        'Do what you would do on a new device: type the code from the text message, the words from your paper, or what your contact reads to you.',
      ),
      text(
        'Hexkey logs in, looks whether your account and its shard are there, and throws the session away. No device is added and none is pushed out, and no wrong PIN is possible: the rehearsal ends where a new device would ask for it.',
      ),
      points(
        'Codes count as real ones: five a day by text message, three a day through the contact.',
        'With the contact your devices and your number are told of the login, as in earnest. If you want to try that too, refuse it.',
        'Beginning a rehearsal, and one that worked, are in your log.',
      ),
      heading('What the health says'),
      text(
        'Up to seven points. Four for losses together with this device that still leave a way back: nothing else, the number, the words, the contact. Three for methods that were seen to work within half a year. Below stands what to do next.',
      ),
      warning('None of this brings back a PIN. See ', article('forgot-pin', 'Forgot PIN'), '.'),
    ],
  },
  'what-is-recovery-kit': {
    title: 'What is the Recovery Kit?',
    summary: 'Three ways back into your account when this device is lost.',
    blocks: [
      text(
        'You find it at More, Settings, Account, Security, ',
        page('/settings/account/security/recovery-kit', 'Recovery Kit'),
        '. It says which of three ways work for you right now.',
      ),
      picture('recovery-kit', 'The Recovery Kit: a ring of three arcs and a row for each way back'),
      points(
        [strong('Phone number: '), 'a code by text message. ', article('add-phone', 'How to add one')],
        [
          strong('Mnemonic phrase: '),
          '13 words on paper. It counts as backed up once you have typed all of them from the paper. ',
          article('back-up-words', 'How to back it up'),
        ],
        [
          strong('Recovery contact: '),
          'somebody you trust hears a code for you when the number is lost. It needs a phone number. ',
          article('set-recovery-contact', 'How to set one'),
        ],
      ),
      text(
        'New accounts begin with words, unless you choose a phone number. Number and words open the same account. Two ways that work are safe; three are better.',
      ),
      warning(
        'The kit gets you back in. It cannot recover your PIN: that is asked for afterwards. ',
        article('forgot-pin', 'If you forget it'),
      ),
      heading('Rehearse it'),
      text(
        'Each row can be rehearsed, and shows when it last worked. Below, the kit says what losing this device, the number, the words or the contact would mean today.',
      ),
      text(
        'While only one way works, your chats remind you once a week. While none does, Hexkey does not let you ',
        article('log-out', 'log out'),
        ', because nobody could open the account again.',
      ),
    ],
  },
};
