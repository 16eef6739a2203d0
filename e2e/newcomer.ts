import type { RunningHexkey } from './harness.ts';
import type { Person } from './person.ts';
import { goTo } from './wallet-person.ts';

/** What people do on a whole installation, from a first code to a first picture. */

/** From the first PIN to a name, the words put off. @param next the page after it */
export async function becomeSomebody(
  person: Person,
  given: { readonly pin: string; readonly name: string; readonly next?: string },
): Promise<void> {
  await person.sees('Set your PIN');
  await person.setPin(given.pin);
  await person.sees('Your 13 words');
  await person.press('Later');
  await person.page.getByLabel('Name').fill(given.name);
  await person.press('Continue');
  await person.sees(given.next ?? 'Chats');
}

/** Types a number, and the code that is sent there. */
export async function receiveCode(hexkey: RunningHexkey, person: Person, phone: string): Promise<void> {
  const count = (await hexkey.messages()).length;
  await person.enterPhone(phone);
  await person.enterCode(await hexkey.codeFor(phone, count));
}

/** From the chats. */
export async function idOnProfile(person: Person): Promise<string> {
  await person.press('Profile');
  const id = person.page.getByText(/^\d{9}$/).first();
  await id.waitFor();
  return id.innerText();
}

export async function addContact(person: Person, hexkeyId: string): Promise<void> {
  await goTo(person, '/contacts/add');
  await person.page.getByLabel('Hexkey ID').fill(hexkeyId);
  await person.press('Find');
  await person.press('Add');
  await person.sees('Contacts');
}

/** The newest code that Team Hexkey sent to a contact. */
export async function codeAt(person: Person): Promise<string> {
  await goTo(person, '/chats/team-hexkey');
  const code = person.page.getByText(/^\d{4}$/).last();
  await code.waitFor();
  return code.innerText();
}
