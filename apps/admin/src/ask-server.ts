import {
  type AdminAnswer,
  type AdminCommandName,
  type AdminInput,
  adminCommands,
  domainErrorOf,
  OperatorChallenge,
  operatorChallengePath,
  operatorCommandPath,
} from '@hexkey/contract';
import {
  formatOperatorHeader,
  fromBase64url,
  type KeyPair,
  operatorField,
  operatorStatement,
  signEd25519,
  utf8,
} from '@hexkey/protocol';
import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { NoServerError, postJson } from './post-json.ts';

export type AskServer = <N extends AdminCommandName>(
  command: N,
  input: AdminInput<N>,
) => Promise<AdminAnswer<N>>;

const client = { 'hexkey-client': 'admin/0.1.0' };

/**
 * Asks the account server over its local socket.
 * @param operator name of the operating system's user, written down with what is done
 * @returns a function that throws `DomainError` for a refusal and `NoServerError` when nobody answers
 */
export function askServerAt(socketPath: string, operator: string): AskServer {
  return async (command, input) =>
    answerOf(
      await postJson({ socketPath }, `/${command}`, JSON.stringify({ operator, input })),
      adminCommands[command].answer,
    ) as never;
}

/**
 * Asks the account server over a network: takes a challenge for each command and signs it with the command and its input
 * (docs/protocol/account-api.md section 19). The seed stays here.
 * @param origin of the installation; part of what is signed, so that another server cannot pass it on
 * @returns as `askServerAt`
 */
export function askServerByKey(origin: URL, key: KeyPair): AskServer {
  return async (command, input) => {
    const given = answerOf(
      await postJson({ origin }, operatorChallengePath, '{}', client),
      OperatorChallenge,
    );
    const challenge = fromBase64url(given.challenge);
    const body = JSON.stringify(input);
    const signature = signEd25519(
      key,
      operatorStatement({ origin: origin.origin, challenge, command, body: utf8(body) }),
    );
    const headers = {
      ...client,
      [operatorField]: formatOperatorHeader({ publicKey: key.publicKey, challenge, signature }),
    };
    const answer = await postJson({ origin }, operatorCommandPath(command), body, headers);
    return answerOf(answer, adminCommands[command].answer) as never;
  };
}

function answerOf<S extends TSchema>(
  { status, text }: { readonly status: number; readonly text: string },
  schema: S,
): Static<S> {
  const answer: unknown = jsonOf(text);
  if (status !== 200) throw domainErrorOf(answer) ?? new NoServerError(`the server answered ${status}`);
  if (!Value.Check(schema, answer)) throw new NoServerError('the server is of another version');
  return answer;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
