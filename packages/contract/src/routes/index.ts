import * as accounts from './accounts.ts';
import * as server from './server.ts';
import * as sessions from './sessions.ts';

/** Every endpoint of the account server by name; the server registers them in a loop and tests iterate over them. */
export const routes = { ...server, ...accounts, ...sessions } as const;
export type RouteName = keyof typeof routes;
