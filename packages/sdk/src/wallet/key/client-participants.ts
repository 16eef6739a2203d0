import {
  beginKeyGeneration,
  type KeyGeneration,
  type KeyShare,
  type Random,
  type Round1Package,
  Secret,
  type WalletPackage,
  type WalletParties,
} from '@hexkey/protocol';

/** A round-2 share on its way between two participants: a scalar. Whoever has all of them has the key. */
export interface PassedShare {
  readonly from: number;
  readonly to: number;
  readonly share: Secret<Uint8Array>;
}

/** What a ceremony ends with. */
export interface MadeShares {
  readonly keys: readonly KeyShare[];
  readonly public: Pick<WalletPackage, 'min' | 'max' | 'commitments' | 'verifyingShares'>;
}

/**
 * The client's participants of one key generation (docs/protocol/wallet.md section 3). What they tell each other stays among them. Computing takes
 * about a second, so a browser has them in a worker.
 */
export interface ClientParticipants {
  begin(parties: WalletParties): Promise<readonly Round1Package[]>;
  /** @returns what is for the nodes @throws {CheatError} a package that does not verify */
  exchange(packages: readonly Round1Package[]): Promise<readonly PassedShare[]>;
  /** @param shares what the nodes have for the client's participants @throws {CheatError} a share that does not verify */
  finish(shares: readonly PassedShare[]): Promise<MadeShares>;
  /** Forgets everything. */
  end(): void;
}

/** In this thread. */
export function inlineParticipants(random: Random): ClientParticipants {
  let participants: readonly { readonly identifier: number; readonly generation: KeyGeneration }[] = [];
  let among: readonly PassedShare[] = [];
  const isOurs = (identifier: number) => participants.some((each) => each.identifier === identifier);
  return {
    async begin(parties) {
      participants = parties.clients.map((identifier) => ({
        identifier,
        generation: beginKeyGeneration(parties, identifier, random),
      }));
      return participants.map(({ generation }) => generation.round1);
    },
    async exchange(packages) {
      const passed = participants.flatMap(({ identifier: from, generation }) =>
        [...generation.exchange(packages)].map(([to, share]) => ({ from, to, share })),
      );
      among = passed.filter(({ to }) => isOurs(to));
      return passed.filter(({ to }) => !isOurs(to));
    },
    async finish(shares) {
      const all = [...among, ...shares];
      const finished = participants.map(({ identifier, generation }) =>
        generation.finish(all.filter(({ to }) => to === identifier)),
      );
      const [first] = finished;
      if (first === undefined) throw new Error('no participant has begun');
      return { keys: finished.map(({ key }) => key), public: first.public };
    },
    end() {
      for (const { generation } of participants) generation.erase();
      participants = [];
      among = [];
    },
  };
}

/** What goes between a page and its worker: secrets as plain bytes, because a class loses its methods on the way. */
export type ParticipantsOrder =
  | { readonly do: 'begin'; readonly parties: WalletParties }
  | { readonly do: 'exchange'; readonly packages: readonly Round1Package[] }
  | { readonly do: 'finish'; readonly shares: readonly PlainShare[] };

export interface PlainShare {
  readonly from: number;
  readonly to: number;
  readonly share: Uint8Array;
}

export type ParticipantsAnswer =
  | { readonly did: 'begin'; readonly packages: readonly Round1Package[] }
  | { readonly did: 'exchange'; readonly shares: readonly PlainShare[] }
  | {
      readonly did: 'finish';
      readonly keys: readonly { readonly identifier: number; readonly share: Uint8Array }[];
      readonly public: MadeShares['public'];
    }
  | { readonly did: 'cheat'; readonly identifier: number };

export const plainShare = ({ from, to, share }: PassedShare): PlainShare => ({
  from,
  to,
  share: share.reveal(),
});
export const passedShare = ({ from, to, share }: PlainShare): PassedShare => ({
  from,
  to,
  share: new Secret(share),
});
