/**
 * Reads what there is news of, one round at a time: what is told while a round runs is read in the next one, once, however often it was told.
 * A message changes things several times on its way, and each screen asks for several of them.
 *
 * @param read does not reject
 * @returns tells of news
 */
export function readInRounds<News>(read: (news: ReadonlySet<News>) => Promise<void>): (one: News) => void {
  let told = new Set<News>();
  let isReading = false;

  async function readAll(): Promise<void> {
    isReading = true;
    while (told.size > 0) {
      const news = told;
      told = new Set();
      await read(news);
    }
    isReading = false;
  }

  return (one) => {
    told.add(one);
    if (!isReading) void readAll();
  };
}
