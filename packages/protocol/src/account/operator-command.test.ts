import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { concatBytes, lengthPrefixed, utf8 } from '../encoding/bytes.ts';
import {
  formatOperatorHeader,
  operatorChallengeBytes,
  operatorStatement,
  parseOperatorHeader,
} from './operator-command.ts';

const filled = (value: number, length: number) => new Uint8Array(length).fill(value);
const lp = (text: string) => lengthPrefixed(utf8(text));

test('an operator’s statement binds installation, challenge, command and body, laid out as the page says', () => {
  const command = {
    origin: 'https://hexkey.example',
    challenge: filled(1, operatorChallengeBytes),
    command: 'showUser',
    body: utf8('{"hexkeyId":"100000000"}'),
  };
  expect(operatorStatement(command)).toEqual(
    concatBytes(
      lp('hexkey/1 operator'),
      lp('https://hexkey.example'),
      lengthPrefixed(filled(1, operatorChallengeBytes)),
      lp('showUser'),
      lengthPrefixed(createHash('sha256').update(command.body).digest()),
    ),
  );
  const others = [
    { ...command, origin: 'https://hexkey.example:444' },
    { ...command, challenge: filled(2, operatorChallengeBytes) },
    { ...command, command: 'showUserLimits' },
    { ...command, body: utf8('{"hexkeyId":"100000001"}') },
  ];
  for (const other of others) expect(operatorStatement(other)).not.toEqual(operatorStatement(command));
});

test('a header is read back, and nothing but its one form is read', () => {
  const header = {
    publicKey: filled(1, 32),
    challenge: filled(2, operatorChallengeBytes),
    signature: filled(3, 64),
  };
  const text = formatOperatorHeader(header);
  expect(parseOperatorHeader(text)).toEqual(header);
  // Other bits behind the last byte: the same bytes in a second spelling.
  const second = text.replace(/AQE;/, 'AQF;');
  expect(second).not.toBe(text);
  for (const other of ['', text.slice(1), text.replace('v1', 'v2'), `${text} `, text.slice(0, -1), second])
    expect(parseOperatorHeader(other), other).toBeNull();
});
