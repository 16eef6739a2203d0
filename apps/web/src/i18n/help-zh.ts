import type { helpEn } from './help-en.ts';

/** 帮助中心界面的文字。文章本身在 `help/zh`。 */
export const helpZh = {
  'help.title': '帮助',
  'help.search': '搜索文章',
  'help.loading': '正在加载文章',
  'help.not-loaded': '文章没有加载出来。请检查网络后重试。',
  'help.articles': { one: '{count} 篇文章', other: '{count} 篇文章' },
  'help.found': { one: '找到 {count} 篇', other: '找到 {count} 篇' },
  'help.none-title': '没有找到',
  'help.none': '换一个词，或者少写几个词。',
  'help.readers': { one: '{count} 人读过', other: '{count} 人读过' },
  'help.helpful': '这篇文章有帮助吗？',
  'help.yes': '有',
  'help.no': '没有',
  'help.thanks': '谢谢。每篇文章每天只计一次，不会记录是谁回答的。',
  'help.found-helpful': {
    one: '{count} 人中有 {helpful} 人觉得有帮助',
    other: '{count} 人中有 {helpful} 人觉得有帮助',
  },
  'help.not-counted': '这次没有计入。请检查网络后重试。',
  'help.about-this': '查看帮助',
} as const satisfies Record<keyof typeof helpEn, unknown>;
