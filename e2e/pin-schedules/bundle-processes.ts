import { bundlePrograms, type SourceChange, type StartedProgram, snapshotProgram } from '@hexkey/testing';

export interface ProcessFiles {
  readonly node: StartedProgram;
  readonly api: StartedProgram;
  readonly client: StartedProgram;
}

/** The three kinds of processes: a schedule restarts what it killed. @throws when a change no longer fits any source */
export async function bundleProcesses(changes: readonly SourceChange[] = []): Promise<ProcessFiles> {
  const of = (name: keyof ProcessFiles) => `e2e/pin-schedules/${name}-process.ts`;
  const ofClient = changes.filter(({ file }) => file.startsWith('packages/sdk/'));
  const [[node, api], client] = await Promise.all([
    bundlePrograms(
      [of('node'), of('api')],
      changes.filter((change) => !ofClient.includes(change)),
    ),
    snapshotProgram(of('client'), ofClient),
  ]);
  return { node: { file: node, execArgv: [] }, api: { file: api, execArgv: [] }, client };
}
