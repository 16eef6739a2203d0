/** A real input laid over drawn digits: it takes taps, keys and paste, and draws nothing itself. */
export const overlayInputLook =
  'absolute inset-0 size-full cursor-text bg-transparent text-transparent caret-transparent outline-none selection:bg-transparent';
