import type { ChatMessage, ChatPerson, ChatSummary, GroupRole, JoinRequest, ShownContent } from '@hexkey/sdk';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Conversations of the fake, for tests of the screens. */
export const fakeChatIds = {
  grace: '11111111-1111-4111-8111-111111111111',
  group: '22222222-2222-4222-8222-222222222222',
  alan: '33333333-3333-4333-8333-333333333333',
  changed: '44444444-4444-4444-8444-444444444444',
  changedGroup: '77777777-7777-4777-8777-777777777777',
  left: '55555555-5555-4555-8555-555555555555',
  request: '88888888-8888-4888-8888-888888888888',
} as const;
export const self: ChatPerson = { accountId: 'self', person: null, isSelf: true };
const aPerson = (hexkeyId: string, name: string | null): ChatPerson => ({
  accountId: `account-${hexkeyId}`,
  person: { hexkeyId, name, avatarId: null, kind: 'person', relation: 'none' },
  isSelf: false,
});
export const grace = aPerson('60221407', 'Grace Hopper');
const alan = aPerson('66260701', 'Alan Turing');
const katherine = aPerson('29979245', 'Katherine Johnson');
const emmy = aPerson('13806490', 'Emmy Noether');
const nameless = aPerson('16180339', null);
export const known = [grace, alan, katherine, emmy, nameless];
/** A conversation as the fake keeps it. */
export interface FakeChat {
  summary: ChatSummary;
  messages: ChatMessage[];
  members: { who: ChatPerson; role: GroupRole }[];
  requests: JoinRequest[];
  typing: readonly ChatPerson[];
  /** Ids, what was pinned last first. */
  pinned: string[];
  safety: 'unverified' | 'verified' | 'changed';
}

interface Pen {
  begin(chatId: string, peer: ChatPerson | null, name: string | null, members: FakeChat['members']): FakeChat;
  put(chat: FakeChat, sender: ChatPerson, content: ShownContent, more?: Partial<ChatMessage>): ChatMessage;
  readonly nowMs: number;
}

const text = (words: string): ShownContent => ({ kind: 'text', text: words });

const lunch = {
  signature: '5VERv8NMvzbJMEkV8xnrLkEaWRtSz9CosKDYjCJjBRnbJLgp8uirBgmQpjKhoR4tjF3ZpRzrFmBV6UjKdiSZkQUW',
  mint: 'USDuWb2mFh8yWZB4TZ5dGqjPkq3t3tXcC1mZ9m6p1xA',
  amount: '1250000000',
  symbol: 'tUSD',
  decimals: 6,
  memo: 'Lunch with the compiler team',
};
const change = { ...lunch, mint: null, amount: '1', symbol: 'SOL', decimals: 9, memo: null };

/** A conversation that nothing is sent in, for each reason that has no other in `fill`. */
export function fillObstacles({ begin, put, nowMs }: Pen): void {
  const obstacles = [
    'joining',
    'awaiting-readd',
    'unchecked',
    'removed',
    'closed',
    'blocked',
    'deleted',
  ] as const;
  for (const obstacle of obstacles) {
    const isGroup = obstacle === 'removed';
    const chat = begin(obstacle, isGroup ? null : alan, isGroup ? 'Chess by Post' : null, []);
    put(chat, alan, text('e4'), { sentAtMs: nowMs - day });
    put(chat, alan, { kind: 'security-code-changed', who: alan }, { sentAtMs: nowMs - hour });
    put(chat, self, { kind: 'history-begins' }, { sentAtMs: nowMs - minute });
    put(chat, self, text('On its way'), { sentAtMs: nowMs - minute, state: 'waiting' });
    chat.summary = { ...chat.summary, obstacle };
  }
}

/** A day in the life: every kind of line, state and obstacle once. */
export function fill({ begin, put, nowMs }: Pen): void {
  const at = (ago: number) => ({ sentAtMs: nowMs - ago });
  const direct = begin(fakeChatIds.grace, grace, null, []);
  direct.safety = 'verified';
  put(direct, grace, { kind: 'created' }, at(9 * day));
  for (let index = 0; index < 40; index += 1)
    put(
      direct,
      index % 3 === 0 ? self : grace,
      text(`Line ${index + 1} of the compiler.`),
      at(8 * day - index * minute),
    );
  const asked = put(direct, self, text('Did you find the bug?'), {
    ...at(26 * hour),
    reactions: [{ emoji: '🦋', who: [grace] }],
  });
  put(
    direct,
    grace,
    text(
      'First actual case of bug being found. It was a moth, taped into the log: https://hexkey.example/log/1947-09-09?page=92',
    ),
    {
      ...at(25 * hour),
      replyTo: { id: asked.id, sender: self, excerpt: 'Did you find the bug?' },
      reactions: [
        { emoji: '😂', who: [self] },
        { emoji: '👍', who: [self, grace] },
      ],
    },
  );
  put(direct, grace, { kind: 'contact', hexkeyId: '29979245', name: 'Katherine Johnson' }, at(24.9 * hour));
  put(direct, self, { kind: 'transfer', ...lunch }, at(20 * hour));
  put(direct, grace, { kind: 'transfer', ...change }, at(19 * hour));
  put(direct, self, { kind: 'deleted' }, at(3 * hour));
  put(direct, grace, { kind: 'unreadable' }, at(3 * hour - minute));
  put(direct, grace, { kind: 'unknown' }, at(3 * hour - 2 * minute));
  put(direct, grace, text('السلام عليكم، كيف حالك اليوم؟'), at(2 * hour));
  put(direct, grace, { kind: 'text', text: '🎉🎉🎉', forwarded: true }, at(2 * hour - minute));
  put(
    direct,
    self,
    text('Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(2)),
    at(hour),
  );
  put(direct, self, text('On its way'), { ...at(50 * minute), state: 'delivered', isEdited: true });
  put(direct, self, text('The server has it'), { ...at(49 * minute), state: 'sent' });
  put(direct, self, text('No network'), { ...at(48 * minute), state: 'failed' });
  put(direct, self, text('Still here'), { ...at(47 * minute), state: 'waiting' });
  put(direct, grace, text('It is easier to ask forgiveness than it is to get permission.'), at(4 * minute));
  put(direct, grace, text('And one more thing.'), at(3 * minute));
  direct.summary = { ...direct.summary, unread: 2, isPinned: true };

  const group = begin(fakeChatIds.group, null, 'Chess by Post', [
    { who: self, role: 'owner' },
    { who: alan, role: 'admin' },
    { who: grace, role: 'member' },
    { who: nameless, role: 'member' },
  ]);
  put(group, self, { kind: 'created' }, at(2 * day));
  put(group, self, { kind: 'renamed', name: 'Chess by Post' }, at(2 * day));
  put(group, self, { kind: 'added', who: [alan, grace, nameless] }, at(2 * day));
  put(group, self, { kind: 'role', who: alan, role: 'admin' }, at(2 * day - minute));
  put(group, alan, text('e4'), at(30 * hour));
  put(group, self, text('e5'), at(29 * hour));
  put(group, alan, { kind: 'removed', who: [katherine] }, at(28 * hour));
  put(group, nameless, { kind: 'joined-by-link', who: nameless }, at(27 * hour));
  put(group, alan, { kind: 'picture-changed' }, at(27 * hour));
  put(group, alan, text('Nf3. Your move, everybody.'), { ...at(20 * minute), lastsSeconds: 7200 });
  put(
    group,
    alan,
    {
      kind: 'poll',
      question: 'Which opening next week?',
      several: true,
      options: [
        { text: 'Ruy Lopez', who: [alan, grace] },
        { text: 'The one with the very long name that nobody remembers', who: [self] },
        { text: 'Sicilian', who: [] },
      ],
    },
    at(26 * minute),
  );
  put(group, alan, { kind: 'timer', seconds: 7200 }, at(25 * minute));
  put(group, alan, { kind: 'pinned' }, at(19 * minute));
  group.pinned = group.messages
    .filter(({ content }) => content.kind === 'text')
    .map(({ id }) => id)
    .slice(-1);
  group.requests = [{ person: emmy, requestedAtMs: nowMs - 40 * minute }];
  group.typing = [alan];
  group.summary = { ...group.summary, timerSeconds: 7200, unread: 1, mutedUntilMs: Number.POSITIVE_INFINITY };

  const drafted = begin(fakeChatIds.alan, alan, null, []);
  put(drafted, alan, { kind: 'history-begins' }, at(5 * day));
  put(drafted, self, text('Can machines think?'), at(5 * day));
  drafted.summary = { ...drafted.summary, draft: 'I propose to consider the question' };

  const changed = begin(fakeChatIds.changed, katherine, null, []);
  put(changed, katherine, text('The numbers are right. I checked them by hand.'), at(6 * day));
  put(changed, katherine, { kind: 'security-code-changed', who: katherine }, at(5.5 * day));
  changed.safety = 'changed';
  changed.summary = { ...changed.summary, obstacle: 'security-code-changed' };

  const changedGroup = begin(fakeChatIds.changedGroup, null, 'Trajectories', [
    { who: self, role: 'owner' },
    { who: katherine, role: 'member' },
  ]);
  put(changedGroup, katherine, { kind: 'security-code-changed', who: katherine }, at(5.5 * day));
  changedGroup.safety = 'changed';
  changedGroup.summary = { ...changedGroup.summary, obstacle: 'security-code-changed', changed: katherine };

  const request = begin(fakeChatIds.request, emmy, null, []);
  put(request, emmy, { kind: 'created' }, at(90 * minute));
  put(request, emmy, text('We met at the seminar. May I ask you about your proof?'), at(90 * minute));
  request.summary = { ...request.summary, unread: 1, isRequest: true };

  const left = begin(fakeChatIds.left, null, 'A very long name of a group that nobody could ever fit', [
    { who: emmy, role: 'owner' },
  ]);
  put(left, emmy, { kind: 'left', who: self }, at(30 * day));
  left.summary = { ...left.summary, obstacle: 'left' };
}
