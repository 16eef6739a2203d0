import type { Step } from '../explore.ts';
import type { Guards } from '../guards.ts';
import { candidates, firstStand } from './decisions.ts';
import { hasRight } from './recent-rights.ts';
import {
  type DeviceState,
  holds,
  idle,
  isCurrent,
  type NodeState,
  type Phase,
  type Round,
  replaceAt,
  type Seen,
  type StagingState,
} from './state.ts';

type Steps = Iterable<Step<StagingState>>;
type Nodes = readonly NodeState[];

/**
 * What a device does once the nodes have answered its present phase, or their time is over: the flow of packages/sdk/src/account, written
 * down as one small machine. Its decisions about surveys are the real ones.
 */
export function ownerSteps(threshold: number, guards: Guards) {
  return { proceed, begin };

  /** Asks every node; the dead ones never answer. */
  function begin(state: StagingState, at: number, device: DeviceState): StagingState {
    const nodes = state.nodes.map((node) => asked(node, at, !node.dead));
    return { ...state, nodes, devices: replaceAt(state.devices, at, device) };
  }

  function* proceed(state: StagingState, at: number): Steps {
    const device = state.devices[at] as DeviceState;
    switch (device.phase) {
      case 'idle':
        return;
      case 'survey':
        if (device.round === 'resurvey') return yield* surveyedAgain(state, at, device);
        return yield* device.job === 'set' ? startSet(state, at, device) : tryEntry(state, at, device);
      case 'release':
        return yield* proven(state, at, device);
      case 'stage':
        return yield* staged(state, at, device);
      case 'tell':
        return yield* tell(state, at, device);
      case 'check':
        return yield* check(state, at, device);
      case 'commit':
        return yield* committed(state, at, device);
      case 'activate':
        return yield* activate(state, at, device);
    }
  }

  /** recover-guarded-secret.ts: the entry is tried against each record that t nodes can prove. */
  function* tryEntry(state: StagingState, at: number, device: DeviceState): Steps {
    yield failed(state, at, 'the nodes do not evaluate the entry');
    const answers = state.nodes.map((node) => answerOf(node.seen[at] ?? null));
    const found = candidates(answers, threshold);
    if (found === null) return;
    for (const version of found.versions) {
      const evaluating = state.nodes.filter((node) => !node.dead && holds(node, version));
      if (evaluating.length < threshold) return;
      if (state.versions[version]?.pin !== device.typed) continue;
      const contested = found.contested;
      yield told('the entry is right', state, at, { ...device, phase: 'release', version, contested });
      return;
    }
  }

  /** set-first-pin.ts */
  function* startSet(state: StagingState, at: number, device: DeviceState): Steps {
    yield failed(state, at, 'the server or the nodes do not answer');
    const { pinState } = state.server;
    if (pinState === 'set') return yield* tryEntry(state, at, { ...device, job: 'enter' });
    const answers = state.nodes.map((node) => answerOf(node.seen[at] ?? null));
    if (answers.filter((answer) => answer !== null).length < threshold) return;
    const stand = pinState === 'prepared' ? firstStand(answers, threshold) : 'not-begun';
    if (stand === 'wait') return;
    if (stand === 'not-begun') {
      const made = freshRecord(state, at, device, device.typed, newestSecret(state) + 1);
      if (made !== null) yield made;
      return;
    }
    if (state.versions[stand.finish]?.pin !== device.typed) return;
    if (state.nodes.filter((node) => !node.dead && holds(node, stand.finish)).length < threshold) return;
    const finishing = { ...device, phase: 'release', round: 'settle', version: stand.finish } as const;
    yield told('the entry is right', state, at, finishing);
  }

  function* proven(state: StagingState, at: number, device: DeviceState): Steps {
    if (countOf(state.nodes, at, 'ok') < threshold)
      return yield failed(state, at, 'too few shares came back');
    const known = { ...device, proven: device.version };
    const { secret } = versionOf(state, device.version);
    switch (device.job) {
      case 'set':
        return yield next('the record is proven', state, at, known, 'tell', 'settle');
      case 'change':
      case 'rotate': {
        if (!isReplaceable(state, known))
          return yield next('the old PIN is not committed yet', state, at, known, 'tell', 'settle');
        const newSecret = device.job === 'rotate' ? newestSecret(state) + 1 : secret;
        const made = freshRecord(state, at, known, 1 - device.typed, newSecret);
        return made === null ? yield failed(state, at, 'the model has no more records') : yield made;
      }
      case 'enter': {
        if (!device.contested || !guards.settleWhatIsProven)
          return yield told('the PIN opens the account', state, at, {
            ...known,
            phase: 'commit',
            round: 'finish',
          });
        if (state.nodes.some((node) => isHeld(node.seen[at] ?? null, device.version) === 'staged'))
          return yield next('the proven record is to be committed', state, at, known, 'tell', 'settle');
        return yield told('what else is provable?', state, at, {
          ...known,
          phase: 'survey',
          round: 'resurvey',
        });
      }
    }
  }

  function* staged(state: StagingState, at: number, device: DeviceState): Steps {
    const holders = countOf(state.nodes, at, 'ok');
    const enough = guards.commitAfterQuorum ? threshold : 1;
    if (holders < enough) return yield* ended(state, at, device, false, 'too few nodes hold the record');
    const first = guards.preparedBeforeCommit || device.job !== 'set';
    const tellFirst = guards.toldBeforeCommit && first;
    const nodes = state.nodes.map((node) => {
      const seen = node.tasks[at] === 'ok' ? ('has-staged' as const) : null;
      return { ...node, seen: replaceAt(node.seen, at, seen) };
    });
    const holding = { ...state, nodes };
    yield next('the record is staged', holding, at, device, tellFirst ? 'tell' : 'check', device.round);
  }

  /** preparePin, changePin, prepareNewSecret: the server hears of the record before any node commits it. */
  function* tell(state: StagingState, at: number, device: DeviceState): Steps {
    yield* ended(state, at, device, false, 'the server does not hear of it');
    const version = device.version as number;
    const server = serverTold(state, device, versionOf(state, version).secret);
    if (server === null) return;
    const versions = replaceAt(state.versions, version, { ...versionOf(state, version), told: true });
    const heard = { ...state, server, versions };
    yield* ended(heard, at, device, false, 'the server hears of it, its answer is lost');
    const late = !guards.toldBeforeCommit || (device.job === 'set' && !guards.preparedBeforeCommit);
    if (late && device.round === 'replace') yield* afterCommit(heard, at, device);
    else yield next('the server knows', heard, at, device, 'check', device.round);
  }

  /** commit-record.ts: t nodes must still hold what is to be committed. */
  function* check(state: StagingState, at: number, device: DeviceState): Steps {
    yield* ended(state, at, device, false, 'too few nodes say that they hold the record');
    const version = device.version as number;
    const known = guards.rightPinOutdatesRequests && guards.lastProverGoesOn;
    const holders = state.nodes.filter(
      (node) => !node.dead && holds(node, version) && (!known || isCurrent(node.marks[at])),
    ).length;
    if (holders < threshold && guards.commitAfterQuorum) return;
    if (device.proven !== null && !isLastProver(state, at)) return;
    yield told('the nodes still hold the record', state, at, { ...device, phase: 'commit' });
  }

  function* committed(state: StagingState, at: number, device: DeviceState): Steps {
    if (device.round === 'finish') return yield* finished(state, at, device);
    if (countOf(state.nodes, at, 'ok') < threshold)
      return yield* ended(state, at, device, false, 'too few nodes committed');
    const late = !guards.toldBeforeCommit || (device.job === 'set' && !guards.preparedBeforeCommit);
    if (late && device.round === 'replace') yield next('committed', state, at, device, 'tell', device.round);
    else yield* afterCommit(state, at, device);
  }

  function* afterCommit(state: StagingState, at: number, device: DeviceState): Steps {
    const { server } = state;
    const { secret } = versionOf(state, device.version);
    if (device.job === 'set' || (secret !== server.key && server.prepared === secret))
      return yield next('committed, now the server', state, at, device, 'activate', device.round);
    yield* settled(state, at, device);
  }

  function* activate(state: StagingState, at: number, device: DeviceState): Steps {
    yield failed(state, at, 'the server is not asked to activate');
    const { secret } = versionOf(state, device.version);
    const { server } = state;
    if (server.prepared !== secret && server.key !== secret) return;
    const active = { ...state, server: { pinState: 'set' as const, key: secret, prepared: null } };
    yield failed(active, at, 'the server activates, its answer is lost');
    yield* settled(active, at, device);
  }

  function* settled(state: StagingState, at: number, device: DeviceState): Steps {
    if (device.round === 'settle' && device.job !== 'set')
      return yield told('what else is provable?', state, at, {
        ...device,
        phase: 'survey',
        round: 'resurvey',
      });
    yield* ended(state, at, device, true, 'done');
  }

  function* surveyedAgain(state: StagingState, at: number, device: DeviceState): Steps {
    yield failed(state, at, 'the nodes do not answer again');
    const answers = state.nodes.map((node) => answerOf(node.seen[at] ?? null));
    const provenId = device.proven as number;
    if (answers.filter((answer) => answer !== null).length < threshold) return;
    if (device.job !== 'enter') return yield* proven(state, at, device);
    if (candidates(answers, threshold)?.contested === false && state.server.prepared === null)
      return yield* ended(state, at, device, true, 'nothing else is provable');
    const { pin, secret } = versionOf(state, provenId);
    const made = freshRecord(state, at, device, pin, secret);
    if (made !== null) yield made;
  }

  /** After the PIN opened an uncontested account: what a node missed is made good, and never fails the entry. */
  function* finished(state: StagingState, at: number, device: DeviceState): Steps {
    const { server } = state;
    const version = versionOf(state, device.proven);
    const pending = server.prepared !== null && server.pinState === 'set';
    if (pending) return yield next('the server still waits', state, at, device, 'tell', 'settle');
    const missed = state.nodes.some((node) => isHeld(node.seen[at] ?? null, device.proven) === 'missed');
    if (missed && guards.healMissedNodes && isReplaceable(state, device)) {
      const made = freshRecord(state, at, { ...device, round: 'heal' }, version.pin, version.secret);
      if (made !== null) return yield made;
      return yield* ended(
        state,
        at,
        { ...device, undisturbed: false },
        true,
        'done, the model has no more records',
      );
    }
    yield* ended(state, at, device, true, 'done');
  }

  /** A new record takes the place of staged ones: what is to be replaced must not need those. */
  function isReplaceable({ nodes }: StagingState, { proven }: DeviceState): boolean {
    return (
      !guards.replaceOnlyCommitted ||
      nodes.filter(({ committed }) => committed === proven).length >= threshold
    );
  }

  /** stage-record.ts: another version of a PIN, to every node, with vouchers when t nodes give them. */
  function freshRecord(
    state: StagingState,
    at: number,
    device: DeviceState,
    pin: number,
    secret: number,
  ): Step<StagingState> | null {
    if (state.left.records === 0) return null;
    if (device.proven !== null && !isLastProver(state, at)) return null;
    const version = state.versions.length;
    const round: Round = device.round === 'heal' ? 'heal' : 'replace';
    const vouched = vouchersFor(state, at, device.proven);
    const versions = [...state.versions, { pin, secret, told: !guards.stageBeforeCommit }];
    const left = { ...state.left, records: state.left.records - 1 };
    const staging = { ...device, phase: 'stage' as const, round, version, vouched };
    return told(`a record of PIN ${pin} is staged`, { ...state, versions, left }, at, staging);
  }

  /** t nodes were shown the PIN by this device and by nobody since: of two devices only one goes on. */
  function isLastProver({ nodes }: StagingState, at: number): boolean {
    if (!guards.rightPinOutdatesRequests || !guards.lastProverGoesOn) return true;
    return nodes.filter(({ marks }) => marks[at] === 'own').length >= threshold;
  }

  /** t nodes have committed what was proven and were shown its PIN by this device. */
  function vouchersFor({ nodes }: StagingState, at: number, proven: number | null): boolean {
    if (proven === null || !guards.healMissedNodes) return false;
    const willing = nodes.filter(
      (node) => !node.dead && node.committed === proven && hasRight(node.rights, at),
    );
    return willing.length >= threshold;
  }

  function serverTold({ server }: StagingState, { job }: DeviceState, secret: number) {
    if (server.pinState !== 'set')
      return { pinState: 'prepared' as const, key: server.key, prepared: secret };
    if (job === 'set') return null;
    if (secret === server.key) return { ...server, prepared: null };
    // A new secret is prepared by whoever proved the one before; afterwards either key may say so again.
    if (job !== 'rotate' && server.prepared !== secret) return null;
    return guards.activateAfterCommit
      ? { ...server, prepared: secret }
      : { ...server, key: secret, prepared: null };
  }

  function next(
    label: string,
    state: StagingState,
    at: number,
    device: DeviceState,
    phase: Phase,
    round: Round,
  ): Step<StagingState> {
    const nodes = state.nodes.map((node) => ({ ...node, tasks: replaceAt(node.tasks, at, 'none' as const) }));
    return {
      label: name(at, label),
      state: { ...state, nodes, devices: replaceAt(state.devices, at, { ...device, phase, round }) },
    };
  }

  /** Goes on to a phase that asks the nodes. */
  function told(label: string, state: StagingState, at: number, device: DeviceState): Step<StagingState> {
    const nodes = state.nodes.map((node) => {
      const seen = device.phase === 'survey' ? null : (node.seen[at] ?? null);
      const wanted = device.phase === 'survey' || isTarget(guards, seen, device);
      return asked({ ...node, seen: replaceAt(node.seen, at, seen) }, at, wanted && !node.dead);
    });
    return {
      label: name(at, label),
      state: { ...state, nodes, devices: replaceAt(state.devices, at, device) },
    };
  }

  function* ended(state: StagingState, at: number, device: DeviceState, well: boolean, label: string): Steps {
    // A repair is work in the background: the entry it follows was right whatever becomes of it.
    if (!well && device.round !== 'heal') return yield failed(state, at, label);
    const changes = device.job === 'change' || device.job === 'rotate';
    const pin = changes ? 1 - device.typed : device.typed;
    const isPassing = device.round === 'finish' || device.round === 'heal';
    const everyNode = well && isPassing && device.undisturbed && !device.contested;
    const done = device.overtaken ? null : { pin, everyNode };
    yield { label: name(at, label), state: { ...closed(state, at), done } };
  }

  function failed(state: StagingState, at: number, label: string): Step<StagingState> {
    return { label: name(at, label), state: closed(state, at) };
  }
}

/** The device stops, or is killed: what it had asked and not sent is gone. */
export function closed(state: StagingState, at: number): StagingState {
  const nodes = state.nodes.map((node) => ({
    ...node,
    tasks: replaceAt(node.tasks, at, 'none' as const),
    seen: replaceAt(node.seen, at, null),
    marks: replaceAt(node.marks, at, 'none' as const),
  }));
  // What another device was told to be done while this one was at work is not the last word.
  const done = changing.includes(state.devices[at]?.phase ?? 'idle') ? null : state.done;
  return { ...state, nodes, devices: replaceAt(state.devices, at, idle), done };
}

const changing: readonly Phase[] = ['stage', 'tell', 'check', 'commit', 'activate'];

function asked(node: NodeState, at: number, wanted: boolean): NodeState {
  return { ...node, tasks: replaceAt(node.tasks, at, wanted ? ('asked' as const) : ('none' as const)) };
}

function answerOf(seen: Seen) {
  return seen !== null && typeof seen === 'object' ? seen : null;
}

function isHeld(seen: Seen, version: number | null): 'committed' | 'staged' | 'missed' | 'unknown' {
  if (seen === null) return 'unknown';
  if (seen === 'has-staged') return 'staged';
  if (seen.committed === version) return 'committed';
  return seen.staged === version ? 'staged' : 'missed';
}

function isTarget(guards: Guards, seen: Seen, { phase, round, version }: DeviceState): boolean {
  // A Stage names what the survey found: where it found nothing out there is nothing to name.
  if (phase === 'stage') return seen !== null || !guards.stageNamesWhatItReplaces;
  const held = isHeld(seen, version);
  return held === 'staged' || (held === 'committed' && !(phase === 'commit' && round === 'finish'));
}

function countOf(nodes: Nodes, at: number, task: NodeState['tasks'][number]): number {
  return nodes.filter((node) => node.tasks[at] === task).length;
}

function versionOf({ versions }: StagingState, version: number | null) {
  const found = version === null ? undefined : versions[version];
  if (found === undefined) throw new Error('the model has lost a version');
  return found;
}

function newestSecret({ versions }: StagingState): number {
  return Math.max(-1, ...versions.map(({ secret }) => secret));
}

const name = (device: number, label: string) => `device ${device}: ${label}`;
