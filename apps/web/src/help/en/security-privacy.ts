import { article, heading, page, picture, points, steps, strong, text, tip, warning } from '../article.ts';
import type { ArticlesOf } from '../library.ts';

export const securityPrivacyEn: ArticlesOf<'security-privacy'> = {
  'restrict-strangers': {
    title: 'How do I keep strangers from writing to me?',
    summary: 'Let only your contacts send you messages or add you to groups.',
    blocks: [
      heading('Messages'),
      steps(
        [
          'Open Settings, Account, Privacy, ',
          page('/settings/account/privacy/conversation', 'Conversation'),
          '.',
        ],
        'Under Who can send messages to me choose My contacts.',
      ),
      heading('Groups'),
      steps(
        'On the same page find Who can add me to groups.',
        'Choose My contacts. Groups that others add you to then do not appear; you can still ask to join with an invite link.',
      ),
      picture('conversation-privacy', 'Conversation: who can send messages to me, who can add me to groups'),
      text(
        'Contacts are the people whom you have added. A stranger’s message stays at one check on their side and never reaches your devices. They are not told.',
      ),
      text(
        'For one person in particular, ',
        article('contacts', 'block them'),
        ' instead. More on the same page: ',
        article('conversation-privacy', 'conversation privacy'),
        '.',
      ),
    ],
  },
  'pay-with-passkey': {
    title: 'How do I pay with Face ID or a fingerprint?',
    summary: 'A shortcut for payments on this device, for a time after you typed your PIN.',
    blocks: [
      text(
        'Instead of your PIN, payments can take your face or finger for a while. It opens a key that can only pay, never the PIN and never anything else.',
      ),
      steps(
        ['Open Settings, Account, Security, ', page('/settings/account/security/pin', 'PIN'), '.'],
        'Turn on Pay with Face ID or fingerprint and enter your PIN.',
        'Choose how long it works after your last typed PIN: 15 or 30 minutes, 1, 2, 6, 12 or 24 hours. It begins with 2 hours. Changing it needs the PIN.',
      ),
      text('To turn it off use the same switch. That needs neither PIN nor connection.'),
      heading('When you are asked for the PIN anyway'),
      points(
        'The time is over, or the face or finger was not accepted.',
        'Your PIN was changed, or you logged out. It is then to be turned on anew, as after one failed use.',
        'The device or browser has no such passkeys.',
      ),
      warning('It cannot help you recover your PIN. ', article('forgot-pin', 'If you forget it')),
    ],
  },
  'conversation-privacy': {
    title: 'How do I turn on conversation privacy?',
    summary: 'Two choices, for messages and for groups, and what they do to people you do not know.',
    blocks: [
      text(
        'From your chats: your picture, the gear, Account, Privacy, ',
        page('/settings/account/privacy/conversation', 'Conversation'),
        '. Both choices begin with Everybody.',
      ),
      points(
        [
          strong('Who can send messages to me: '),
          'with My contacts, people you have not added write into nothing.',
        ],
        [strong('Who can add me to groups: '), 'with My contacts, only people you have added can.'],
      ),
      warning(
        'Somebody you expect to hear from may be a stranger to Hexkey. Add them first, or their message does not reach you, and neither of you is told.',
      ),
      text(
        'Conversations you already have go on with everybody you have added. Changing back makes new messages arrive; those refused before stay lost.',
      ),
      text(
        'Step by step: ',
        article('restrict-strangers', 'keep strangers from writing'),
        '. About being found: ',
        article('phone-number-privacy', 'phone number privacy'),
        '.',
      ),
    ],
  },
  'phone-number-privacy': {
    title: 'Who can find me by my phone number?',
    summary: 'Everybody, your contacts, or nobody. The number itself is never shown.',
    blocks: [
      steps(
        ['Open Settings, Account, Privacy, ', page('/settings/account/privacy/phone', 'Phone number'), '.'],
        'Choose who can find you: Everybody, My contacts or Nobody.',
      ),
      picture('phone-privacy', 'Phone number: everybody, my contacts or nobody'),
      points(
        [strong('My contacts: '), 'people whom you have added can find you, if they know the number.'],
        [strong('Nobody: '), 'not even friends who hold your number. Give them your Hexkey ID instead.'],
        'Whoever searches sees no difference between hiding and having no account.',
      ),
      text(
        'Searches are limited: after many of them a searcher has to wait up to 12 hours. Logging in with your number has nothing to do with this choice.',
      ),
    ],
  },
  contacts: {
    title: 'Adding, removing and blocking people',
    summary: 'What each of them does, and what the other person notices.',
    blocks: [
      points(
        [
          'Add somebody by their Hexkey ID or QR code at ',
          page('/contacts/add', 'Contacts, Add'),
          '. It is one-sided: they are not told, and have you as a contact only if they add you too.',
        ],
        'Removing does not tell them either.',
        [
          'Blocking keeps their messages away. They notice nothing. You find everybody you block at ',
          page('/settings/account/privacy/blocked', 'Privacy, Blocked'),
          '.',
        ],
      ),
      text(
        'You cannot add or block yourself, Team Hexkey, or an account that was deleted. Adding somebody you block ends the block. If your list is full, remove somebody first.',
      ),
      tip(
        'Your recovery contact must stay in your contacts, and you in theirs. Removing or blocking them takes that way back away.',
      ),
      text('See also ', article('set-recovery-contact', 'how to set a recovery contact'), '.'),
    ],
  },
  devices: {
    title: 'My devices: linking, ending, and being logged out',
    summary: 'Everything that is logged in to your account, and how to add or end one.',
    blocks: [
      text(
        'You find them at Settings, Account, Security, ',
        page('/settings/account/security/devices', 'Devices'),
        ': name, place, and when each was last seen.',
      ),
      picture('devices', 'The list of devices, this one first'),
      heading('Link a new one'),
      steps(
        'On the new device choose Existing account, then Link to a device. It shows a code.',
        [
          'On a device that is logged in open Devices, ',
          page('/settings/account/security/devices/link', 'Link a device'),
          ', and scan it.',
        ],
        'Compare the name, enter your PIN here, and afterwards on the new device.',
      ),
      warning(
        'A code lives 60 seconds. Never scan one that somebody sent you: it would let their device in. If a page says that something was not sent by the device that scanned, begin with a new code.',
      ),
      heading('End one'),
      text(
        'Choose Log out beside it and enter your PIN: it is out at once. This device you leave with ',
        page('/settings/account/log-out', 'Log out'),
        '. Do you see a device you do not know? End it, then ',
        article('change-pin', 'change your PIN'),
        '.',
      ),
      heading('You were logged out'),
      text(
        'A login ends when another device of yours ended it, when the PIN was changed with “Someone knew my PIN”, or when no PIN was entered within 8 days of the login. Log in again. If you did not do it, look at the ',
        article('logs', 'logs'),
        '.',
      ),
      text('Each new login is told to your other devices, with time, place and name.'),
    ],
  },
  logs: {
    title: 'What do the logs show?',
    summary: 'Every PIN entry and every sensitive step, successful or not.',
    blocks: [
      text(
        'Settings, Account, Security, ',
        page('/settings/account/security/logs', 'Logs'),
        ' has two parts.',
      ),
      points(
        [strong('Account: '), 'what was done, on which device, when and from where. Newest first.'],
        [
          strong('PIN: '),
          'every entry as the ',
          article('pin-nodes', 'PIN nodes'),
          ' wrote it down. Your device checks that none of them changes its story later, and warns you if one does.',
        ],
      ),
      picture('logs', 'The log of the account, newest entry first'),
      text(
        'The ',
        page('/settings/account/security/logs/pin', 'PIN part'),
        ' is read each time you enter your PIN on this device; before the first time there is nothing to show. It can be saved as a file that proves what the nodes signed.',
      ),
      heading('Something is not from you'),
      steps(
        [
          'Log out the devices you do not know at ',
          page('/settings/account/security/devices', 'Devices'),
          '.',
        ],
        'If a right PIN was entered that was not yours, change it with “Someone knew my PIN”.',
      ),
      text(
        'After a login, before the PIN is shown, the menu of the PIN page lists the entries of that login only.',
      ),
    ],
  },
  'log-out': {
    title: 'Logging out, and why it may be refused',
    summary: 'It needs your PIN and one way back in.',
    blocks: [
      steps(
        ['Open Settings, Account, ', page('/settings/account/log-out', 'Log out'), '.'],
        'Enter your PIN.',
      ),
      heading('It is refused'),
      points(
        [
          strong('No way back works yet. '),
          'Set up your ',
          page('/settings/account/security/recovery-kit', 'Recovery Kit'),
          ' first; otherwise nobody could open the account again.',
        ],
        [
          strong('This device holds the only copy of your words. '),
          article('back-up-words', 'Back them up'),
          ', or add a phone number.',
        ],
      ),
      text(
        'On the page that asks for the PIN after a login there is also Switch account. It forgets the account on this device without a PIN, and is refused for the same second reason.',
      ),
    ],
  },
  'app-lock': {
    title: 'What is the app lock?',
    summary: 'Hexkey closes while you are away, and opens with your PIN or a passkey.',
    blocks: [
      steps(
        ['Open Settings, Account, Privacy, ', page('/settings/account/privacy/app-lock', 'App lock'), '.'],
        'Choose when it closes: at once, as soon as the page is out of sight, or after 1, 5, 15 or 60 minutes without use.',
        'If you like, let a passkey open it: a face, a finger, or the lock of your device. It works without a network.',
      ),
      text(
        'It counts for all tabs of the account on this device: closed in one is closed in all. What you had open, and what you were writing in a conversation, is there again afterwards.',
      ),
      points(
        'A wrong PIN here counts like any other.',
        'The PIN is checked with the PIN nodes, so it needs a network.',
        'It goes when you log out.',
      ),
      warning(
        'It keeps eyes out and encrypts nothing. Somebody who takes the device apart, or uses the developer tools of the browser, is stopped by the lock of the device only. Nothing that needs the PIN gets easier for them.',
      ),
      text(article('forgot-pin', 'If you forget your PIN')),
    ],
  },
  'several-accounts': {
    title: 'Can I use several accounts in one browser?',
    summary: 'Yes. Each tab has one of them, and none sees the others.',
    blocks: [
      steps(
        ['Open More, ', page('/accounts', 'Accounts on this device'), '.'],
        'Press Add an account, and create it or log in to it.',
        'To change, open the same page and press the account you want. Another tab can keep another one.',
      ),
      text(
        'Before a login the first page leads there too, and at the PIN it is in the menu. Changing logs nobody out and needs no PIN.',
      ),
      points(
        'Each account has its own keys, messages, drafts, wallet, app lock, and choice of notifications.',
        'An account that is open in no tab is not told of new messages.',
        'Logging out of one leaves the others as they are.',
        'The list shows names and Hexkey IDs to whoever uses this browser. An account with an app lock is listed without its name.',
      ),
      warning(
        'For somebody else’s account use another profile of your browser, or another user of your device: those are better walls.',
      ),
      text(article('app-lock', 'About the app lock')),
    ],
  },
  notifications: {
    title: 'How am I told of new messages?',
    summary: 'By your browser, if you want it, with or without what was written.',
    blocks: [
      steps(
        ['Open Settings, ', page('/settings/notifications', 'Notifications'), '.'],
        'Turn on Tell me about new messages, and answer your browser.',
        'Press Show one now to see whether they appear.',
      ),
      text(
        'They come while Hexkey is open in a tab and you look at something else. A closed browser tells you nothing.',
      ),
      points(
        'Muted conversations stay quiet.',
        'Who writes, and what, is shown only if you turn that on, and never while the app lock is closed.',
        'What Team Hexkey writes is never shown: it may be a code.',
      ),
      heading('Nothing appears'),
      points(
        'If you once said no, the browser does not ask again. Allow notifications in the settings of this site.',
        'Look whether your system is set to silence.',
        'On an iPhone or iPad, put Hexkey on the Home Screen. Some browsers on phones show none at all.',
      ),
      text(article('app-lock', 'About the app lock')),
    ],
  },
  'export-data': {
    title: 'How do I get my data?',
    summary: 'Everything the server holds about you, as a file, for your PIN.',
    blocks: [
      steps(
        ['Open Settings, Account, ', page('/settings/account/export', 'Export my data'), '.'],
        'Enter your PIN. The file comes to your downloads.',
      ),
      text(
        'It is a text (JSON) that begins with what it is. Each part says what it holds, and what is left out, with the reason.',
      ),
      points(
        'Your account with its phone number, devices, contacts and blocks, settings, recovery methods, log, and payments.',
        'Not what you wrote, your words, or your keys: the server cannot read them.',
        'Not who has added, blocked or reported you: that is theirs.',
      ),
      text('Five times a day. Each is in your ', article('logs', 'log'), '.'),
      warning('Keep the file private, and never send it to somebody who asks for it.'),
    ],
  },
  'delete-account': {
    title: 'Delete account',
    summary: 'It takes 30 days, during which you can take it back. Then it is final.',
    blocks: [
      warning(
        'Nobody can spend from the wallet of a deleted account. Send what is in it elsewhere first. The address can still receive, so tell those who pay you.',
      ),
      heading('Ask for it'),
      steps(
        [
          'Open Settings, Account, ',
          page('/settings/account/delete', 'Delete my account'),
          ', and read what goes and what stays.',
        ],
        'Enter your PIN, and look at what is left in your wallet.',
        'If the account has a phone number, type the code that is sent to it.',
        'Enter your PIN once more. All your devices are logged out.',
      ),
      heading('Take it back'),
      steps(
        [
          'Log in before the day, with your number, your ',
          article('log-in-with-words', 'words'),
          ' or your recovery contact.',
        ],
        'Read the page that says the day. After five seconds you can choose to keep the account.',
        'Enter your PIN. Leaving instead of entering it changes nothing: the account is deleted on its day.',
      ),
      heading('What happens on the day'),
      points(
        [
          strong('The server '),
          'erases your name, picture, contacts, number, logins and messages that still wait. It keeps your Hexkey ID, so that nobody else gets it, and the order for the PIN nodes.',
        ],
        [
          strong('The PIN nodes '),
          'erase your PIN and their shares of your wallet. Your PIN signed that order, and it is worth nothing before the day. A node that was away gets it later, and one that is put back from a backup gets it again.',
        ],
        [
          strong('Others '),
          'see “Account deleted” in your chat, and groups go on without you. A payment to you as a person is refused with code 20160. Who had chosen you as recovery contact is told to choose somebody else.',
        ],
        [
          strong('Your devices and backups '),
          'keep their messages. Tick “Also erase this device” for the one you ask from.',
        ],
      ),
      text(
        'Afterwards your number and your words can be used for a new account. It has a new Hexkey ID and an empty wallet.',
      ),
      text(
        'A forgotten PIN cannot delete an account, as it can do nothing else. See ',
        article('forgot-pin', 'Forgot PIN'),
        '.',
      ),
    ],
  },
};
