/**
 * The guards of the PIN network, each of which can be switched off in the model: a guard that can go without the explorer finding
 * a counterexample would be one nobody needs, or a model that does not see.
 */
export const guardNames = [
  // What a node does with a guess (pin-network specification, section 3).
  'spendBeforeEvaluate',
  'compareAndSwap',
  'durableBeforeAnswer',
  'rightPinClearsOwnGuesses',
  'refuseAtRecover2',
  'sameRequestIsSameGuess',
  // Stage and commit (section 4, ADRs 4, 14, 25, 29).
  'stageBeforeCommit',
  'overwriteNeedsPin',
  'commitNeedsTag',
  'commitAfterQuorum',
  'toldBeforeCommit',
  'settleWhatIsProven',
  'firstRecordIsReplaceable',
  'preparedBeforeCommit',
  'oddNodes',
  // Missed nodes (ADR 31) and a new secret (ADR 32).
  'healMissedNodes',
  'replaceOnlyCommitted',
  'stageNamesWhatItReplaces',
  'rightPinOutdatesRequests',
  'lastProverGoesOn',
  'vouchersOfThreshold',
  'activateAfterCommit',
  // Another node set (ADRs 68, 88).
  'closedGrantsNothing',
  'closeCountsWhatItErases',
  'carriesEveryGuess',
  'closeNeedsReceipts',
  'closeNeedsOrder',
  'closeNamesVersion',
  'closeHeedsRightPin',
  'lastProverMoves',
  'finishHeedsRightPin',
  'finishSeesEnough',
  'arriveNeedsVouchers',
  'arrivalsStandSideBySide',
  'oneRecordOfOneMove',
  'nothingBetweenArrivalAndActivation',
  'commitOnWordAmidMove',
  'activateNeedsClosings',
  'closingsOfOneVersion',
] as const;

export type GuardName = (typeof guardNames)[number];
export type Guards = Readonly<Record<GuardName, boolean>>;

export const allGuards = Object.fromEntries(guardNames.map((name) => [name, true])) as Guards;

export function without(name: GuardName): Guards {
  return { ...allGuards, [name]: false };
}
