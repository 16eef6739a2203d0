export type * from './hexkey.ts';
