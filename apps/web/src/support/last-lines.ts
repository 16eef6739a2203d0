const copiedLines = 256;

/** What is shown of a device's log, and copied: a message takes no more. */
export const lastLines = (kept: readonly string[]): string => kept.slice(-copiedLines).join('\n');
