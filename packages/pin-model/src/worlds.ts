import { type Exploration, explore, type Model } from './explore.ts';
import { allGuards, type GuardName, type Guards } from './guards.ts';
import { type ConcurrentGuesses, concurrentGuesses } from './guessing/concurrent-guesses.ts';
import { type OwnerEntries, ownerEntries } from './guessing/owner-entries.ts';
import { spreadGuesses } from './guessing/spread-guesses.ts';
import { type GuessesOverMove, guessesOverMove } from './moving/guesses-over-a-move.ts';
import { type MovingBounds, movingModel } from './moving/moving-model.ts';
import { type StagingBounds, stagingModel } from './staging/staging-model.ts';

/** One bounded world, explored to its end. */
export interface World {
  readonly name: string;
  readonly explore: (guards?: Guards) => Exploration;
}

// Each model has states of its own type; what is common to all is how they end.
function world<S>(name: string, model: (guards: Guards) => Model<S>): World {
  return { name, explore: (guards = allGuards) => explore(model(guards)) };
}

const staging = (name: string, bounds: StagingBounds) =>
  world(name, (guards) => stagingModel(bounds, guards));
const guessing = (name: string, bounds: ConcurrentGuesses) =>
  world(name, (guards) => concurrentGuesses(bounds, guards));
const entering = (name: string, bounds: OwnerEntries) =>
  world(name, (guards) => ownerEntries(bounds, guards));
const moving = (name: string, bounds: MovingBounds) => world(name, (guards) => movingModel(bounds, guards));
const guessingOver = (name: string, bounds: GuessesOverMove) =>
  world(name, (guards) => guessesOverMove(bounds, guards));

const alone = { devices: 1, parallel: 1, late: 0, stranger: true } as const;
const three = { ...alone, nodes: 3, threshold: 2, dead: 0 } as const;
const five = { ...three, nodes: 5, threshold: 3 } as const;
const onceLate = { late: 1, lateKinds: ['stage', 'commit'] } as const;
/** Right PINs too may come late, or twice. */
const anythingLate = { late: 1, lateKinds: ['stage', 'commit', 'release'] } as const;
const inTurn = { ...three, story: 'change', devices: 2, changes: 1, entries: 2, records: 3 } as const;
/** One change is interrupted, then each device enters a PIN. */
const atOnce = {
  ...three,
  story: 'change',
  dead: 1,
  devices: 2,
  parallel: 2,
  changes: 1,
  entries: 2,
  records: 2,
  stranger: false,
} as const;
const stolenPhone = (limit: number) =>
  ({ bucket: 'provenDevice', limit, parallel: 2, halfWindows: 2 }) as const;

const aChange = { ...three, story: 'change', changes: 1, entries: 2, records: 3 } as const;
const change = staging('change, 3 nodes', aChange);
const set = staging('first set, 3 nodes', { ...three, story: 'set', changes: 2, entries: 1, records: 2 });
const newSecret = staging('new secret, 3 nodes', { ...aChange, story: 'rotate' });
const enterAtOnce = staging('two devices enter at the same time, one dead', atOnce);

/** A change and an entry by two devices, and what either sent may come late or twice. */
export const lateAtOnce = staging('a change and an entry at the same time, one dead, a request late', {
  ...atOnce,
  ...anythingLate,
  entries: 1,
});

const fromThree = { nodes: 3, threshold: 2, deadOld: 0, deadNew: 0, stranger: false } as const;
const fromFive = { ...fromThree, nodes: 5, threshold: 3 } as const;
const aMove = { parallel: 1, moves: 1, changes: 0, finishes: 1, late: 0 } as const;
const bothDead = { deadOld: 1, deadNew: 1 } as const;
const guessedOver = guessingOver('guesses over a move, 3 nodes', { nodes: 3, threshold: 2, attempts: 5 });
const fewGuessedOver = guessingOver('few guesses over a move', { nodes: 3, threshold: 2, attempts: 3 });
const oneMove = moving('a move, and a stranger', { ...fromThree, ...aMove, stranger: true });
/** Whatever a device says of itself to new nodes: a stranger's first records stand in the way. */
const healedMove = moving('a move whose new nodes missed their activation, and a stranger', {
  ...fromThree,
  ...aMove,
  repairs: 1,
  stranger: true,
});
const movesAtOnce = moving('two moves at the same time, one dead of each set', {
  ...fromThree,
  ...aMove,
  ...bothDead,
  parallel: 2,
  moves: 2,
});
const moveAndChange = moving('a move and a change at the same time, one dead of each set', {
  ...fromThree,
  ...aMove,
  ...bothDead,
  parallel: 2,
  changes: 1,
});
/** A move stopped after its first closing. */
const begunMove = moving('a begun move and a change, a request late', {
  ...fromThree,
  ...aMove,
  deadNew: 1,
  closed: 1,
  changes: 1,
  late: 1,
  lateKinds: ['arrive', 'close'],
});
const movesInTurn = moving('two moves and a change, an arrival late', {
  ...fromThree,
  ...aMove,
  ...bothDead,
  moves: 2,
  changes: 1,
  finishes: 0,
  late: 1,
  lateKinds: ['arrive'],
});
/** Only an even number of nodes that answer can be divided between closings and commits. */
const begunOfFive = {
  ...fromFive,
  ...aMove,
  deadOld: 1,
  deadNew: 2,
  closed: 1,
  moves: 0,
  changes: 1,
} as const;
const changeInTurn = moving('a begun move of 5 and then a change', begunOfFive);
const changeAtOnce = moving('a begun move of 5 and a change at the same time', {
  ...begunOfFive,
  parallel: 2,
});

/** 2 of 3 nodes: well under a minute, part of `npm test`. */
export const worldsOfThree: readonly World[] = [
  guessing('parallel guesses, a stolen phone', stolenPhone(3)),
  guessing('parallel guesses, new devices', { bucket: 'newDevice', limit: 2, parallel: 2, halfWindows: 2 }),
  world('guesses spread over 3 nodes', () => spreadGuesses(3, 2, 5)),
  entering('entries and repeats, 3 nodes', { nodes: 3, threshold: 2, attempts: 3, entries: 5 }),
  set,
  staging('first set, one dead', { ...three, story: 'set', dead: 1, changes: 3, entries: 2, records: 3 }),
  change,
  staging('change, a request late', {
    ...three,
    ...onceLate,
    story: 'change',
    changes: 1,
    entries: 2,
    records: 3,
  }),
  staging('change, one dead, a request late', {
    ...three,
    ...anythingLate,
    story: 'change',
    dead: 1,
    changes: 1,
    entries: 3,
    records: 4,
  }),
  staging('change, one dead, two requests late', {
    ...three,
    ...anythingLate,
    late: 2,
    story: 'change',
    dead: 1,
    changes: 1,
    entries: 2,
    records: 3,
  }),
  staging('first set, one dead, a request late', {
    ...three,
    ...anythingLate,
    story: 'set',
    dead: 1,
    changes: 3,
    entries: 2,
    records: 3,
  }),
  newSecret,
  staging('new secret, one dead, a request late', {
    ...three,
    ...anythingLate,
    story: 'rotate',
    dead: 1,
    changes: 1,
    entries: 2,
    records: 3,
  }),
  staging('two devices change at the same time, one dead', { ...atOnce, changes: 2, entries: 0 }),
  lateAtOnce,
  staging('two devices change at the same time, one dead, a request late', {
    ...atOnce,
    ...anythingLate,
    changes: 2,
    entries: 0,
  }),
  guessedOver,
  oneMove,
  healedMove,
  movesAtOnce,
  moveAndChange,
  changeInTurn,
];

/** 3 of 5 nodes, and 2 of 3 as far as it goes in minutes: part of the continuous integration. */
export const worldsOfFive: readonly World[] = [
  guessing('parallel guesses, the real limit', stolenPhone(5)),
  guessing('parallel guesses, three at once', { bucket: 'newDevice', limit: 2, parallel: 3, halfWindows: 2 }),
  world('guesses spread over 5 nodes, q = 5', () => spreadGuesses(5, 3, 5)),
  world('guesses spread over 5 nodes, q = 10', () => spreadGuesses(5, 3, 10)),
  entering('entries and repeats, 5 nodes', { nodes: 5, threshold: 3, attempts: 2, entries: 4 }),
  staging('first set, 5 nodes', { ...five, story: 'set', changes: 2, entries: 1, records: 2 }),
  staging('first set, two dead', { ...five, story: 'set', dead: 2, changes: 3, entries: 2, records: 3 }),
  staging('change, 5 nodes', { ...five, story: 'change', changes: 1, entries: 2, records: 2 }),
  staging('change, one dead of 5', { ...five, story: 'change', dead: 1, changes: 1, entries: 2, records: 2 }),
  staging('change, two dead of 5', { ...five, story: 'change', dead: 2, changes: 2, entries: 3, records: 4 }),
  staging('new secret, 5 nodes', { ...five, story: 'rotate', changes: 1, entries: 1, records: 2 }),
  staging('new secret, two dead of 5', {
    ...five,
    story: 'rotate',
    dead: 2,
    changes: 1,
    entries: 3,
    records: 4,
  }),
  staging('first set, a request late', {
    ...three,
    ...onceLate,
    story: 'set',
    changes: 2,
    entries: 1,
    records: 2,
  }),
  staging('new secret, a request late', {
    ...three,
    ...onceLate,
    story: 'rotate',
    changes: 1,
    entries: 2,
    records: 3,
  }),
  staging('change, two dead of 5, two requests late', {
    ...five,
    ...onceLate,
    late: 2,
    story: 'change',
    dead: 2,
    changes: 1,
    entries: 2,
    records: 3,
  }),
  staging('two changes, 3 nodes', { ...three, story: 'change', changes: 2, entries: 1, records: 3 }),
  staging('a second device in turn, 3 nodes', inTurn),
  staging('a second device at the same time, 3 nodes', { ...inTurn, parallel: 2, entries: 1 }),
  enterAtOnce,
  staging('a change and an entry at the same time, one dead, two requests late', {
    ...atOnce,
    ...anythingLate,
    late: 2,
    entries: 1,
  }),
  guessingOver('guesses over a move, 5 nodes', { nodes: 5, threshold: 3, attempts: 2 }),
  begunMove,
  movesInTurn,
  changeAtOnce,
  moving('two moves at the same time, one new node dead', {
    ...fromThree,
    ...aMove,
    deadNew: 1,
    parallel: 2,
    moves: 2,
  }),
  moving('two moves of 5 at the same time, two dead of each set', {
    ...fromFive,
    ...aMove,
    deadOld: 2,
    deadNew: 2,
    parallel: 2,
    moves: 2,
  }),
  moving('a move of 5, and a stranger', { ...fromFive, ...aMove, stranger: true }),
];

const guesses = guessing('parallel guesses', { bucket: 'newDevice', limit: 2, parallel: 2, halfWindows: 0 });
const entries = entering('entries', { nodes: 3, threshold: 2, attempts: 3, entries: 5 });
const changeOneDead = staging('a change, one dead', { ...aChange, dead: 1 });

/** Where each guard is needed: with it this world has no counterexample, without it one. */
export const worldOfGuard: Readonly<Record<GuardName, World>> = {
  spendBeforeEvaluate: guesses,
  compareAndSwap: guesses,
  durableBeforeAnswer: guesses,
  rightPinClearsOwnGuesses: guesses,
  refuseAtRecover2: entries,
  sameRequestIsSameGuess: entries,
  stageBeforeCommit: changeOneDead,
  overwriteNeedsPin: change,
  commitNeedsTag: changeOneDead,
  commitAfterQuorum: changeOneDead,
  toldBeforeCommit: change,
  settleWhatIsProven: change,
  firstRecordIsReplaceable: set,
  preparedBeforeCommit: set,
  oddNodes: world('a change at 2 of 3 or 2 of 4 nodes', (guards) =>
    stagingModel({ ...aChange, nodes: guards.oddNodes ? 3 : 4 }, guards),
  ),
  healMissedNodes: change,
  replaceOnlyCommitted: change,
  stageNamesWhatItReplaces: staging('a change, a Stage late', { ...aChange, late: 1 }),
  rightPinOutdatesRequests: staging('a change, one dead, a request late', {
    ...aChange,
    ...onceLate,
    dead: 1,
  }),
  lastProverGoesOn: enterAtOnce,
  vouchersOfThreshold: change,
  activateAfterCommit: newSecret,
  closedGrantsNothing: fewGuessedOver,
  closeCountsWhatItErases: fewGuessedOver,
  carriesEveryGuess: guessedOver,
  closeNeedsReceipts: oneMove,
  closeNeedsOrder: oneMove,
  closeNamesVersion: begunMove,
  closeHeedsRightPin: moveAndChange,
  lastProverMoves: moveAndChange,
  finishHeedsRightPin: changeAtOnce,
  finishSeesEnough: changeInTurn,
  arriveNeedsVouchers: oneMove,
  arrivalsStandSideBySide: movesInTurn,
  oneRecordOfOneMove: movesAtOnce,
  nothingBetweenArrivalAndActivation: oneMove,
  commitOnWordAmidMove: healedMove,
  activateNeedsClosings: oneMove,
  closingsOfOneVersion: begunMove,
};
