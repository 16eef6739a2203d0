import type { TicketView } from '@hexkey/contract';
import type { Support, SupportMessage } from '@hexkey/sdk';

const line = (minute: number, words: string) =>
  `2026-11-28T09:${String(minute).padStart(2, '0')}:12.345Z ${words}`;
const lines = [
  line(1, 'start web/0.1.0'),
  line(1, 'page /login/phone'),
  line(2, 'call requestPhoneCode 20110 132ms'),
  line(3, 'call requestPhoneCode ok 201ms'),
  line(4, 'place enter-pin'),
];

/** More than is copied at once. */
const manyLines = Array.from({ length: 300 }, (_, index) => line(index % 60, `call health ok ${index}ms`));

/**
 * A ticket with an answer in it, none before the first message, or one that somebody opened before the login.
 * @param isOld whether this client has been used for long, and there is a newer one
 */
export function fakeSupport(
  is: 'there' | 'none' | 'unclaimed',
  isOld: boolean,
  nowMs: () => number,
): Support {
  let asked = 0;
  const empty: TicketView = {
    ticketNumber: '48120953',
    state: 'open',
    isLinked: false,
    logsDeletedAtMs: null,
    messages: [],
  };
  const answered: TicketView = {
    ...empty,
    messages: [
      { messageId: 'a', from: 'asker', text: 'My code never arrives.', atMs: nowMs() - 3_600_000 },
      {
        messageId: 'b',
        from: 'support',
        text: 'Thank you. Which country is the number from? Do not send the number itself.',
        atMs: nowMs() - 1_800_000,
      },
    ],
  };
  let ticket: TicketView | null = is === 'there' ? answered : null;
  const add = ({ messageId, text }: SupportMessage): TicketView => {
    const before = ticket ?? empty;
    const message = { messageId, from: 'asker', text, atMs: nowMs() } as const;
    ticket = { ...before, messages: [...before.messages, message] };
    return ticket;
  };
  return {
    ticket: async () => ticket,
    hasUnclaimed: async () => is === 'unclaimed' && ticket === null,
    async claim() {
      ticket = { ...answered, isLinked: true };
    },
    newMessageId() {
      asked += 1;
      return `message ${asked}`;
    },
    say: async (message) => add(message),
    async sendLogs(message) {
      ticket = { ...add(message), logsDeletedAtMs: nowMs() + 30 * 86_400_000 };
      return ticket;
    },
    async leave() {
      ticket = null;
    },
    logLines: async () => (isOld ? manyLines : lines),
    newestVersion: async () => (isOld ? '0.2.0' : '0.1.0'),
    notePage: () => undefined,
  };
}
