import { request } from 'node:http';
import {
  type AdminAnswer,
  type AdminCommandName,
  type AdminInput,
  adminCommands,
  domainErrorOf,
} from '@hexkey/contract';
import { Value } from 'typebox/value';

/** The server does not run, or the socket is not this user's. Its message is for the operator. */
export class NoServerError extends Error {
  override readonly name = 'NoServerError';
}

export type AskServer = <N extends AdminCommandName>(
  command: N,
  input: AdminInput<N>,
) => Promise<AdminAnswer<N>>;

const answerLimitBytes = 4 * 1024 * 1024;

/**
 * Asks the account server over its local socket.
 * @param operator name of the operating system's user, written down with what is done
 * @returns a function that throws `DomainError` for a refusal and `NoServerError` when nobody answers
 */
export function askServerAt(socketPath: string, operator: string): AskServer {
  return async (command, input) => {
    const { status, text } = await post(socketPath, command, JSON.stringify({ operator, input }));
    const answer: unknown = jsonOf(text);
    if (status !== 200) throw domainErrorOf(answer) ?? new NoServerError(`the server answered ${status}`);
    if (!Value.Check(adminCommands[command].answer, answer))
      throw new NoServerError('the server is of another version');
    return answer as never;
  };
}

function post(socketPath: string, command: string, body: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        socketPath,
        method: 'POST',
        path: `/${command}`,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        timeout: 10_000,
      },
      (response) => {
        const parts: Buffer[] = [];
        let length = 0;
        response.on('data', (part: Buffer) => {
          length += part.length;
          if (length > answerLimitBytes) call.destroy(new NoServerError('an answer beyond its bound'));
          else parts.push(part);
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }),
        );
        response.on('error', reject);
      },
    );
    call.on('timeout', () => call.destroy(new NoServerError('the server does not answer')));
    call.on('error', (error: NodeJS.ErrnoException) => reject(explained(error, socketPath)));
    call.end(body);
  });
}

function explained(error: NodeJS.ErrnoException, socketPath: string): Error {
  if (error.code === 'EACCES')
    return new NoServerError(`${socketPath} belongs to the server's user: run this as that user`);
  if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED')
    return new NoServerError(
      `no server listens on ${socketPath}: is Hexkey running, and is this its folder?`,
    );
  if (error.code === 'ECONNRESET' || error.code === 'EPIPE')
    return new NoServerError('the server ended before it answered; what was asked may be done or not');
  return error;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
