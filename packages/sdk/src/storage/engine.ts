/** The engine's part that is needed; `crypto.subtle` of a page, a worker or Node. */
export type Engine = Pick<SubtleCrypto, 'generateKey' | 'exportKey' | 'sign' | 'encrypt' | 'decrypt'>;
