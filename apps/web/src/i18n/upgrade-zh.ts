import type { upgradeEn } from './upgrade-en.ts';

/** PIN 升级的文字，是 `zh.ts` 的一部分。 */
export const upgradeZh: Record<keyof typeof upgradeEn, string> = {
  'upgrade.title': '升级 PIN',
  'upgrade.lead':
    '你的账户来自另一个系统，那里由服务器核对 PIN。在这里没有哪台服务器做得到：新的六位数字由多个 PIN 节点一起守护。',
  'upgrade.step-code': '向你的手机号码发送验证码',
  'upgrade.step-old': '输入原来的 PIN 或密码',
  'upgrade.step-new': '选定六位新的数字',
  'upgrade.may-stop':
    '随时可以停下，以后再来。新 PIN 设好之前，旧 PIN 在这里一直有效；设好之后，它再无用处。',
  'upgrade.old-title': '输入旧 PIN',
  'upgrade.old-lead': '这个账户在原系统里的 PIN 或密码。',
  'upgrade.old-label': '旧 PIN 或密码',
  'upgrade.old-last-time':
    '服务器会拿它与导入时留下的凭据比对。服务器见过的东西不能再守护你，所以新 PIN 必须不同。',
  'upgrade.checking': '正在比对',
  'upgrade.new-code': '获取新的验证码',
  'upgrade.unchanged': '这是服务器见过的旧 PIN。请换一个。',
  'logs.op.loginWithLegacyPin': '用旧 PIN 登录以便升级',
};
