/** Runs operations one after another, in the order in which they were asked for. One that fails does not stop the next. */
export function oneAtATime(): <T>(operation: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (operation) => {
    const next = last.then(operation, operation);
    last = next;
    return next;
  };
}
