import type { deviceEn } from './device-en.ts';

/** 应用锁、通知与导出的文字，合入 `zh.ts`。 */
export const deviceZh: Record<keyof typeof deviceEn, string> = {
  'app-lock.title': '应用锁',
  'app-lock.lead':
    '你离开时，Hexkey 会在这台设备上锁定。用 PIN 打开，或用通行密钥：面容、指纹或设备的锁屏方式。',
  'app-lock.off': '关闭',
  'app-lock.at-once': '立即，一离开视线就锁定',
  'app-lock.after': '{count} 分钟未使用后',
  'app-lock.passkey': '用通行密钥打开',
  'app-lock.passkey-effect': '没有网络时也能用。PIN 始终可以打开。',
  'app-lock.passkey-name': 'Hexkey 应用锁',
  'app-lock.passkey-on': '现在可以用通行密钥打开 Hexkey',
  'app-lock.no-passkey': '此浏览器没有通行密钥：用 PIN 打开 Hexkey，需要网络。',
  'app-lock.lock-now': '立即锁定',
  'app-lock.limits':
    '它防止别人偷看或拿起你的设备来看。它不加密任何内容：要防备拆解设备的人，请锁好设备本身。付款和更改总会要求 PIN。',
  'app-lock.locked': 'Hexkey 已锁定',
  'app-lock.locked-lead': '打开后回到你刚才的位置。',
  'app-lock.use-passkey': '用通行密钥打开',
  'app-lock.use-pin': '改用 PIN',

  'export.title': '导出我的数据',
  'export.lead': '服务器保存的关于你的全部内容，做成一个文件。输入 PIN 即可获取。',
  'export.what': '你的账户、设备、联系人、设置、日志和付款，每一部分都附有说明。',
  'export.not': '不含消息、助记词和密钥：服务器读不到它们。其他未包含的内容及原因写在文件里。',
  'export.limit': '每天五次，会记入你的日志。',
  'export.reading': '已读取 {done} / {of} 类记录',
  'export.done': '文件已经交给你',
  'export.done-next': '请在下载内容里查看。其中有你的号码、设备和你认识的人：请妥善保管。',
  'export.again': '再次导出',

  'accounts.title': '这台设备上的账户',
  'accounts.lead': '每个账户在这里都有自己的密钥、消息和连接，互相看不到。',
  'accounts.here': '此标签页中打开的',
  'accounts.others': '切换到',
  'accounts.add': '添加账户',
  'accounts.unnamed': '还没有名字',
  'accounts.locked': '已由应用锁遮住',
  'accounts.pin-to-come': '还没有在这里输入过它的 PIN',
  'accounts.quiet': '没有在任何标签页中打开的账户收不到新消息提示。另一个标签页可以打开另一个账户。',

  'notifications.title': '通知',
  'notifications.lead': '在这台设备上，当 Hexkey 在浏览器中打开而你在看别的东西时。',
  'notifications.messages': '有新消息时通知我',
  'notifications.messages-effect': '浏览器会询问是否允许。已静音的对话保持安静。',
  'notifications.previews': '显示是谁、写了什么',
  'notifications.previews-effect':
    '关闭时只提示有消息。Team Hexkey 的内容从不显示，Hexkey 锁定时也不显示任何内容。',
  'notifications.denied': '浏览器不允许 Hexkey 通知你',
  'notifications.denied-next': '你或浏览器的规则拒绝了。请打开地址左侧的网站设置，允许通知，然后重新加载。',
  'notifications.unsupported': '此浏览器没有通知',
  'notifications.unsupported-next':
    '有些浏览器只让已安装的应用发通知：在 iPhone 或 iPad 上，请把 Hexkey 添加到主屏幕。其他情况请换一个浏览器。',
  'notifications.try': '现在试一条',
  'notifications.trial-text': '通知就是这个样子。',
  'notifications.trial-shown': '已发送。如果没有看到，请检查系统是否设为静音。',
  'notifications.refused': '浏览器给了权限，但不显示通知',
  'notifications.new-message': '你有一条新消息',
  'notifications.new-team': 'Team Hexkey 给你发了消息',
};
