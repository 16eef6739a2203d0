import { decodeMlsMessage, type MLSMessage } from 'ts-mls';
import { MlsError } from 'ts-mls/mlsError.js';

type Wireformat = MLSMessage['wireformat'];
type MessageOf<W extends Wireformat> = Extract<MLSMessage, { wireformat: W }>;

/** The message in `bytes`, or null when they are not exactly one of that wire format. RFC 9420 section 6. */
export function readMessage<W extends Wireformat>(bytes: Uint8Array, wireformat: W): MessageOf<W> | null {
  const message = decodeWhole(bytes);
  return message?.wireformat === wireformat ? (message as MessageOf<W>) : null;
}

function decodeWhole(bytes: Uint8Array): MLSMessage | null {
  try {
    const decoded = decodeMlsMessage(bytes, 0);
    return decoded !== undefined && decoded[1] === bytes.length ? decoded[0] : null;
  } catch (error) {
    // Its own errors for what is malformed, the engine's for a length past the end.
    if (error instanceof MlsError || error instanceof RangeError || error instanceof TypeError) return null;
    throw error;
  }
}
