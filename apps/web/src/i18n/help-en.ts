/** Texts of the help centre around its articles, part of `en.ts`. The articles are in `help/en`. */
export const helpEn = {
  'help.title': 'Help',
  'help.search': 'Search the articles',
  'help.loading': 'Loading the articles',
  'help.not-loaded': 'The articles did not load. Check your connection and try again.',
  'help.articles': { one: '{count} article', other: '{count} articles' },
  'help.found': { one: '{count} article found', other: '{count} articles found' },
  'help.none-title': 'Nothing found',
  'help.none': 'Try another word, or fewer of them.',
  'help.readers': { one: '{count} reader', other: '{count} readers' },
  'help.helpful': 'Was this helpful?',
  'help.yes': 'Yes',
  'help.no': 'No',
  'help.thanks': 'Thank you. Your answer counts once a day for each article; who gave it is not kept.',
  'help.found-helpful': {
    one: '{helpful} of {count} reader found this helpful',
    other: '{helpful} of {count} readers found this helpful',
  },
  'help.not-counted': 'That was not counted. Check your connection and try again.',
  'help.about-this': 'Help with this',
} as const;
