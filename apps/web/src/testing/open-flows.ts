let openFlows = 0;

/**
 * Counts the flows that were opened for a PIN and not closed yet, where a test can read it: `<html data-open-flows>`.
 * @returns ends this one
 */
export function flowOpened(): () => void {
  let isOpen = true;
  count(1);
  return () => {
    if (isOpen) count(-1);
    isOpen = false;
  };
}

function count(change: 1 | -1): void {
  openFlows += change;
  document.documentElement.dataset.openFlows = String(openFlows);
}
