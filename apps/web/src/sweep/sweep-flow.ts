import { isDomainError } from '@hexkey/contract';
import type { SweepPlan, SweepProgress, Swept } from '@hexkey/sdk';

interface Planned {
  readonly plan: SweepPlan;
  /** Of the plan's assets, those that go; null is SOL. */
  readonly mints: readonly (string | null)[];
}
type Moving = Extract<SweepProgress, { step: 'moving' }>;

/** Where it stands. What was moved once is no more in the next plan, so that beginning anew pays nothing twice. */
export type SweepFlow =
  | { readonly at: 'address'; readonly text: string }
  | ({ readonly at: 'review'; readonly isOwn: boolean } & Planned)
  | ({ readonly at: 'approve' } & Planned)
  | ({ readonly at: 'working'; readonly progress: Moving } & Planned)
  | { readonly at: 'done'; readonly swept: readonly Swept[]; readonly address: string }
  /** Between two assets. Some may have been moved. */
  | { readonly at: 'stopped'; readonly error: unknown; readonly address: string };

export type SweepEvent =
  | { readonly type: 'typed'; readonly text: string }
  | { readonly type: 'planned'; readonly plan: SweepPlan }
  | { readonly type: 'chose'; readonly mint: string | null; readonly isChosen: boolean }
  | { readonly type: 'owned'; readonly isOwn: boolean }
  | { readonly type: 'accepted' }
  | { readonly type: 'back' }
  | { readonly type: 'progressed'; readonly progress: SweepProgress }
  | { readonly type: 'refused'; readonly error: unknown }
  | { readonly type: 'swept'; readonly swept: readonly Swept[] }
  | { readonly type: 'anew' };

export const beginSweep: SweepFlow = { at: 'address', text: '' };

export function advanceSweep(flow: SweepFlow, event: SweepEvent): SweepFlow {
  switch (event.type) {
    case 'typed':
      return flow.at === 'address' ? { ...flow, text: event.text } : flow;
    case 'planned':
      return flow.at === 'address' ? { at: 'review', isOwn: false, ...firstChoice(event.plan) } : flow;
    case 'chose':
      return flow.at === 'review' ? { ...flow, mints: chosenWith(flow, event) } : flow;
    case 'owned':
      return flow.at === 'review' ? { ...flow, isOwn: event.isOwn } : flow;
    case 'accepted':
      return flow.at === 'review' && canGo(flow)
        ? { at: 'approve', plan: flow.plan, mints: flow.mints }
        : flow;
    case 'back':
      return stepBack(flow);
    case 'progressed':
      return afterProgress(flow, event.progress);
    case 'refused':
      return afterRefusal(flow, event.error);
    case 'swept':
      return flow.at === 'approve' || flow.at === 'working'
        ? { at: 'done', swept: event.swept, address: flow.plan.address }
        : flow;
    case 'anew':
      return flow.at === 'stopped' || flow.at === 'done' ? { at: 'address', text: flow.address } : flow;
  }
}

/** Something goes, to an address whose key the owner says to have. */
export const canGo = ({ mints, isOwn }: Extract<SweepFlow, { at: 'review' }>) => isOwn && mints.length > 0;

/** Worthless tokens of strangers cost as much as any: only what is known goes unless the owner says so. */
function firstChoice(plan: SweepPlan): Planned {
  return { plan, mints: plan.goes.flatMap(({ asset, isKnown }) => (isKnown ? [asset.mint] : [])) };
}

function chosenWith(
  { plan, mints }: Planned,
  { mint, isChosen }: Extract<SweepEvent, { type: 'chose' }>,
): Planned['mints'] {
  const planned = plan.goes.map(({ asset }) => asset.mint);
  return planned.filter((each) => (each === mint ? isChosen : mints.includes(each)));
}

function stepBack(flow: SweepFlow): SweepFlow {
  if (flow.at === 'approve') return { at: 'review', isOwn: true, plan: flow.plan, mints: flow.mints };
  return flow.at === 'review' ? { at: 'address', text: flow.plan.address } : flow;
}

function afterProgress(flow: SweepFlow, progress: SweepProgress): SweepFlow {
  if (progress.step === 'unlocking' || (flow.at !== 'approve' && flow.at !== 'working')) return flow;
  return { at: 'working', progress, plan: flow.plan, mints: flow.mints };
}

function afterRefusal(flow: SweepFlow, error: unknown): SweepFlow {
  // At the PIN the PIN says it: nothing was begun, and it is typed again there.
  if (flow.at === 'approve' && (isDomainError(error, 'WrongPin') || isDomainError(error, 'PinLocked')))
    return flow;
  return flow.at === 'approve' || flow.at === 'working'
    ? { at: 'stopped', error, address: flow.plan.address }
    : flow;
}
