import { Type } from 'typebox';
import { route } from '../route.ts';
import { BytesUpTo, Exact, Nullable } from '../schemas.ts';

/** Sealed by the owner's devices under a key from S_pin (docs/protocol/account-api.md section 15). */
const Sealed = BytesUpTo(4096);
const Revision = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });

export const getLogHeads = route({
  name: 'getLogHeads',
  summary: "The sealed heads of the nodes' attempt logs that the owner's devices share",
  method: 'GET',
  path: '/api/v1/account/log-heads',
  access: 'full',
  answer: Exact({ heads: Nullable(Exact({ revision: Revision, sealed: Sealed })) }),
});

export const putLogHeads = route({
  name: 'putLogHeads',
  summary: 'Replaces the sealed heads, if nobody has replaced them since they were read',
  method: 'PUT',
  path: '/api/v1/account/log-heads',
  access: 'full',
  body: Exact({
    /** The revision that was read; 0 when there was none. */
    replaces: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    revision: Revision,
    sealed: Sealed,
  }),
  /** False: another device was faster. */
  answer: Exact({ stored: Type.Boolean() }),
});
