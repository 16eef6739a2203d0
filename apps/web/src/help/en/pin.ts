import { article, heading, page, picture, points, steps, strong, text, tip, warning } from '../article.ts';
import type { ArticlesOf } from '../library.ts';

export const pinEn: ArticlesOf<'pin'> = {
  'what-is-pin': {
    title: 'What is the PIN?',
    summary: 'Six digits that guard everything, and that nobody else holds.',
    blocks: [
      text(
        'Your PIN is six digits that only you know. It is the one secret Hexkey asks you to remember: there is no other password.',
      ),
      heading('What it is asked for'),
      points(
        'Opening your account on a device where you have just logged in.',
        'Adding or changing your phone number, and viewing your words.',
        'Choosing, viewing or removing your recovery contact, and refusing a login through them.',
        'Linking a device, logging another device out, and logging out here.',
        'Opening the wallet from time to time, so that you do not forget it, and everything that moves money.',
      ),
      text('Chats are never interrupted by it.'),
      heading('Setting it'),
      picture('set-pin', 'The page that sets the PIN: six hexagons to fill, the first of four entries'),
      text(
        'Right after you create an account you enter a new PIN four times, so that it stays in your memory. If one entry differs you begin again with a new PIN. Then one question makes sure that you know what a lost PIN means.',
      ),
      points(
        'It needs at least three different digits. 123456 is refused.',
        'If setting it is interrupted, Hexkey resumes at the next start: you type the same digits once more.',
      ),
      heading('Who knows it'),
      text(
        'Nobody. It never leaves your device in readable form. Independent ',
        article('pin-nodes', 'PIN nodes'),
        ' can check it together, and none of them can read it. That is also why nobody can ',
        article('forgot-pin', 'reset it for you'),
        '.',
      ),
    ],
  },
  'forgot-pin': {
    title: 'I forgot my PIN. What can I do?',
    summary: 'Remember it with the tries you have. Nobody can reset it, and no try needs to be wasted.',
    blocks: [
      warning(
        'Nobody can see or reset your PIN: not the people who run your server, not the people who make Hexkey. Whoever offers to do it wants your account.',
      ),
      picture('forgot-pin', 'The page Forgot PIN: the tries left, and a list of PINs that were tried'),
      heading('On a device that already knows your PIN'),
      text(
        'You have ',
        strong('5 wrong tries in any 24 hours'),
        '. The fifth locks the PIN on that device for 24 hours; meanwhile even the right one is refused. Your chats go on working.',
      ),
      heading('On a device where you have just logged in'),
      text(
        'You have ',
        strong('10 wrong tries in any 7 days'),
        '. Using them up never locks the devices you already use. Logins with your words have tries of their own.',
      ),
      heading('What helps'),
      steps(
        [
          'Open ',
          page('/settings/account/security/forgot-pin', 'Settings, Account, Security, PIN, Forgot PIN'),
          ' (on the PIN page after a login: Menu, Forgot PIN). It shows your tries and when the next one is free.',
        ],
        'Use the list of PINs already tried on this device: it tells you about a repetition before a try is spent. Nobody can read the digits back from it, and the right PIN clears it.',
        'Rule out what cannot be: fewer than three different digits, and 123456, were never allowed.',
        'Take your time. Tries come back by themselves; nothing is deleted when they run out.',
      ),
      heading('What does not help'),
      text(
        'Your phone number, your words and your recovery contact bring you back to the page that asks for the PIN. None of them replaces it. Without the PIN your assets stay where they are and nobody can move them.',
      ),
    ],
  },
  'change-pin': {
    title: 'How do I change my PIN?',
    summary: 'The old one once, the new one four times. Wallet, words and chats stay as they are.',
    blocks: [
      steps(
        [
          'Open ',
          page('/settings/account/security/pin', 'Settings, Account, Security, PIN'),
          ' and choose ',
          page('/settings/account/security/pin/change', 'Change PIN'),
          '.',
        ],
        'Enter your present PIN. A wrong one uses a try.',
        'Enter the new PIN four times in all. If one entry differs, choose a new PIN and begin again.',
        'Keep the page open while the PIN nodes take it over. The steps are shown as they happen.',
      ),
      picture('change-pin', 'The page Change PIN asks for the present PIN first'),
      text(
        'From then on only the new PIN works, on all your devices. The old one counts as a wrong try. In the first days the wallet asks for it more often, so that you learn it.',
      ),
      heading('If somebody knew it'),
      text(
        'Tick ',
        strong('Someone knew my PIN'),
        ' before you begin. The new PIN then guards a new secret, and all your other devices are logged out.',
      ),
      heading('If it is interrupted'),
      text(
        'A closed tab or a lost connection leaves exactly one working PIN in the end. Hexkey says so when you come back: enter the new PIN to finish the change, or the old one to undo it.',
      ),
      text(
        'A device that says it has another secret than the one you opened needs to log in again with your words.',
      ),
    ],
  },
  'wrong-pin': {
    title: 'Wrong PIN, and the lock after it',
    summary: 'How tries are counted, who counts them, and when they come back.',
    blocks: [
      picture('pin-locked', 'The PIN page while it is locked: a closed lock and the time that is left'),
      points(
        'On a device that has shown your PIN before: 5 wrong tries in any 24 hours, then 24 hours of waiting.',
        'On a device that has just logged in: 10 in any 7 days, and at the end of them 7 days of waiting.',
        'Each device has tries of its own. Somebody who guesses elsewhere does not lock you out here.',
        'The right PIN clears the tries of the device it was entered on, and of no other.',
      ),
      text(
        'The PIN nodes count, not your device: setting its clock forward changes nothing. The page shows the time that is left, and while it runs the right PIN is refused too.',
      ),
      heading('What costs no try'),
      points(
        'Entering the PIN offline, or when too few nodes answer.',
        'Entering the same digits again on the same page within a minute, after a failed connection.',
        'Digits that this device remembers as wrong: you are asked before a try is spent on them.',
      ),
      text(
        'Was it not you? Look at the ',
        page('/settings/account/security/logs/pin', 'log of PIN entries'),
        ', log out devices you do not know, and ',
        article('change-pin', 'change your PIN'),
        '. If you cannot remember it, read ',
        article('forgot-pin', 'what to do about a forgotten PIN'),
        '.',
      ),
    ],
  },
  'pin-nodes': {
    title: 'Who checks my PIN?',
    summary: 'Independent PIN nodes, and what it means when some of them do not answer.',
    blocks: [
      text(
        'Several computers, run by different people where possible, check your PIN together. Each holds one part of a secret. A few of them together are enough; fewer learn nothing. You see them at ',
        page('/settings/account/security/pin/nodes', 'Settings, Account, Security, PIN, Nodes'),
        ', with who runs each and how it is.',
      ),
      tip(
        'If the page says that one operator runs enough of them to search your PIN, the installation is a demonstration. Do not keep much there.',
      ),
      heading('Some nodes do not answer'),
      points(
        'Checking your PIN goes on as long as enough of them answer. Otherwise it stops and no try is used: wait, then try again.',
        'Setting or changing a PIN wants all of them. You can go on with fewer; those that were away are given the PIN when you next enter it.',
      ),
      heading('Other messages about them'),
      points(
        [
          strong('The set of nodes is not the one your account began with. '),
          'Hexkey sends them nothing. Ask whoever runs your server.',
        ],
        [
          strong('No record of your PIN. '),
          'The nodes that answer hold none of this account. Wait for the others, or ask whoever runs your server.',
        ],
        [
          strong('Setting the PIN was interrupted. '),
          'Nothing was left to finish, or another device was faster. Follow the page: you choose a PIN anew, or enter the one that was set.',
        ],
      ),
      text(
        'Each try is also written down there. Read ',
        article('what-is-pin', 'what the PIN is'),
        ' for what it guards.',
      ),
    ],
  },
};
