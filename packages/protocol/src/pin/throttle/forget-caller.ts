import type { ThrottleState } from './throttle-state.ts';

/**
 * Takes a device's enrolment away: from now on its guesses count as a new device's. What it has spent and the lock it
 * is under stay, so that ending a device refills nothing.
 * @param isMeant whether an enrolled caller is the device
 */
export function forgetCaller(state: ThrottleState, isMeant: (caller: string) => boolean): ThrottleState {
  return { ...state, devices: state.devices.filter(({ caller }) => !isMeant(caller)) };
}
