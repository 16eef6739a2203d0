/** How long a KeyPackage may be used: 28 days, as the server keeps them. */
export const keyPackageLifetimeSeconds = 28 * 86_400;

/** A device whose clock is behind may still take a KeyPackage that was made just now. */
export const clockSkewSeconds = 3_600;

/** A sender's messages that nobody got (refused as of an old epoch) leave gaps; so many are walked over. */
export const maximumForwardRatchetSteps = 4_096;

/** Keys of skipped messages kept for each sender: the server resends up to 100 unacked envelopes, in any order among groups. */
export const keptSkippedMessages = 128;

/**
 * Epochs kept after the current one: the server takes messages only in its current epoch and delivers in order, so only what it sent
 * twice can be older. Each kept epoch is a time in which a stolen state reads old messages.
 */
export const keptPastEpochs = 4;

/** Envelopes of epochs that have not come, for each group. More are poison: an honest server sends in order. */
export const maximumFutureEnvelopes = 1_000;

/** The server drops an envelope after 30 days; after that it cannot be delivered again. */
export const seenEnvelopesKeptMs = 35 * 86_400_000;
