import { article, heading, page, points, steps, strong, text, tip, warning } from '../article.ts';
import type { ArticlesOf } from '../library.ts';

export const faqsEn: ArticlesOf<'faqs'> = {
  'pin-upgrade': {
    title: 'The account came from another system (20118)',
    summary: 'Why the old PIN does not log in, and how to replace it with one that no server checks.',
    blocks: [
      text(
        'Whoever runs your server can bring accounts along from an older system, where a server checked PIN or password itself. Such an account meets code 20118 when it logs in. It has to get a PIN here first, which no server can check.',
      ),
      heading('Upgrade it'),
      steps(
        'Log in with the phone number of the account, and enter the code that is sent to it.',
        'Enter the PIN or password you had before.',
        'Choose six new digits, and enter them four times in all.',
      ),
      text(
        'After that the account is like any other, and you are logged in. At a terminal ',
        strong('hexkey upgrade-pin'),
        ' does the same.',
      ),
      heading('What happens to the old PIN'),
      points(
        'It is compared with what your server was given of it, for the last time. Five wrong tries in 24 hours, then you wait.',
        'The new PIN must be another one: the old one has been seen by a server. Your device compares the two; the new one never leaves it.',
        'The moment the new PIN is set, what the server had of the old one is erased. In backups it is gone after 30 days.',
      ),
      heading('If it stops in between'),
      text(
        'Nothing is lost. Open Hexkey again on this device, or log in once more anywhere: until the new PIN is set, the old one leads back to the upgrade.',
      ),
      tip('You do not remember the old PIN? Ask whoever ran the old system. Hexkey cannot reset it.'),
      text('What six digits do here: ', article('what-is-pin', 'what a PIN is'), '.'),
    ],
  },
  codes: {
    title: 'The code does not come, or is refused',
    summary: 'Codes by text message and from your recovery contact.',
    blocks: [
      heading('It does not come'),
      points(
        'Check the country and the digits of the number. A number that cannot exist there is refused at once.',
        'Ask for a new code after 60 seconds. The one before stops working.',
        'Sometimes the text message cannot be delivered at all: try later, or log in with your words.',
        [
          'Is the number lost? After 60 seconds choose Need help?, and ',
          article('recovery-contact-login', 'log in through your recovery contact'),
          '.',
        ],
      ),
      heading('It is refused'),
      points(
        'A code has 4 digits, lives 5 minutes and allows 3 wrong tries.',
        'It works only where it was asked for.',
      ),
      heading('Too many codes'),
      text(
        'Five codes a day can be asked for a number from one place. The page shows the time until the next one. Before that, Hexkey may have this device do a short computation to show that it is no flood; if that fails, try again.',
      ),
      warning('Nobody from Hexkey asks you for a code. Give one to nobody but the page in front of you.'),
    ],
  },
  payments: {
    title: 'A payment does not go through',
    summary: 'New devices, daily limits, balances and fees, and what happened to the money.',
    blocks: [
      heading('It may not be sent yet'),
      points(
        [
          strong('This device is new. '),
          'For 24 hours it may not transfer, unless you approve it on another of your devices: type the code there that this one shows in Wallet, and your PIN.',
        ],
        [
          strong('Your daily limit. '),
          'It counts what you sent in the last 24 hours, fees included. Send less, wait, or raise it: a higher limit holds after 24 hours, a lower one at once.',
        ],
        [
          strong('The balance is too low. '),
          'Fees are paid in SOL, so a little of it is needed for every transfer, whatever you send.',
        ],
        [
          strong('No wallet yet. '),
          'Open ',
          page('/wallet', 'Wallet'),
          ' and enter your PIN: it is made then.',
        ],
      ),
      heading('The receiver'),
      points(
        'An account that was deleted cannot be chosen as a person. Ask them where to send it instead.',
        'An address that cannot be paid is refused before anything is signed. Paste it again, or scan it.',
        'If the safety number of a person does not fit their address, nothing is paid. Compare it with them first.',
      ),
      heading('It was refused or did not end'),
      points(
        [strong('Refused: '), 'nothing was paid. Go back and begin it again.'],
        [
          strong('Nodes answered falsely: '),
          'nothing was signed. Tell whoever runs your server if it stays.',
        ],
        [strong('Out of time: '), 'nothing was paid. Send it as a new transfer.'],
        [strong('The network refused it: '), 'only the fee was paid.'],
        [
          strong('The network does not answer: '),
          'what you signed is sent again by itself, and paid once at most. Look at the history later.',
        ],
      ),
      text('What it takes to sign at all: ', article('key-shards', 'the three kinds of key shards'), '.'),
    ],
  },
  'move-everything': {
    title: 'How do I move everything out, even without Hexkey?',
    summary: 'All assets to another address of yours, while the server is there and while it is not.',
    blocks: [
      text(
        'The wallet is yours and not the server’s: what it takes to pay is your PIN, this device and the guardians of the PIN. The server only helps.',
      ),
      heading('In the app'),
      steps(
        ['Open Wallet, ', page('/wallet/move-everything', 'Move everything out'), '.'],
        'Enter an address whose key you have, for example of a hardware wallet. Compare it letter by letter.',
        'Look at what goes, what it costs and what stays, and take out what shall stay.',
        'Enter your PIN. Assets move one after the other, SOL last, because it pays for the others.',
      ),
      text(
        'If it stops, begin again: only what is left moves, and nothing is paid twice. While the server does not answer, the guardians alone are asked.',
      ),
      heading('What holds here too'),
      points(
        'Your daily limit. What is above it stays; move it when the limit is free again.',
        'A new device waits 24 hours, unless another of your devices approves it.',
        'A wrong PIN costs a try.',
      ),
      text(
        'A thief with your phone and your PIN can do no more here than with any ',
        article('payments', 'payment'),
        '. A low limit is what protects you.',
      ),
      heading('From the command line'),
      text(
        'The program hexkey pays while the server is down, or refuses you: hexkey wallet sign-offline ADDRESS AMOUNT for one payment, hexkey wallet sweep ADDRESS with the option without-server for everything. With the option rpc it asks any Solana node you name. It has to be logged in before you need it.',
      ),
      heading('Taking the key itself out'),
      text(
        'The whole key can leave too, from the command line: hexkey wallet export-begin, and seven days later hexkey wallet export-take with a file name. Each guardian counts the seven days. Meanwhile the wallet on all your devices says so, and any of them can cancel it without the PIN.',
      ),
      points(
        'Whoever has the file can pay, for ever, without PIN and limits. Keep it as you would keep money.',
        'It is not what other wallets call a private key or a seed: they cannot import it. hexkey wallet sign-with-key pays with it and needs nothing but a Solana node.',
        'If you did not begin it: cancel it, end the device that did, and change your PIN.',
      ),
      warning(
        'Without the server a device can do it only after your PIN was entered on it once: then it knows the guardians and keeps its part of the wallet. If it says that the server is needed, use another of your devices.',
      ),
    ],
  },
  conversations: {
    title: 'A message or a group does not work',
    summary: 'What the checks mean, why a conversation is closed, and what groups allow.',
    blocks: [
      heading('Nothing can be sent'),
      points(
        'The line above the text field says why: you left or were removed, one of you blocks the other, the account was deleted, or your device is still joining.',
        [
          strong('The security code changed: '),
          'the other person has a new key, and the old one did not vouch for it. Ask them on another way, then compare safety numbers in the details of the conversation.',
        ],
        [strong('They cannot take part yet: '), 'ask them to open Hexkey and enter their PIN.'],
        'A long text has to be sent in parts.',
      ),
      heading('Only one check'),
      text(
        'The server has the message and their device does not yet. They may be offline, or accept messages from contacts only. You are not told which.',
      ),
      heading('Groups'),
      points(
        'Two people changing a group at the same moment is no fault: try again.',
        'An owner makes somebody else the owner before leaving.',
        'A full group takes nobody in until somebody leaves.',
        'If you are not in it any more, a member can add you again, or you ask with an invite link.',
        'A conversation that exists already is in your chats; there is only one for each person.',
      ),
    ],
  },
  connection: {
    title: 'Offline, not found, or something broke',
    summary: 'What the general messages mean, and what to do about each.',
    blocks: [
      points(
        [
          strong('You are offline. '),
          'What was loaded stays readable, this help too. A PIN typed now costs no try.',
        ],
        [
          strong('The server is not ready, or broke. '),
          'Wait a minute and try again. Whether your last step was carried out shows when it answers.',
        ],
        [strong('Too many requests. '), 'The page shows how long to wait. Trying earlier changes nothing.'],
        [strong('Something you typed is not accepted. '), 'Look at it again: spaces, digits, the length.'],
        [
          strong('Not found. '),
          'The account, person or link does not exist, or no longer. Check what you typed. Logging in with words that open no account says this too.',
        ],
      ),
      text('If a message stays, note the code below it and ask whoever runs your server.'),
    ],
  },
  'clock-and-update': {
    title: 'Fix your clock, or update Hexkey',
    summary: 'Two pages that stand in front of everything until it is done.',
    blocks: [
      heading('Fix your clock'),
      text(
        'Your device and the server differ by more than 5 minutes. Requests carry their time, so the server cannot trust them.',
      ),
      steps(
        'Open the date and time settings of your device.',
        'Let it set time and time zone by itself.',
        'Return and press Try again.',
      ),
      heading('Update Hexkey'),
      text('The server needs a newer version than the one this page loaded.'),
      steps(
        'Press Reload.',
        'If the page stays, close all tabs of Hexkey and open it again.',
        'If it still stays, ask whoever runs your server.',
      ),
      heading('New version'),
      text(
        'A new version comes to your browser by itself and is offered at the top of the page. Reload begins it in all your tabs; Later leaves it for your next start. It never begins while you enter a PIN, pay or send a picture.',
      ),
      text('Hexkey opens without a network too: chats, drafts and help are on your device.'),
      tip('Nothing is lost by either. You stay logged in.'),
    ],
  },
  'browser-storage': {
    title: 'This browser cannot keep Hexkey’s data',
    summary: 'Private windows, full disks, and browsers that tidy up.',
    blocks: [
      text('Hexkey keeps the keys of this device in the browser. Without them the device is a new one.'),
      points(
        'Leave the private window: it forgets everything when it is closed.',
        'Free some space if the disk is full.',
        'Allow the page to store data, if an extension or a setting forbids it.',
        'On an iPhone or iPad, put Hexkey on the Home Screen. Safari deletes the data of pages that were not opened for a week.',
      ),
      text(
        'If it was deleted, log in again; your old messages are gone from this device. Have a way back before that happens: ',
        page('/settings/account/security/recovery-kit', 'Recovery Kit'),
        ', ',
        article('back-up-words', 'words on paper'),
        '.',
      ),
    ],
  },
  'send-logs': {
    title: 'Send logs',
    summary: 'What this app did on this device, before a login too.',
    blocks: [
      text('A log helps support to see what went wrong. It stays on this device until you send it.'),
      heading('If you cannot log in'),
      steps(
        'Hold the title of the login page for 3 seconds. Or open Help.',
        ['Choose ', page('/support/logs', 'Send logs'), '.'],
        'Press Send to support. Keep the ticket number you are shown.',
      ),
      heading('If you are logged in'),
      steps(
        ['Open Settings, About, then ', page('/settings/about/logs', 'Logs'), '.'],
        'Send them, export a file, or copy the last 256 lines.',
      ),
      heading('What is in it'),
      points(
        'Times, names of pages and requests, error codes, and how long each took.',
        'No PIN, words, codes, keys, phone numbers, names, IDs or messages. A line has no place for them.',
        'At most 256 KB before you log in and 5 MB afterwards. The oldest lines go first.',
      ),
      tip('The server deletes logs 30 days after you sent them.'),
      text('To say what happened in your own words, ', article('submit-request', 'submit a request'), '.'),
    ],
  },
  'submit-request': {
    title: 'Submit a request',
    summary: 'Write to the people who run your server, with or without an account.',
    blocks: [
      steps(
        ['Open ', page('/support', 'Support'), ': the lifebuoy in the corner of a login page, or Help.'],
        'Describe what you did, what happened, and the number of the error you saw.',
        'Press Send. Your device works for a few seconds: that keeps machines from flooding support.',
        'Come back to the same page for the answer.',
      ),
      text(
        'Your ticket stays with this device. After you log in, open Support and tap It is mine: it goes on under your account, support sees your Hexkey ID, and Team Hexkey tells you when there is an answer.',
      ),
      warning('Support never needs your PIN, words or codes. Whoever asks for them is not support.'),
      text(
        'What you write here is read by the operator of your server. It is deleted 90 days after the last message.',
      ),
      text('Often a log says more than words: ', article('send-logs', 'Send logs'), '.'),
    ],
  },
};
