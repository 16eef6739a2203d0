import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { openAccountExport, readAccountExport } from './export-account.ts';

export function accountExportHandlers(deps: Deps): Pick<Handlers, 'openAccountExport' | 'readAccountExport'> {
  return {
    openAccountExport: ({ caller, address }) => openAccountExport(deps, caller, address),
    readAccountExport: ({ caller, query }) => readAccountExport(deps, caller, query),
  };
}
