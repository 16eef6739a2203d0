import { TeamMessage } from '@hexkey/contract';
import { expect, test } from 'vitest';
import { englishTexts } from '../i18n/texts.ts';
import { chineseTexts } from '../i18n/texts-zh.ts';
import { translator } from '../i18n/translate.ts';
import { routeOf } from '../route-table.ts';
import { pageOf, textOf, titleOf } from './say-message.ts';

const device = { name: 'Firefox on Windows', platform: 'web', place: '198.51.100.7' } as const;
const ada = { hexkeyId: '314159265', name: 'Ada' };
const nameless = { hexkeyId: '271828182', name: null };
const code = { code: '2718', owner: ada, expiresAtMs: 1 };
const saids = [
  { kind: 'newLogin', parameters: { method: 'words', device } },
  { kind: 'newLogin', parameters: { method: 'phone', device } },
  { kind: 'newLogin', parameters: { method: 'link', device } },
  { kind: 'newLogin', parameters: { method: 'contact', device: { ...device, place: null } } },
  { kind: 'pinChanged', parameters: { device } },
  { kind: 'phoneAdded', parameters: { phoneMasked: '•• 23', device } },
  { kind: 'phoneChanged', parameters: { phoneMasked: '•• 23', device } },
  { kind: 'phoneUnlinked', parameters: { phoneMasked: '•• 23' } },
  { kind: 'recoveryContactSet', parameters: { contact: ada, device } },
  { kind: 'recoveryContactRemoved', parameters: { contact: nameless, device } },
  { kind: 'youAreRecoveryContact', parameters: { owner: ada } },
  { kind: 'youAreNoRecoveryContact', parameters: { owner: nameless } },
  { kind: 'recoveryContactLost', parameters: { contact: ada, problem: 'not-added-back' } },
  { kind: 'recoveryContactLost', parameters: { contact: ada, problem: 'deleted' } },
  { kind: 'recoveryCode', parameters: { ...code, purpose: 'setRecoveryContact' } },
  { kind: 'recoveryCode', parameters: { ...code, purpose: 'loginWithContact' } },
  { kind: 'contactLoginRequested', parameters: { contactLoginId: 'x', place: null, expiresAtMs: 1 } },
  { kind: 'contactLoginRefused', parameters: { device } },
  { kind: 'deviceApproved', parameters: { approved: 'Chrome on Android', device } },
  { kind: 'walletLimitsRaised', parameters: { fromMs: 1, device } },
  { kind: 'payKeyRegistered', parameters: { device } },
  { kind: 'walletExportBegun', parameters: { fromMs: 1, device } },
  { kind: 'walletExportTaken', parameters: { device } },
  { kind: 'supportAnswered', parameters: { ticketNumber: '48120953' } },
] as const;
const messages = saids.map((said) => ({ id: 'x', sentAtMs: 1, ...said }) as TeamMessage);

test('every kind of the contract is among the messages below', () => {
  const kinds = TeamMessage.anyOf.map(({ properties }) => properties.kind.const);
  expect(new Set(messages.map(({ kind }) => kind))).toEqual(new Set(kinds));
});

test.each([englishTexts, chineseTexts])('every message is said whole in $language', (texts) => {
  const t = translator(texts);
  for (const message of messages) {
    expect(titleOf(t, message)).not.toMatch(/[{}]|^$/);
    expect(textOf(t, message)).not.toMatch(/[{}]|^$/);
  }
});

test('a code is in neither the title nor the text: the list of chats shows the one, the code stands alone beside the other', () => {
  const t = translator(englishTexts);
  for (const message of messages.filter(({ kind }) => kind === 'recoveryCode'))
    expect(titleOf(t, message) + textOf(t, message)).not.toContain('2718');
});

test('whoever is named is named with the Hexkey ID, because names can be chosen freely', () => {
  const t = translator(englishTexts);
  for (const message of messages) {
    const said = JSON.stringify(message.parameters);
    if (said.includes(ada.hexkeyId)) expect(titleOf(t, message) + textOf(t, message)).toContain(ada.hexkeyId);
  }
});

test('what can be done about a message is done on a page that exists', () => {
  for (const message of messages) {
    const page = pageOf(message);
    if (page !== null) expect(routeOf(page)).not.toBe(null);
  }
});

test('an answer of support is told by the number of its ticket, and leads to it', () => {
  const message = messages.find(({ kind }) => kind === 'supportAnswered') as TeamMessage;
  for (const texts of [englishTexts, chineseTexts])
    expect(textOf(translator(texts), message)).toContain('48120953');
  expect(pageOf(message)).toBe('/support');
});

test('a kind from a newer server is said to need an update', () => {
  expect(titleOf(translator(englishTexts), null)).toContain('newer Hexkey');
});
