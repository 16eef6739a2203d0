import { article, page, picture, points, steps, strong, text, tip, warning } from '../article.ts';
import type { ArticlesOf } from '../library.ts';

export const mnemonicPhrasesEn: ArticlesOf<'mnemonic-phrases'> = {
  'log-in-with-words': {
    title: 'How do I log in with a mnemonic phrase?',
    summary: 'Type your words in order, then your PIN.',
    blocks: [
      steps(
        'On the first page choose Existing account.',
        ['Choose ', page('/login/words', 'Use a mnemonic phrase'), '.'],
        'Choose how many words you have, and type them in order. Suggestions appear as you type; you can also paste all of them into any field.',
        'Enter your PIN.',
      ),
      picture('login-words', 'The page with a numbered field for each word'),
      points(
        'Hexkey’s phrases have 13 words. The last one is a checksum: a mistyped word is noticed before anything is sent.',
        'Older phrases of 25 words, and plain ones of 12 or 24, are accepted too.',
        'If the words are refused, compare the spelling and the order with your paper. A word that is not in the list is marked.',
      ),
      text(
        'Old messages are not on a new device: what was written before stays on the devices that have it. After the login all your other devices are told of it.',
      ),
      text('Hexkey is a web page, so it is always the newest version; reload it if it was open for long.'),
    ],
  },
  'key-shards': {
    title: 'What are mnemonic phrases and key shards?',
    summary: 'Your words are one of three kinds of parts that the wallet’s key exists in.',
    blocks: [
      text(
        'A mnemonic phrase is 13 ordinary words. They stand for a number that only your devices know, and they get you into your account on any device.',
      ),
      {
        kind: 'shards',
        shards: [
          { name: 'PIN shard', from: 'Comes with your PIN, from the PIN nodes together' },
          {
            name: 'Account shard',
            from: 'Comes with your words, your phone number or your recovery contact',
          },
          { name: 'Network shards', from: 'One at each PIN node; each stays where it is' },
        ],
        result: 'Only all three kinds together sign a payment',
      },
      points(
        'The whole key never exists in one place. There is one exception: an export that you ask for yourself.',
        'Whoever finds your words gets to the page that asks for your PIN, and no further.',
        'Whoever knows your PIN but neither words nor number nor contact does not even get there.',
        'The people who run the server or the nodes cannot pay with your money.',
      ),
      text(
        'Read on: ',
        article('back-up-words', 'back up your words'),
        ', ',
        article('what-is-pin', 'what the PIN is'),
        ', ',
        article('pin-nodes', 'who the PIN nodes are'),
        '.',
      ),
    ],
  },
  'back-up-words': {
    title: 'How do I back up my mnemonic phrase?',
    summary: 'Write down 13 words and type them once from the paper.',
    blocks: [
      text('The steps are the same whether you began with words or with a phone number.'),
      steps(
        [
          'From your chats: your picture, top right, then the gear. Or More, then Settings. From there Account, Security, ',
          page('/settings/account/security/recovery-kit', 'Recovery Kit'),
          ', ',
          page('/settings/account/security/recovery-kit/words', 'Mnemonic phrase'),
          '.',
        ],
        'Read the notice, and make sure that nobody sees your screen.',
        'Enter your PIN.',
        'Write the words on paper, in order, and choose I wrote them down.',
        'Type every word from the paper. Wrong ones are marked with their number.',
      ),
      picture('words-check', 'The check: every word is typed from the paper'),
      text(
        'Only then does the kit say ',
        strong('Backed up'),
        '. After you register you are offered the same at once; Later is possible, but then this device holds the only copy.',
      ),
      warning(
        'Keep the paper where nobody else looks. Do not photograph it and do not put the words online. Whoever asks you for them is after your account.',
      ),
      points(
        'Copy and the QR code are for a device of your own. The clipboard is emptied after 60 seconds.',
        'The words are hidden while you look at another page or window.',
        'From time to time choose Rehearse the phrase in the kit: you type the words, nothing is shown.',
      ),
      text('The words do not replace your PIN. ', article('forgot-pin', 'If you forget it')),
    ],
  },
  'view-words': {
    title: 'How do I see my mnemonic phrase again?',
    summary: 'In the Recovery Kit, with your PIN, every time.',
    blocks: [
      steps(
        [
          'Open More, Settings, Account, Security, ',
          page('/settings/account/security/recovery-kit', 'Recovery Kit'),
          '. Or from your chats: your picture, the gear, and on from there.',
        ],
        ['Choose ', page('/settings/account/security/recovery-kit/words', 'Mnemonic phrase'), '.'],
        'Enter your PIN. It is asked for each time.',
      ),
      text(
        'They are the same words as on the first day: adding a number, changing the PIN or another device does not change them.',
      ),
      tip('Nobody should be able to see your screen. The words disappear while the page is not in front.'),
      text(
        'Each viewing is written to your ',
        page('/settings/account/security/logs', 'log'),
        '. Not seen before? Then ',
        article('back-up-words', 'back them up'),
        '.',
      ),
    ],
  },
};
