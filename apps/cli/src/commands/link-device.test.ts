import { Secret } from '@hexkey/protocol';
import type { HexkeyClient, LinkState } from '@hexkey/sdk';
import decodeQR from 'qr/decode.js';
import { expect, test } from 'vitest';
import type { Options } from '../options.ts';
import type { Terminal } from '../terminal.ts';
import { linkDevice } from './link-device.ts';

const escapeCode = '\u001b';
const codes = [
  'https://hexkey.example/link#1.first-code-of-a-minute',
  'https://hexkey.example/link#1.second',
];

/** What is noted while a computer shows its codes to somebody, or to a program. */
async function notesOf(isInteractive: boolean): Promise<readonly string[]> {
  const notes: string[] = [];
  const terminal = { isInteractive, note: (text: string) => void notes.push(text) } as Terminal;
  const givenUp = new Error('given up');
  const deviceLinks = {
    async show(say: (state: LinkState) => void) {
      for (const code of codes) say({ step: 'code', code: new Secret(code), madeAtMs: 0 });
      throw givenUp;
    },
  };
  const hexkey = { place: { at: 'signed-out' }, deviceLinks } as unknown as HexkeyClient;
  const context = { hexkey, terminal, parameters: [], options: {} as Options };
  await expect(linkDevice(context)).rejects.toBe(givenUp);
  return notes;
}

/** Takes a picture of what a terminal shows: each module is two spaces on a colour of ECMA-48. */
function photograph(drawn: string) {
  const modules = drawn
    .split('\n')
    .map((line) =>
      line
        .split(escapeCode)
        .filter((part) => part.endsWith('m  '))
        .map((part) => part.startsWith('[40m')),
    )
    .filter((row) => row.length > 0);
  const [width, height, scale] = [modules[0]?.length ?? 0, modules.length, 4];
  const data = new Uint8Array(width * height * scale * scale * 4).fill(255);
  for (let y = 0; y < height * scale; y += 1)
    for (let x = 0; x < width * scale; x += 1)
      if (modules[Math.floor(y / scale)]?.[Math.floor(x / scale)])
        data.fill(0, (y * width * scale + x) * 4, (y * width * scale + x) * 4 + 3);
  return { width: width * scale, height: height * scale, data };
}

test('what is drawn in a terminal is the code beneath it, for every code', async () => {
  const notes = await notesOf(true);
  const drawn = notes.filter((note) => note.includes(escapeCode));
  expect(drawn.map((note) => decodeQR(photograph(note)))).toEqual(codes);
  for (const [index, note] of drawn.entries()) expect(notes[notes.indexOf(note) + 1]).toBe(codes[index]);
});

test('a program is given the code as text, and no picture', async () => {
  const notes = await notesOf(false);
  expect(notes.filter((note) => codes.includes(note))).toEqual(codes);
  expect(notes.join('')).not.toContain(escapeCode);
});
