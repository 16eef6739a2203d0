import { bundlePrograms, type SourceChange } from '@hexkey/testing';

export interface ProcessFiles {
  readonly node: string;
  readonly api: string;
  readonly client: string;
}

/** The three kinds of processes: a schedule restarts what it killed. @throws when a change no longer fits its source */
export async function bundleProcesses(changes: readonly SourceChange[] = []): Promise<ProcessFiles> {
  const of = (name: keyof ProcessFiles) => `e2e/pin-schedules/${name}-process.ts`;
  const [node, api, client] = await bundlePrograms([of('node'), of('api'), of('client')], changes);
  return { node, api, client };
}
