import { article, heading, page, picture, points, steps, strong, text, tip, warning } from '../article.ts';
import type { ArticlesOf } from '../library.ts';

export const securityPrivacyZh: ArticlesOf<'security-privacy'> = {
  'restrict-strangers': {
    title: '怎样不让陌生人联系我？',
    summary: '只让联系人给你发消息、把你加入群组。',
    blocks: [
      heading('消息'),
      steps(
        ['打开设置、账户、隐私、', page('/settings/account/privacy/conversation', '会话'), '。'],
        '在“谁可以给我发消息”下选择“我的联系人”。',
      ),
      heading('群组'),
      steps(
        '在同一页找到“谁可以把我加入群组”。',
        '选择“我的联系人”。别人把你加入的群组不会再出现；你仍然可以凭邀请链接申请加入。',
      ),
      picture('conversation-privacy', '会话：谁可以给我发消息，谁可以把我加入群组'),
      text(
        '联系人是你添加过的人。陌生人的消息在对方那边只有一个勾，永远到不了你的设备，对方也不会收到提示。',
      ),
      text(
        '只想挡住某一个人，',
        article('contacts', '屏蔽对方'),
        '即可。同一页的更多说明：',
        article('conversation-privacy', '会话隐私'),
        '。',
      ),
    ],
  },
  'pay-with-passkey': {
    title: '如何用面容或指纹支付？',
    summary: '输入 PIN 之后的一段时间里，在这台设备上付款的捷径。',
    blocks: [
      text(
        '在一段时间内，付款可以用面容或指纹代替 PIN。它打开的是一把只能付款的钥匙，不是 PIN，也打不开别的。',
      ),
      steps(
        ['打开设置、账户、安全、', page('/settings/account/security/pin', 'PIN'), '。'],
        '打开“用面容或指纹支付”，输入 PIN。',
        '选择上次输入 PIN 之后多久有效：15 或 30 分钟，1、2、6、12 或 24 小时。默认 2 小时，更改需要 PIN。',
      ),
      text('关闭用同一个开关，不需要 PIN，也不需要网络。'),
      heading('这些时候仍会要求 PIN'),
      points(
        '时间已过，或面容、指纹没有通过。',
        '更改了 PIN，或退出了登录。这时要重新打开；失败一次也是如此。',
        '设备或浏览器不支持这类通行密钥。',
      ),
      warning('它不能帮你找回 PIN。', article('forgot-pin', '忘记了怎么办')),
    ],
  },
  'conversation-privacy': {
    title: '如何开启会话隐私？',
    summary: '消息和群组各有一个选择，以及它们对不认识的人意味着什么。',
    blocks: [
      text(
        '从聊天页点头像、齿轮，再进入账户、隐私、',
        page('/settings/account/privacy/conversation', '会话'),
        '。两项一开始都是“所有人”。',
      ),
      points(
        [strong('谁可以给我发消息：'), '选“我的联系人”后，你没有添加过的人发来的都到不了。'],
        [strong('谁可以把我加入群组：'), '选“我的联系人”后，只有你添加过的人可以。'],
      ),
      warning(
        '你正在等的人，对 Hexkey 来说也可能是陌生人。请先添加对方，否则消息到不了，而且双方都不会得到提示。',
      ),
      text('已有的会话，只要是你添加过的人，照常继续。改回来之后新消息会到；之前被拒绝的不会补发。'),
      text(
        '具体步骤：',
        article('restrict-strangers', '不让陌生人联系我'),
        '。关于被找到：',
        article('phone-number-privacy', '手机号码隐私'),
        '。',
      ),
    ],
  },
  'phone-number-privacy': {
    title: '谁能通过手机号码找到我？',
    summary: '所有人、我的联系人，或没有人。号码本身从不显示。',
    blocks: [
      steps(
        ['打开设置、账户、隐私、', page('/settings/account/privacy/phone', '手机号码'), '。'],
        '选择谁能找到你：所有人、我的联系人，或没有人。',
      ),
      picture('phone-privacy', '手机号码：所有人、我的联系人，或没有人'),
      points(
        [strong('我的联系人：'), '你添加过、又知道号码的人可以找到你。'],
        [strong('没有人：'), '存有你号码的朋友也找不到。把 Hexkey ID 告诉他们就行。'],
        '搜索的人分不出你是隐藏了，还是没有账户。',
      ),
      text('查找次数有限，太多之后最长要等 12 小时。用号码登录与这里的选择无关。'),
    ],
  },
  contacts: {
    title: '添加、移除和屏蔽',
    summary: '各自有什么作用，对方会不会察觉。',
    blocks: [
      points(
        [
          '在',
          page('/contacts/add', '联系人、添加联系人'),
          '，用 Hexkey ID 或二维码添加。这是单向的：不会通知对方；对方也添加了你，你才是对方的联系人。',
        ],
        '移除同样不会通知对方。',
        [
          '屏蔽会挡住对方的消息，对方不会察觉。屏蔽的人都在',
          page('/settings/account/privacy/blocked', '隐私、已屏蔽'),
          '。',
        ],
      ),
      text(
        '自己、官方账户和已注销的账户，不能添加也不能屏蔽。添加一个被屏蔽的人，就解除了屏蔽。列表满了，请先移除一些。',
      ),
      tip('恢复联系人必须留在你的联系人里，你也要留在对方的联系人里。移除或屏蔽对方，这条路就断了。'),
      text('另见', article('set-recovery-contact', '如何设置恢复联系人'), '。'),
    ],
  },
  devices: {
    title: '我的设备：关联、让设备退出，以及被退出',
    summary: '登录着你账户的一切设备，怎样添加，怎样终止。',
    blocks: [
      text(
        '在设置、账户、安全、',
        page('/settings/account/security/devices', '设备'),
        '可以看到名称、地点和最近在线时间。',
      ),
      picture('devices', '设备列表，本机排在最前'),
      heading('关联新设备'),
      steps(
        '在新设备上选择“已有账户”、“关联到已登录的设备”，它会显示一个码。',
        [
          '在已登录的设备上打开设备、',
          page('/settings/account/security/devices/link', '关联设备'),
          '，扫描它。',
        ],
        '核对名称，先在这里输入 PIN，再到新设备上输入。',
      ),
      warning(
        '码只有 60 秒有效。不要扫描别人发来的码，那会放对方的设备进来。如果提示收到的内容不是扫码设备发出的，请换一个新码重来。',
      ),
      heading('让一台设备退出'),
      text(
        '点它旁边的“退出登录”并输入 PIN，立即生效。离开本机，请用',
        page('/settings/account/log-out', '退出登录'),
        '。看到不认识的设备？先让它退出，再',
        article('change-pin', '更改 PIN'),
        '。',
      ),
      heading('你被退出了'),
      text(
        '可能是另一台设备让它退出，可能是更改 PIN 时选了“有人知道了我的 PIN”，也可能是登录后 8 天内没有输入 PIN。重新登录即可。不是你做的？请看',
        article('logs', '日志'),
        '。',
      ),
      text('每次新登录，都会把时间、地点和名称通知你的其他设备。'),
    ],
  },
  logs: {
    title: '日志里有什么？',
    summary: '每次输入 PIN，每个敏感步骤，不论成败。',
    blocks: [
      text('设置、账户、安全、', page('/settings/account/security/logs', '日志'), '分成两部分。'),
      points(
        [strong('账户：'), '做了什么，在哪台设备，什么时间，来自哪里。最新的在前。'],
        [
          strong('PIN：'),
          '每次输入，由',
          article('pin-nodes', ' PIN 节点'),
          '记下。你的设备会核对它们事后有没有改口，改了就提醒你。',
        ],
      ),
      picture('logs', '账户日志，最新的在最前'),
      text(
        '',
        page('/settings/account/security/logs/pin', 'PIN 部分'),
        '在你每次于本机输入 PIN 时读取，第一次之前没有内容可看。它可以存成文件，用来证明节点签过什么。',
      ),
      heading('有不是你做的事'),
      steps(
        ['在', page('/settings/account/security/devices', '设备'), '里，让不认识的设备退出登录。'],
        '如果有人输对了 PIN 而不是你，请更改 PIN，并选择“有人知道了我的 PIN”。',
      ),
      text('刚登录、还没有输入 PIN 时，PIN 页面的菜单里只列出这次登录自己的记录。'),
    ],
  },
  'log-out': {
    title: '退出登录，以及为什么被拒绝',
    summary: '需要 PIN，还要有一条回来的路。',
    blocks: [
      steps(['打开设置、账户、', page('/settings/account/log-out', '退出登录'), '。'], '输入 PIN。'),
      heading('被拒绝的时候'),
      points(
        [
          strong('还没有任何办法回来。'),
          '请先设置',
          page('/settings/account/security/recovery-kit', '恢复工具'),
          '，否则谁也无法再打开这个账户。',
        ],
        [strong('单词只保存在这台设备上。'), '请先', article('back-up-words', '备份'), '，或添加手机号码。'],
      ),
      text(
        '登录后要求输入 PIN 的页面上还有“切换账户”。它不需要 PIN，让本机忘记这个账户；遇到上面第二种情况也会被拒绝。',
      ),
    ],
  },
  'app-lock': {
    title: '什么是应用锁？',
    summary: '你不在时 Hexkey 会锁定，用 PIN 或通行密钥打开。',
    blocks: [
      steps(
        ['打开设置、账户、隐私、', page('/settings/account/privacy/app-lock', '应用锁'), '。'],
        '选择何时锁定：页面一离开视线就立即锁定，或 1、5、15、60 分钟未使用之后。',
        '也可以让通行密钥来打开：面容、指纹或设备的锁屏方式。没有网络时也能用。',
      ),
      text(
        '它对这台设备上该账户的所有标签页生效：一个锁定，全部锁定。你打开的页面和正在写的消息，解锁后都还在。',
      ),
      points(
        '在这里输错 PIN，与在别处一样计数。',
        'PIN 要由 PIN 节点检查，所以需要网络。',
        '退出登录后它就没有了。',
      ),
      warning(
        '它只挡住视线，不加密任何内容。能拆解设备或使用浏览器开发者工具的人，只有设备本身的锁能挡住。但凡需要 PIN 的事，他们并不会更容易做到。',
      ),
      text(article('forgot-pin', '如果忘记了 PIN')),
    ],
  },
  'several-accounts': {
    title: '一个浏览器里能用几个账户吗？',
    summary: '可以。每个标签页打开其中一个，彼此看不到。',
    blocks: [
      steps(
        ['打开“更多”、', page('/accounts', '这台设备上的账户'), '。'],
        '点“添加账户”，然后创建或登录。',
        '要切换时打开同一页，点想用的账户。另一个标签页可以留在另一个账户。',
      ),
      text('登录之前，首页也有入口；在输入 PIN 的页面，入口在菜单里。切换不会让任何账户退出，也不需要 PIN。'),
      points(
        '每个账户有自己的密钥、消息、草稿、钱包、应用锁和通知选择。',
        '没有在任何标签页中打开的账户，收不到新消息提示。',
        '退出其中一个，其他的不受影响。',
        '使用这个浏览器的人能在列表里看到名字和 Hexkey ID。设了应用锁的账户不显示名字。',
      ),
      warning('别人的账户，请用浏览器的另一个用户配置，或设备的另一个用户：那样隔得更开。'),
      text(article('app-lock', '了解应用锁')),
    ],
  },
  notifications: {
    title: '有新消息时怎样通知我？',
    summary: '由浏览器通知，是否显示内容由你决定。',
    blocks: [
      steps(
        ['打开设置、', page('/settings/notifications', '通知'), '。'],
        '打开“有新消息时通知我”，并回答浏览器的询问。',
        '点“现在试一条”，看看是否出现。',
      ),
      text('当 Hexkey 在某个标签页里打开、而你在看别的东西时，通知才会出现。浏览器关闭后不会有通知。'),
      points(
        '已静音的对话保持安静。',
        '只有你打开相应选项时才显示是谁、写了什么；应用锁锁定时从不显示。',
        'Team Hexkey 写的内容从不显示：它可能是验证码。',
      ),
      heading('什么都没有出现'),
      points(
        '如果曾经拒绝过，浏览器不会再问。请在此网站的设置里允许通知。',
        '看看系统是否设为静音。',
        '在 iPhone 或 iPad 上，请把 Hexkey 添加到主屏幕。手机上的某些浏览器完全不显示通知。',
      ),
      text(article('app-lock', '关于应用锁')),
    ],
  },
  'export-data': {
    title: '怎样拿到我的数据？',
    summary: '服务器保存的关于你的全部内容，凭 PIN 得到一个文件。',
    blocks: [
      steps(
        ['打开设置、账户、', page('/settings/account/export', '导出我的数据'), '。'],
        '输入 PIN，文件会出现在下载内容里。',
      ),
      text('这是一份文本（JSON），开头说明它是什么。每一部分都写明内容、略去了什么以及原因。'),
      points(
        '你的账户和手机号码、设备、联系人和屏蔽名单、设置、恢复方式、日志以及付款。',
        '不含你写的内容、助记词和密钥：服务器读不到它们。',
        '不含谁添加、屏蔽或举报过你：那是他们的。',
      ),
      text('每天五次，每次都会记入你的', article('logs', '日志'), '。'),
      warning('请妥善保管文件，绝不要发给向你索要的人。'),
    ],
  },
  'delete-account': {
    title: '注销账户',
    summary: '需要等待 30 天，期间可以反悔，到期后无法恢复。',
    blocks: [
      warning('账户注销后，谁也动不了钱包里的资产，请先转走。地址仍然可以收款，请告诉向你付款的人。'),
      heading('申请注销'),
      steps(
        [
          '打开设置、账户、',
          page('/settings/account/delete', '注销我的账户'),
          '，看清楚哪些会删除、哪些会保留。',
        ],
        '输入 PIN，查看钱包里还剩什么。',
        '如果账户有手机号码，输入收到的验证码。',
        '再输入一次 PIN。所有设备都会退出登录。',
      ),
      heading('反悔'),
      steps(
        ['在到期之前，用手机号码、', article('log-in-with-words', '助记词'), '或恢复联系人登录。'],
        '阅读写明日期的页面，五秒之后可以选择保留账户。',
        '输入 PIN。如果不输入就离开，什么也不会改变，账户照常注销。',
      ),
      heading('到期那天会发生什么'),
      points(
        [
          strong('服务器'),
          '删除名字、头像、联系人、号码、登录和尚未送达的消息，只留下你的 Hexkey ID（不会再给别人）和给 PIN 节点的指令。',
        ],
        [
          strong('PIN 节点'),
          '删除 PIN 和它们持有的钱包分片。指令由你的 PIN 签名，到期前毫无用处；当天没有在线的节点之后会收到，从备份恢复的节点会再次收到。',
        ],
        [
          strong('其他人'),
          '在聊天里看到“账户已注销”，群组照常继续。按联系人给你转账会被拒绝，代码 20160。把你设为恢复联系人的人会被提醒另选他人。',
        ],
        [strong('你的设备和备份'), '会保留消息。申请时可以勾选“同时清除这台设备”。'],
      ),
      text('之后，手机号码和助记词可以用来创建新账户，它有新的 Hexkey ID 和空的钱包。'),
      text('忘记 PIN 时同样无法注销账户，见', article('forgot-pin', '忘记 PIN'), '。'),
    ],
  },
};
