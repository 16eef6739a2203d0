import { useDependencies } from '../app/app-dependencies.ts';
import { HexagonAvatar } from '../ui/hexagon-avatar.tsx';

/** Somebody's picture, or the first character of their name. Decoration: the name stands beside it. */
export function PersonPicture(props: { name: string | null; avatarId: string | null; className: string }) {
  const url = useDependencies().hexkey.people.pictureUrl(props.avatarId);
  return url === null ? (
    <HexagonAvatar name={props.name} className={props.className} />
  ) : (
    <img
      src={url}
      alt=""
      className={`object-cover [clip-path:polygon(50%_6%,88%_28%,88%_72%,50%_94%,12%_72%,12%_28%)] ${props.className}`}
    />
  );
}
