import type { privacyEn } from './privacy-en.ts';

/** 隐私与安全号码的文字，合入 `zh.ts`。 */
export const privacyZh = {
  'place.pin-needed': '输入 PIN 后即可在此使用聊天',
  'place.pin-needed-lead': 'PIN 向联系人证明这台设备属于你。在此之前，它既不发送也不接收消息。',
  'place.enter-pin': '输入 PIN',
  'place.none-free': '已有五台其他设备参与你的聊天',
  'place.none-free-lead': '结束其中一台后，这台设备才会加入。在此之前，消息仍会到达那些设备。',
  'place.see-devices': '查看设备',

  'privacy.conversation': '会话',
  'privacy.phone': '手机号码',
  'privacy.loading': '正在读取你的选择',
  'privacy.saved': '已保存',
  'privacy.from-everybody': '所有人',
  'privacy.from-contacts': '我的联系人',
  'privacy.from-nobody': '没有人',
  'privacy.messages': '谁可以给我发消息',
  'privacy.messages-effect':
    '选择“我的联系人”后，其他人仍然可以发送，但消息在他们那边始终只有一个勾，不会到达你的设备。他们不会得到通知。',
  'privacy.groups': '谁可以把我加入群组',
  'privacy.groups-effect':
    '选择“我的联系人”后，其他人把你加入的群组不会出现在这里。你仍可以通过邀请链接申请加入。',
  'privacy.foundByPhone': '谁可以通过手机号码找到我',
  'privacy.foundByPhone-effect': '选择“没有人”后，即使联系人存有你的号码也找不到你。号码本身从不向他人显示。',

  'add-by-phone.title': '通过手机号码查找',
  'add-by-phone.row': '通过手机号码',
  'add-by-phone.row-hint': '前提是对方允许被找到',
  'add-by-phone.lead': '只有对方拥有 Hexkey 账户并允许你通过号码找到时，才会显示。',
  'add-by-phone.nobody': '通过这个号码找不到任何人。对方可能没有账户，或不对你显示：请向对方询问 Hexkey ID。',

  'report.report': '举报',
  'report.title': '举报{name}？',
  'report.lead': '由本服务器的运营者查看。除了你在这里写下的内容，会话中的任何内容都不会附上。',
  'report.reason': '举报原因',
  'report.spam': '垃圾广告',
  'report.abuse': '辱骂或威胁',
  'report.impersonation': '冒充他人',
  'report.other': '其他',
  'report.content': '发生了什么（可选）',
  'report.content-hint': '如果希望运营者看到某些消息，请粘贴到这里，最多 2000 个字符。',
  'report.send': '发送举报',
  'report.sent': '举报已发送',

  'safety.title': '安全号码',
  'safety.loading': '正在计算安全号码',
  'safety.lead': '当面或在通话中与{name}看到的号码比对。两边一致，就没有人夹在中间。',
  'safety.code': '此安全号码的二维码，供{name}扫描',
  'safety.code-failed': '二维码没有加载成功，数字的作用相同。',
  'safety.digits': '六十位数字',
  'safety.unverified': '尚未核对',
  'safety.unverified-lead': '消息已端到端加密。核对之后才能确定对方就是{name}。',
  'safety.verified': '已验证',
  'safety.verified-lead': '你已与{name}核对过。号码一旦变化，在你同意之前不会再发送任何内容。',
  'safety.changed': '{name}的安全码已变化',
  'safety.changed-lead':
    '自你核对之后，{name}换了密钥，而旧密钥没有为它作证。请通过其他途径询问对方，再重新核对。',
  'safety.same': '一致',
  'safety.same-lead': '{name}现已验证。',
  'safety.differs': '这不是此会话的安全码',
  'safety.differs-lead':
    '请确认{name}打开的是你们会话的安全号码。如果确实如此，可能有人夹在中间：不要在这里发送机密。',
  'safety.confirm': '我已核对，完全一致',
  'safety.accept': '不核对，继续发送',
  'safety.settled': '已全部核对',
  'safety.settled-lead': '这里不再有人的安全码有变化，消息可以继续发送。',
} as const satisfies Readonly<Record<keyof typeof privacyEn, string>>;
