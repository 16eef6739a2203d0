export * from './statements.ts';
export * from './team-envelope.ts';
