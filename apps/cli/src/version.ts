/** Sent with every request; the server refuses versions that are too old. */
export const version = '0.1.0';
