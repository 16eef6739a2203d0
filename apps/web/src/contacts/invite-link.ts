/** Digits of a Hexkey ID as the contract has them. */
const hexkeyIdForm = /^[1-9]\d{3,9}$/;
const invitePath = /^\/i\/([1-9]\d{3,9})\/?$/;

/** What I send to somebody so that they add me. It names my Hexkey ID, which is no secret. @param origin of this server */
export const inviteLink = (origin: string, hexkeyId: string) => `${origin}/i/${hexkeyId}`;

/** The Hexkey ID in the path of an invite, or null for any other page. */
export const invitedBy = (path: string): string | null => invitePath.exec(path)?.[1] ?? null;

/**
 * The Hexkey ID in what somebody typed, pasted or scanned: the digits, with spaces or without, or an invite of any server.
 * Null when there is none.
 */
export function hexkeyIdIn(text: string): string | null {
  const tidy = text.replace(/\s/g, '');
  if (hexkeyIdForm.test(tidy)) return tidy;
  return URL.canParse(tidy) ? invitedBy(new URL(tidy).pathname) : null;
}
