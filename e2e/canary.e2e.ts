import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinAuthKeyPair, Secret, wrapEntropyKey } from '@hexkey/protocol';
import { freePort, launchChromiumProfile } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browserStorage } from './browser-storage.ts';
import {
  bytesCanaries,
  type Canary,
  codeCanaries,
  entropyCanaries,
  findIn,
  findInFolder,
  phoneCanaries,
  pinCanaries,
  quotedCodeCanaries,
  wordsCanaries,
} from './canary.ts';
import { type RunningHexkey, startHexkey, temporaryFolder } from './harness.ts';
import { installed } from './installed.ts';
import { type TellingClient, tellingClient } from './node-client.ts';
import { type Person, personAt } from './person.ts';

const pin = '830517';
const wrongPin = '830519';
const controlPin = '274906';
const phone = '+12025550177';
const linkedPhone = '+12025550178';
const ownersName = 'Owner-5912';
const folders = { data: temporaryFolder(), profile: temporaryFolder(), planted: temporaryFolder() };
beforeAll(() => installed(folders.data.path));
afterAll(() => {
  for (const folder of Object.values(folders)) folder.remove();
});

test('nothing that is kept, logged or sent as text holds a PIN, words, a key made from them, or a recovery code', async () => {
  const hexkey = await startHexkey(folders.data.path, await freePort());
  const browser = await launchChromiumProfile(folders.profile.path, { locale: 'en-US' });
  try {
    const [page = await browser.newPage()] = browser.pages();
    await page.goto(hexkey.origin);
    const person = personAt(page);
    const words = await useInBrowser(person);
    const owner = tellingClient(hexkey.origin, folders.data.path);
    const ownersSecrets = await useTellingClient(hexkey, owner);
    const picture = randomBytes(64);
    const { recoveryCode, smsCode } = await useRecoveryKit(hexkey, owner, person, picture);
    const canaries = [
      ...[pin, wrongPin].flatMap(pinCanaries),
      ...wordsCanaries(words),
      ...entropyCanaries('E', words),
      ...ownersSecrets,
      ...codeCanaries(recoveryCode),
      ...phoneCanaries(linkedPhone),
    ];
    const pictures = bytesCanaries('picture', picture);
    const loggedNowhere = [
      ...canaries,
      ...pictures,
      ...[recoveryCode, smsCode].flatMap(quotedCodeCanaries),
      ...codeCanaries(smsCode),
    ];

    const stored = await browserStorage(page);
    expect(stored).toMatch(/bytes:[0-9a-f]{32}/);
    expect(findIn('browser storage', stored, canaries)).toEqual([]);
    // The contact's browser keeps the message with the code, and who it was for; both rest sealed.
    const open = /recoveryCode|setRecoveryContact|Owner-5912/;
    expect(findIn('browser storage', stored, [{ name: 'message', pattern: open }])).toEqual([]);
    expect(stored).toMatch(/"messages":\{[^}]*bytes:[0-9a-f]{32}/);
    // The outbox is where a number and its code belong; nothing else does.
    const sent = JSON.stringify((await hexkey.messages()).map(({ text }) => text));
    expect(findIn('outbox', sent, canaries)).toEqual([]);
    // Controls in the same places: the profile's name in the server's database, a planted PIN in the browser's storage.
    await page.evaluate((control) => localStorage.setItem('control', `"${control}"`), controlPin);
    expect(findIn('browser storage', await browserStorage(page), pinCanaries(controlPin))).not.toEqual([]);
    await browser.close();
    await hexkey.stop();
    expect(findInFolder(folders.profile.path, pinCanaries(controlPin)).found).not.toEqual([]);
    expect(
      findInFolder(folders.data.path, [{ name: 'name', pattern: /Canary-8471/ }]).found.join(),
    ).toContain('api');
    expect(findIn('logs', hexkey.output(), [{ name: 'route', pattern: /phone-codes/ }])).not.toEqual([]);
    expect(findIn('logs', hexkey.output(), [{ name: 'route', pattern: /recovery-contact/ }])).not.toEqual([]);
    expect(findIn('logs', hexkey.output(), loggedNowhere)).toEqual([]);
    // A picture is for everybody, and in no log all the same.
    expect(findInFolder(folders.data.path, pictures).found.join()).toContain('api');
    for (const folder of [folders.data, folders.profile]) {
      const { found, files } = findInFolder(folder.path, canaries);
      expect(found).toEqual([]);
      expect(files).toBeGreaterThan(10);
    }
  } finally {
    await browser.close();
    await hexkey.stop();
  }
}, 400_000);

test('the search finds what it looks for, in every form that is claimed', () => {
  const words = ['abandon', 'zebra', 'mask', 'orbit'];
  const bytes = Uint8Array.from({ length: 32 }, (_, index) => (index * 37 + 200) % 256);
  const buffer = Buffer.from(bytes);
  const planted: readonly (readonly [readonly Canary[], string | Buffer])[] = [
    [pinCanaries(pin), `{"pin":"${pin}"}`],
    [pinCanaries(pin), `entered ${pin}, then`],
    [pinCanaries(pin), Buffer.from(`"${pin}"`, 'utf16le')],
    [pinCanaries(pin), Buffer.from(`x"${pin}"`, 'utf16le').subarray(1)],
    [pinCanaries(pin), Buffer.from(pin).toString('hex')],
    [pinCanaries(pin), Buffer.from(pin).toString('base64')],
    [pinCanaries(pin), JSON.stringify(pin.split('').map(Number))],
    [wordsCanaries(words), words.join(' ')],
    [wordsCanaries(words), JSON.stringify(words)],
    [wordsCanaries(words), words.slice(1).join('\n')],
    [codeCanaries('0417'), '{"code":"0417"}'],
    [codeCanaries('0417'), 'Your Hexkey code is 0417'],
    [codeCanaries('0417'), 'code=0417&next'],
    [codeCanaries('0417'), Buffer.from('"\x04code"\x040417"', 'latin1')],
    [quotedCodeCanaries('0417'), '{"verification":"0417"}'],
    [phoneCanaries(phone), `to ${phone}.`],
    [phoneCanaries(phone), `"${phone.slice(1)}"`],
    [bytesCanaries('S', bytes), Buffer.concat([Buffer.from('row'), buffer, Buffer.from('end')])],
    ...['hex', 'base64', 'base64url'].map(
      (encoding) => [bytesCanaries('S', bytes), `k=${buffer.toString(encoding as 'hex')};`] as const,
    ),
    [bytesCanaries('S', bytes), JSON.stringify([...bytes])],
    [bytesCanaries('S', bytes), JSON.stringify(bytes)],
  ];
  for (const [index, [canaries, content]] of planted.entries()) {
    expect(findIn(`control ${index}`, content, canaries), `control ${index}`).not.toEqual([]);
    writeFileSync(join(folders.planted.path, `${index}.bin`), content);
    expect(findInFolder(folders.planted.path, canaries).found.join()).toContain(`${index}.bin`);
  }
  expect(findIn('longer number', `179${pin}5 a${pin}`, pinCanaries(pin))).toEqual([]);
});

/** Registers with words, mistypes and types the PIN, views the words and backs them up. @returns the words */
async function useInBrowser(person: Person): Promise<readonly string[]> {
  await person.press('Create account');
  await person.press('Use a mnemonic phrase');
  await person.page.getByRole('button', { name: 'Continue' }).click();
  await person.setPin(pin);
  await person.press('Save now');
  const words = await person.readWords();
  await person.press('Done');
  await person.page.getByLabel('Name').fill('Canary-8471');
  await person.press('Continue');
  await person.sees('Chats');
  await person.page.goto(new URL('/settings/account/security/words', person.page.url()).href);
  await person.enterPin(wrongPin);
  await person.page.getByText('Wrong PIN. 4 tries left.').first().waitFor();
  await person.enterPin(pin);
  expect(await person.readWords()).toEqual(words);
  await person.page.goto(new URL('/settings/account/security/recovery-kit/words', person.page.url()).href);
  await person.press('Continue');
  await person.enterPin(pin);
  await person.readWords();
  await person.press('I wrote them down');
  await person.enterWords(words);
  await person.press('Check the words');
  await person.sees('Backed up');
  return words;
}

/** The same PIN through a client that tells its keys, by phone, so that the server keeps a sealed entropy too. */
async function useTellingClient(
  { messages, codeFor }: RunningHexkey,
  client: TellingClient,
): Promise<readonly Canary[]> {
  const sent = (await messages()).length;
  const { verificationId } = await client.hexkey.requestPhoneCode(new Secret(phone), 'register', 'en');
  await client.hexkey.registerWithPhone(verificationId, new Secret(await codeFor(phone, sent)));
  const words = (await client.hexkey.setPin(new Secret(pin), () => {})).reveal();
  await client.hexkey.viewWords(new Secret(pin));
  const pinSecret = client.pinSecret();
  return [
    ...wordsCanaries(words),
    ...entropyCanaries('phone account E', words),
    ...bytesCanaries('S_pin', pinSecret.reveal()),
    ...bytesCanaries('pin-auth seed', pinAuthKeyPair(pinSecret).seed.reveal()),
    ...bytesCanaries('wrap-entropy', wrapEntropyKey(pinSecret).reveal()),
    ...client.stretchedPins.flatMap((hash, index) => [
      ...bytesCanaries(`access key ${index}`, hash.subarray(0, 32)),
      ...bytesCanaries(`encryption key seed ${index}`, hash.subarray(32)),
    ]),
    // In no log, although the database keeps a sealed form of it.
    ...phoneCanaries(phone),
  ];
}

/** A picture, another number, and the person in the browser as the recovery contact, who reads the code from Team Hexkey. */
async function useRecoveryKit(
  { messages, codeFor, origin }: RunningHexkey,
  { hexkey }: TellingClient,
  contact: Person,
  picture: Uint8Array,
): Promise<{ readonly recoveryCode: string; readonly smsCode: string }> {
  const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex');
  await hexkey.setName(ownersName);
  await hexkey.people.setPicture(Buffer.concat([pngSignature, picture]));
  const link = await hexkey.recoveryKit.openPhone(new Secret(pin));
  const sent = (await messages()).length;
  const asked = await link.requestCode(new Secret(linkedPhone), 'en');
  const smsCode = await codeFor(linkedPhone, sent);
  expect(await link.confirm(asked.verificationId, new Secret(smsCode), 'en')).toMatchObject({
    result: 'changed',
  });
  link.close();

  await contact.page.goto(new URL('/chats', origin).href);
  const contactId = await contact.hexkeyId();
  await hexkey.people.add(contactId);
  await contact.page.goto(new URL('/contacts/add', origin).href);
  await contact.page.getByLabel('Hexkey ID').fill((await hexkey.account()).hexkeyId);
  await contact.press('Find');
  await contact.press('Add');
  await contact.sees('Contacts');
  const flow = await hexkey.recoveryKit.openContact(new Secret(pin));
  const { verificationId } = await flow.requestCode(contactId);
  await contact.page.goto(new URL('/chats/team-hexkey', origin).href);
  const shown = contact.page.getByText(/^\d{4}$/).last();
  await shown.waitFor();
  const recoveryCode = await shown.innerText();
  await flow.confirm(verificationId, new Secret(recoveryCode));
  flow.close();
  return { recoveryCode, smsCode };
}
