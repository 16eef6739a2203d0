/** Codes a socket is closed with. RFC 6455 section 7.4.2 leaves 4000 to 4999 to applications. */
export const socketCloseCodes = {
  /** A frame that no honest device sends. */
  malformed: 4400,
  /** No such session, or a wrong signature: log in again. */
  sessionEnded: 4401,
  /** The session has not shown its PIN. */
  sessionLocked: 4403,
  /** No hello in time. */
  helloTimeout: 4408,
  /** The same device has opened another socket: do not reconnect. */
  displaced: 4409,
  /** The client is too old. */
  updateRequired: 4426,
  /** More requests than the server reads from one device: connect again later. */
  flooded: 4429,
} as const;
