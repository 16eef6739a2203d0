import type { ChatSummary } from '@hexkey/sdk';
import { useEffect, useState } from 'react';
import { PersonPicture } from '../contacts/person-picture.tsx';
import { HexagonAvatar } from '../ui/hexagon-avatar.tsx';

/** The other person, or the group. Decoration: the name stands beside it. */
export function ChatPicture(props: {
  chat: Pick<ChatSummary, 'peer' | 'name' | 'picture'>;
  className: string;
}) {
  const { peer, name, picture } = props.chat;
  return peer ? (
    <PersonPicture
      name={peer.person?.name ?? null}
      avatarId={peer.person?.avatarId ?? null}
      className={props.className}
    />
  ) : (
    <GroupPicture name={name} picture={picture} className={props.className} />
  );
}

export function GroupPicture(props: { name: string | null; picture: Uint8Array | null; className: string }) {
  const url = useBlobUrl(props.picture);
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

/** The browser finds out which kind of image it is; the policy lets nothing else of a blob be shown. */
function useBlobUrl(bytes: Uint8Array | null): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (bytes === null) return setUrl(null);
    const made = URL.createObjectURL(new Blob([new Uint8Array(bytes)]));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes]);
  return url;
}
