import type { Library } from '../library.ts';
import { faqsZh } from './faqs.ts';
import { mnemonicPhrasesZh } from './mnemonic-phrases.ts';
import { pinZh } from './pin.ts';
import { recoveryKitZh } from './recovery-kit.ts';
import { securityPrivacyZh } from './security-privacy.ts';

export const libraryZh: Library = {
  language: 'zh',
  collections: {
    pin: { title: 'PIN（六位数字）', lead: '设置、更改，以及忘记之后' },
    'recovery-kit': { title: '恢复工具', lead: '手机号码、助记词和恢复联系人：回来的三条路' },
    'mnemonic-phrases': { title: '助记词', lead: '你的 13 个单词，以及它们能打开什么' },
    'security-privacy': { title: '安全与隐私', lead: '谁能联系你，谁能找到你，哪些设备是你的' },
    faqs: { title: '常见问题', lead: '验证码、消息或页面不正常的时候' },
  },
  articles: { ...pinZh, ...recoveryKitZh, ...mnemonicPhrasesZh, ...securityPrivacyZh, ...faqsZh },
};
