export * from './account/index.ts';
export * from './encoding/bytes.ts';
export * from './encoding/secret.ts';
export * from './encoding/text.ts';
export * from './pin/index.ts';
export type * from './ports.ts';
