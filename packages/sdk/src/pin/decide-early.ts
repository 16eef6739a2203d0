/**
 * Runs `decide` after each answer and settles with its first result, without waiting for the rest. The tasks go on.
 *
 * @param decide undefined while open; when nothing is `pending` it must decide or throw
 */
export function decideEarly<T, R>(
  tasks: ReadonlyMap<string, Promise<T>>,
  decide: (answers: ReadonlyMap<string, T>, pending: number) => R | undefined,
): Promise<R> {
  return new Promise((resolve, reject) => {
    const answers = new Map<string, T>();
    let decided = false;
    for (const [name, task] of tasks)
      task
        .then((answer) => {
          answers.set(name, answer);
          if (decided) return;
          const result = decide(answers, tasks.size - answers.size);
          if (result === undefined) {
            if (answers.size === tasks.size) throw new Error('all answers are in and nothing is decided');
            return;
          }
          decided = true;
          resolve(result);
        })
        .catch(reject);
  });
}
