import { type Config, isLoopback } from '../config.ts';

/** What an operator must know about this way of running, one line each. */
export function banners(config: Config, isDevelopment: boolean): readonly string[] {
  return [
    'All PIN nodes run on one machine, under one operator: a demo, not a defence. See docs/self-hosting.md.',
    ...(config.compact
      ? ['HEXKEY_COMPACT: the PIN nodes share one process and are not independent at all.']
      : []),
    ...(config.apiEnv.DATABASE_URL
      ? []
      : ['Embedded database: for trying out. Set DATABASE_URL to a PostgreSQL for real use.']),
    ...(config.cluster === null
      ? ['Local devnet: SOL and tokens are worth nothing. Set SOLANA_RPC_URL to use a cluster.']
      : []),
    ...(isLoopback(config.publicUrl)
      ? []
      : ['No SMS provider: signing up with a phone number answers 10003 (not delivered).']),
    ...(config.publicUrl.protocol === 'http:' && !isLoopback(config.publicUrl)
      ? ['HEXKEY_PUBLIC_URL is not https: browsers refuse Web Crypto there, so nobody can sign in.']
      : []),
    ...(isDevelopment
      ? ['Development: Vite serves the client from its sources, without its content policy.']
      : []),
  ];
}
