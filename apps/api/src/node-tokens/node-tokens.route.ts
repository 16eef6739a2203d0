import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { issueNodeTokens } from './issue-node-tokens.ts';

export function nodeTokenHandlers(deps: Deps): Pick<Handlers, 'issueNodeTokens'> {
  return { issueNodeTokens: ({ caller }) => issueNodeTokens(deps, caller) };
}
