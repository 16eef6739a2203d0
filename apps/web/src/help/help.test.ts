import { readdirSync, readFileSync } from 'node:fs';
import { errorTable, helpArticleIds, helpCollectionIds, helpCollections } from '@hexkey/contract';
import { expect, test } from 'vitest';
import { type RouteEntry, routeTable } from '../route-table.ts';
import { libraryEn } from './en/library-en.ts';
import { errorArticles } from './error-articles.ts';
import { pageArticles } from './page-articles.ts';
import { pictureAddress, pictureIds, pictureSize } from './pictures.ts';
import { linksOf, textsOf } from './plain-text.ts';
import { searchArticles } from './search-articles.ts';
import { libraryZh } from './zh/library-zh.ts';

const webSources = new URL('../', import.meta.url);
const libraries = [libraryEn, libraryZh] as const;
const picturesOf = (blocks: (typeof libraryEn.articles)['codes']['blocks']) =>
  blocks.flatMap((block) => (block.kind === 'picture' ? [block.picture] : []));
const han = /\p{Script=Han}/u;

test('every article is written in both languages, and no text is the other language', () => {
  for (const library of libraries)
    expect(Object.keys(library.articles).sort()).toEqual([...helpArticleIds].sort());
  for (const id of helpArticleIds) {
    const english = textsOf(libraryEn.articles[id]);
    const chinese = textsOf(libraryZh.articles[id]);
    expect(
      english.filter((words) => han.test(words) || words.trim() === ''),
      id,
    ).toEqual([]);
    expect(
      chinese.filter((words) => !han.test(words)),
      id,
    ).toEqual([]);
    expect(
      chinese.filter((words) => english.includes(words)),
      id,
    ).toEqual([]);
  }
  for (const id of helpCollectionIds)
    expect(libraryZh.collections[id]).not.toEqual(libraryEn.collections[id]);
});

/** Every topic of the two pages that the product was commissioned from, in their collections. The second page is of the recovery contact. */
const commissioned = {
  pin: ['what-is-pin', 'forgot-pin', 'change-pin'],
  'recovery-kit': [
    'add-phone',
    'set-recovery-contact',
    'recovery-contact-login',
    'view-recovery-contact',
    'what-is-recovery-kit',
  ],
  'mnemonic-phrases': ['log-in-with-words', 'key-shards', 'back-up-words', 'view-words'],
  'security-privacy': [
    'delete-account',
    'restrict-strangers',
    'pay-with-passkey',
    'conversation-privacy',
    'phone-number-privacy',
  ],
  faqs: ['pin-upgrade', 'send-logs'],
} as const;

test('every topic of the commissioned pages has its article, in the collection where they have it', () => {
  expect(Object.keys(commissioned)).toEqual(helpCollectionIds);
  for (const [collection, topics] of Object.entries(commissioned))
    expect(helpCollections[collection as keyof typeof commissioned]).toEqual(
      expect.arrayContaining([...topics]),
    );
});

test('no two articles have the same title', () => {
  for (const { articles } of libraries) {
    const titles = helpArticleIds.map((id) => articles[id].title);
    expect(new Set(titles).size).toBe(titles.length);
  }
});

test('both languages lead to the same pages and articles, and show the same pictures', () => {
  const targets = (article: typeof libraryEn.articles.codes) =>
    [...new Set(linksOf(article).map((link) => ('page' in link ? link.page : link.article)))].sort();
  for (const id of helpArticleIds) {
    expect(targets(libraryZh.articles[id]), id).toEqual(targets(libraryEn.articles[id]));
    expect(picturesOf(libraryZh.articles[id].blocks), id).toEqual(picturesOf(libraryEn.articles[id].blocks));
  }
});

test('every link leads to a page that has an address of its own, or to another article', () => {
  for (const { articles } of libraries)
    for (const id of helpArticleIds)
      for (const link of linksOf(articles[id])) {
        if ('article' in link) expect(link.article, `${id} links to itself`).not.toBe(id);
        if ('article' in link) expect(helpArticleIds).toContain(link.article);
        if (!('page' in link)) continue;
        const route: RouteEntry = routeTable[link.page];
        expect(route, `${id}: ${link.page}`).toBeDefined();
        // A page that is shown only in the middle of something is no place to send a reader.
        expect(route.needs === undefined || route.needs === 'open-wallet', `${id}: ${link.page}`).toBe(true);
      }
});

test('every refusal has its article', () => {
  expect(Object.keys(errorArticles).sort()).toEqual(['Unknown', ...Object.keys(errorTable)].sort());
  expect(Object.values(errorArticles).filter((id) => !helpArticleIds.includes(id))).toEqual([]);
});

test('every article is offered where it is needed: on a page, or beside a refusal', () => {
  const offered = new Set<string>([...Object.values(pageArticles), ...Object.values(errorArticles)]);
  expect(helpArticleIds.filter((id) => !offered.has(id))).toEqual([]);
});

test('every picture is shown somewhere', () => {
  const shown = new Set(helpArticleIds.flatMap((id) => picturesOf(libraryEn.articles[id].blocks)));
  expect(pictureIds.filter((id) => !shown.has(id))).toEqual([]);
});

test('every picture is there in each language, twice as fine as it is shown, and light', () => {
  for (const id of pictureIds) {
    const [english, chinese] = (['en', 'zh'] as const).map((language) =>
      readFileSync(new URL(`../../public${pictureAddress(id, language)}`, import.meta.url)),
    ) as [Buffer, Buffer];
    expect(english.equals(chinese), id).toBe(false);
    for (const picture of [english, chinese]) {
      // WebP container, "Extended File Format": 24 bits each of width and height, less one.
      expect(picture.toString('latin1', 8, 16), id).toBe('WEBPVP8X');
      const size = { width: picture.readUIntLE(24, 3) + 1, height: picture.readUIntLE(27, 3) + 1 };
      expect(size, id).toEqual({ width: 2 * pictureSize.width, height: 2 * pictureSize.height });
      expect(picture.length, id).toBeLessThan(60_000);
    }
  }
});

test('beside every code of a refusal is the way to its article', () => {
  const sources = readdirSync(webSources, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx'))
    .map((name) => ({ name, source: readFileSync(new URL(name, webSources), 'utf8') }));
  const showing = sources.filter(({ source }) => source.includes("t('error.code'"));
  expect(showing.length).toBeGreaterThan(3);
  expect(showing.filter(({ source }) => !source.includes('<ErrorHelp ')).map(({ name }) => name)).toEqual([]);
});

test('no article names another product', () => {
  const all = libraries.flatMap(({ articles }) => helpArticleIds.flatMap((id) => textsOf(articles[id])));
  expect(all.filter((words) => /mixin|signal|whatsapp|telegram|wechat/i.test(words))).toEqual([]);
});

test('a search wants every word, in any case, and puts titles first', () => {
  expect(searchArticles(libraryEn, 'FORGOT')[0]).toBe('forgot-pin');
  expect(searchArticles(libraryEn, '24 hours locks')).toContain('forgot-pin');
  expect(searchArticles(libraryZh, '恢复联系人 登录')[0]).toBe('recovery-contact-login');
  expect(searchArticles(libraryEn, 'pin zebra')).toEqual([]);
  expect(searchArticles(libraryEn, '  ')).toEqual([]);
});

test.each(libraries)('every title of $language finds its own article', (library) => {
  for (const id of helpArticleIds) expect(searchArticles(library, library.articles[id].title)).toContain(id);
});
