import type { Store } from '../app/store.ts';

/**
 * The link of a group that was opened: kept until it is answered, through a registration too. What stands behind its `#` never
 * reached the server, and leaves the address now, so that no copy of the address lets anybody ask.
 */
export function takeGroupInvite(groupInvite: Store<string | null>): void {
  if (!isGroupLink(location.href)) return;
  groupInvite.set(location.href);
  history.replaceState(null, '', `/${location.search}`);
}

/** Whether a text, opened or pasted, is the link of a group of any server. */
export function isGroupLink(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { pathname, hash } = new URL(text);
  return pathname === '/g' && hash !== '';
}
