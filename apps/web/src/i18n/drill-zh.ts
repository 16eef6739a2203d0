import type { drillEn } from './drill-en.ts';

/** Texts of rehearsals and of the kit's health, part of `zh.ts`. */
export const drillZh: Readonly<Record<keyof typeof drillEn, string>> = {
  'drill.phone-title': '演练手机号码',
  'drill.phone-lead': '像在新设备上一样，用短信验证码登录。会用掉每天五次验证码中的一次。',
  'drill.contact-title': '与联系人一起演练',
  'drill.contact-lead':
    '像号码已经丢失一样登录。请先打电话给恢复联系人，并备好对方的 Hexkey ID：对方会收到验证码，你的设备和号码也会收到提醒，与真的一样。',
  'drill.thrown-away':
    '登录是真的，随即丢弃。PIN 只在这里输入，不在别处尝试：演练到新设备要求输入 PIN 的那一步为止。',
  'drill.code-lead': '请输入发到你号码的 4 位数字。',
  'drill.wait-lead': '验证码已发到你的号码。请不要用它：真的丢失时你收不到。60 秒后会有另一种方式。',
  'drill.wait-left': '{time} 后有另一种方式',
  'drill.contact-id-lead': '请输入恢复联系人的 Hexkey ID。真的丢失时也不会显示给你看。',
  'drill.step': '第 {step} 步，共 {of} 步',
  'drill.entering': '正在登录',
  'drill.checking': '正在查找你的账户和账户分片',
  'drill.leaving': '正在丢弃会话',
  'drill.phone-worked': '你的号码能带你回到这个账户，账户分片也一起取到了。',
  'drill.contact-worked': '你的恢复联系人能带你回到这个账户，账户分片也一起取到了。',
  'drill.gone': '会话已经丢弃。你的设备、PIN 和恢复方式都和原来一样。',

  'kit.health-title': '健康度',
  'kit.health-score': '{score} / {of}',
  'kit.health-lost': '现在丢失这台设备，就没有任何办法回来。',
  'kit.health-fragile': '丢一样还能回来。再和这台设备一起丢一样，可能就回不来了。',
  'kit.health-unproven': '回来的方式够用，但有一项需要你留意。',
  'kit.health-good': '有几种方式能回来，而且半年内都确认有效。',
  'kit.health-means':
    '连同这台设备一起丢失（别无其他、号码、助记词、联系人）后仍能回来，各得一分；半年内确认有效的方式，每种一分。',
  'kit.next-add-phone': '下一步：添加手机号码',
  'kit.next-add-words': '下一步：备份助记词',
  'kit.next-add-contact': '下一步：设置恢复联系人',
  'kit.next-rehearse-phone': '下一步：演练手机号码',
  'kit.next-rehearse-words': '下一步：演练助记词',
  'kit.next-rehearse-contact': '下一步：与联系人演练',
  'kit.next-repair': '下一步：查看恢复联系人',
  'kit.next-verify': '下一步：验证手机号码',
};
