import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { InterruptedError } from './hidden-input.ts';
import { createTerminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** A terminal somebody types at: its own echo is on unless it is raw, as in a real one. */
function typedTerminal() {
  const shown: string[] = [];
  const modes: boolean[] = [];
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (on: boolean) => void modes.push(on),
  });
  const errors = { isTTY: true, write: (text: string) => void shown.push(text) };
  const output = { write: () => undefined };
  return {
    terminal: createTerminal({ input, output, errors }, false),
    input,
    modes,
    shown: () => shown.join(''),
  };
}

function pipedTerminal(text: string, answersFromInput: boolean) {
  const input = new PassThrough();
  input.end(text);
  const silent = { write: () => undefined };
  return createTerminal({ input, output: silent, errors: silent }, answersFromInput);
}

test('a secret is typed without a trace, and the terminal is given back', async () => {
  const { terminal, input, modes, shown } = typedTerminal();
  const asked = terminal.askSecret('PIN:');
  for (const key of ['3', '1', '5', '\u007f', '4159', '\r']) input.write(key);
  expect((await asked).reveal()).toBe('314159');
  expect(shown()).toBe('PIN: \n');
  expect(modes).toEqual([true, false]);
});

test('what is typed ahead, or pasted in one go, answers the next question', async () => {
  const { terminal, input } = typedTerminal();
  input.write('one\ntwo\n');
  expect((await terminal.askSecret('1')).reveal()).toBe('one');
  expect(await terminal.ask('2')).toBe('two');
});

test('Ctrl-C, Ctrl-D and a terminal that is gone answer nothing', async () => {
  for (const end of ['\u0003', '\u0004', null]) {
    const { terminal, input, modes } = typedTerminal();
    const asked = terminal.askSecret('PIN:');
    if (end === null) input.end();
    else input.write(`31${end}`);
    await expect(asked).rejects.toThrow(InterruptedError);
    expect(modes.at(-1)).toBe(false);
  }
});

test('only a yes is a yes', async () => {
  for (const [answer, verdict] of [
    ['y', true],
    ['YES', true],
    ['', false],
    ['no', false],
    ['yeah', false],
  ] as const) {
    const { terminal, input } = typedTerminal();
    input.write(`${answer}\n`);
    expect(await terminal.confirm('Sure?', '')).toBe(verdict);
  }
});

test('lines of standard input answer in the order of the questions, only when that was asked for', async () => {
  const terminal = pipedTerminal('one\r\ntwo', true);
  expect((await terminal.askSecret('1')).reveal()).toBe('one');
  expect(await terminal.ask('2')).toBe('two');
  await expect(terminal.ask('3')).rejects.toThrow('Standard input has ended');
  await expect(pipedTerminal('one\n', false).askSecret('1')).rejects.toThrow('--pin-stdin');
  await expect(pipedTerminal('y\n', true).confirm('Sure?', 'Pass --sure.')).rejects.toThrow(UsageError);
});
