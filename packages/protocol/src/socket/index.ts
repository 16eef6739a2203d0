export * from './close-codes.ts';
export * from './device-frames.ts';
export type * from './envelope-frames.ts';
export * from './server-frames.ts';
