import type { Person } from './person.ts';
import { goTo } from './wallet-person.ts';

export const composer = (person: Person) =>
  person.page.getByRole('textbox', { name: 'Message', exact: true });
export const message = (person: Person, text: string) =>
  person.page.getByRole('article', { name: text }).last();

export async function write(person: Person, text: string): Promise<void> {
  await composer(person).fill(text);
  await composer(person).press('Enter');
  await message(person, text).waitFor();
}

export async function createGroup(person: Person, name: string, ids: readonly string[]): Promise<void> {
  await goTo(person, '/chats/new-group');
  await person.page.getByLabel('Name of the group').fill(name);
  for (const id of ids) {
    await person.page.getByLabel('Name or Hexkey ID').fill(id);
    const chip = person.page.getByRole('button', { name: `Add ${id}` });
    const row = person.page.getByRole('checkbox', { name: new RegExp(id) });
    await chip.or(row).first().click();
    await person.page.getByLabel('Name or Hexkey ID').fill('');
  }
  await person.page.getByText(ids.length === 1 ? `1 person chosen` : `${ids.length} people chosen`).waitFor();
  await person.press('Create group');
  await person.sees(name);
}
