import { type AnswerOf, routes } from '@hexkey/contract';
import { pinAuthKeyPair } from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { callerOf } from '../account/current-account.ts';
import type { PinEntry } from '../account/pin-entry.ts';
import { provePin } from '../account/prove-pin.ts';
import type { KeptAccount } from '../storage/vault.ts';
import type { Caller } from '../transport/api-client.ts';
import { callWithPin } from '../transport/call-with-pin.ts';

/** Said in the file itself: whoever finds it years later has nothing else. */
const readme = [
  'Everything the Hexkey server holds about this account. "about" says what each part is; times are UTC; long values are base64url.',
  'Messages, and the words and shares of your keys, are not in it: the server cannot read them. "withheld" and "notIncluded" say what else is left out, and why.',
  'Keep this file private: it names your number, your devices and the people you know.',
  'Hexkey 服务器保存的关于此账户的全部内容。"about" 说明每一部分是什么；时间为 UTC；长值为 base64url。',
  '消息内容、助记词和密钥分片不在其中：服务器读不到。其他未包含的内容及原因见 "withheld" 和 "notIncluded"。',
  '请妥善保管此文件：其中有你的号码、设备和你认识的人。',
];

type Holding = AnswerOf<typeof routes.openAccountExport>['holdings'][number];

/** How many kinds of records were read, of all. */
export type ExportProgress = (done: number, of: number) => void;

/**
 * What the account server holds about the account, for the PIN, as JSON that a person can read. No secret of the server is in it.
 * @throws {DomainError} `TooMany`, what `provePin` throws
 */
export async function exportAccount(
  client: Client,
  kept: KeptAccount,
  entry: PinEntry,
  onRead: ExportProgress,
): Promise<string> {
  const { recovered, account } = await provePin(client, kept, entry);
  const caller = callerOf(client, account);
  const opened = await callWithPin(
    client.api,
    routes.openAccountExport,
    caller,
    pinAuthKeyPair(recovered.secret),
    {},
  );
  const holdings: Record<string, unknown> = {};
  for (const [index, holding] of opened.holdings.entries()) {
    onRead(index, opened.holdings.length);
    const { name, about, withheld } = holding;
    holdings[name] = { about, withheld, records: await recordsOf(client, caller, holding) };
  }
  onRead(opened.holdings.length, opened.holdings.length);
  const file = {
    readme,
    server: client.deps.origin,
    exportedAt: new Date(client.deps.clock.now()).toISOString(),
    holdings,
    notIncluded: opened.notIncluded,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

async function recordsOf({ api }: Client, caller: Caller, { name }: Holding): Promise<readonly unknown[]> {
  const records: unknown[] = [];
  let after: string | null = null;
  do {
    const query: { holding: string; after?: string } = { holding: name, ...(after !== null && { after }) };
    const page: { records: readonly unknown[]; next: string | null } = await api.call(
      routes.readAccountExport,
      {
        caller,
        query,
      },
    );
    records.push(...page.records);
    after = page.next;
  } while (after !== null);
  return records;
}
