import type { PersonView } from '@hexkey/contract';
import { toBase64url } from '@hexkey/protocol';
import { teamHexkeyId } from '../accounts/hexkey-id.ts';
import type { Person } from './people.store.ts';

/** The official account: no row anywhere, nobody logs in to it. */
export const teamHexkeyView: PersonView = {
  hexkeyId: teamHexkeyId,
  name: 'Team Hexkey',
  avatarId: null,
  kind: 'official',
  relation: 'none',
};

/** Somebody as the viewer sees them. A deleted account shows its number and nothing else. */
export function personViewOf(viewerId: string, person: Person): PersonView {
  const isDeleted = person.deleted_at_ms !== null;
  return {
    hexkeyId: person.hexkey_id,
    name: isDeleted ? null : person.name,
    avatarId: isDeleted || person.avatar_id === null ? null : toBase64url(person.avatar_id),
    kind: isDeleted ? 'deleted' : 'person',
    relation: relationOf(viewerId, person),
  };
}

/** Somebody as a notice names them. */
export function namedAs(person: Pick<Person, 'hexkey_id' | 'name' | 'deleted_at_ms'>): {
  hexkeyId: string;
  name: string | null;
} {
  return { hexkeyId: person.hexkey_id, name: person.deleted_at_ms === null ? person.name : null };
}

/** By name, those without one last; equal names by number, so that the order is the same each time. */
export function byName(left: PersonView, right: PersonView): number {
  if (left.name === null || right.name === null)
    return Number(left.name === null) - Number(right.name === null) || byNumber(left, right);
  return left.name.localeCompare(right.name, 'en') || byNumber(left, right);
}

function byNumber(left: PersonView, right: PersonView): number {
  return Number(left.hexkeyId) - Number(right.hexkeyId);
}

function relationOf(viewerId: string, person: Person): PersonView['relation'] {
  if (person.id === viewerId) return 'yourself';
  if (person.blocked_at_ms !== null) return 'blocked';
  return person.added_at_ms === null ? 'none' : 'contact';
}
