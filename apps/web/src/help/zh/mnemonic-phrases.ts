import { article, page, picture, points, steps, strong, text, tip, warning } from '../article.ts';
import type { ArticlesOf } from '../library.ts';

export const mnemonicPhrasesZh: ArticlesOf<'mnemonic-phrases'> = {
  'log-in-with-words': {
    title: '如何用助记词登录？',
    summary: '按顺序输入单词，再输入 PIN。',
    blocks: [
      steps(
        '在首页选择“已有账户”。',
        ['选择', page('/login/words', '使用助记词'), '。'],
        '选择单词的个数，按顺序输入。输入时会有提示；也可以在任意一格一次粘贴全部。',
        '输入 PIN。',
      ),
      picture('login-words', '每个单词一格的输入页面'),
      points(
        'Hexkey 的助记词有 13 个单词，最后一个用于校验：输错了，什么都还没发送就能发现。',
        '以前的 25 个单词，以及 12 或 24 个的普通助记词，也可以使用。',
        '被拒绝时，请对照纸检查拼写和顺序。词表里没有的单词会标出来。',
      ),
      text('新设备上没有过去的消息，它们留在原来的设备上。登录之后，你的其他设备都会收到通知。'),
      text('Hexkey 是网页，打开就是最新版；如果开了很久，请重新加载。'),
    ],
  },
  'key-shards': {
    title: '助记词和密钥分片是什么？',
    summary: '钱包的密钥由三类分片组成，助记词对应其中一类。',
    blocks: [
      text(
        '助记词是 13 个普通的英文单词，代表一个只有你的设备才知道的数。在任何设备上，它们都能带你回到账户。',
      ),
      {
        kind: 'shards',
        shards: [
          { name: 'PIN 分片', from: '凭你的 PIN，由各个 PIN 节点共同给出' },
          { name: '账户分片', from: '通过助记词、手机号码或恢复联系人得到' },
          { name: '网络分片', from: '每个 PIN 节点一份，从不离开那里' },
        ],
        result: '三类齐全，才能为一笔付款签名',
      },
      points(
        '完整的密钥从不出现在任何一处。唯一的例外，是你自己要求导出。',
        '捡到助记词的人，只能走到输入 PIN 的页面。',
        '知道 PIN、却没有助记词、号码和联系人的人，连那一页也到不了。',
        '运营服务器或节点的人，动不了你的钱。',
      ),
      text(
        '延伸阅读：',
        article('back-up-words', '备份助记词'),
        '、',
        article('what-is-pin', '什么是 PIN'),
        '、',
        article('pin-nodes', '谁是 PIN 节点'),
        '。',
      ),
    ],
  },
  'back-up-words': {
    title: '如何备份助记词？',
    summary: '抄下 13 个单词，再照着纸输入一遍。',
    blocks: [
      text('不论当初用助记词还是手机号码创建账户，步骤都一样。'),
      steps(
        [
          '从聊天页：点右上角的头像，再点齿轮；或“更多”、设置。然后是账户、安全、',
          page('/settings/account/security/recovery-kit', '恢复工具'),
          '、',
          page('/settings/account/security/recovery-kit/words', '助记词'),
          '。',
        ],
        '读完说明，确认没有人看着你的屏幕。',
        '输入 PIN。',
        '按顺序抄在纸上，点“我已抄好”。',
        '照着纸输入每个单词。不对的会按序号标出来。',
      ),
      picture('words-check', '核对：照着纸输入每个单词'),
      text(
        '这时恢复工具才显示',
        strong('已备份'),
        '。注册之后会立刻提供一次备份；可以推迟，但那样单词就只在这台设备上。',
      ),
      warning('把纸放在别人看不到的地方。不要拍照，不要放到网上。无论谁索要，都是想要你的账户。'),
      points(
        '复制和二维码只用于你自己的设备。剪贴板 60 秒后清空。',
        '切换到别的页面或窗口时，单词会自动隐藏。',
        '隔一段时间，在恢复工具里选择“演练助记词”：只输入，不显示。',
      ),
      text('助记词不能代替 PIN。', article('forgot-pin', '忘记 PIN 怎么办')),
    ],
  },
  'view-words': {
    title: '如何再次查看助记词？',
    summary: '在恢复工具里，每次都要输入 PIN。',
    blocks: [
      steps(
        [
          '打开“更多”、设置、账户、安全、',
          page('/settings/account/security/recovery-kit', '恢复工具'),
          '；或从聊天页点头像、齿轮，再往下走。',
        ],
        ['选择', page('/settings/account/security/recovery-kit/words', '助记词'), '。'],
        '输入 PIN，每次都需要。',
      ),
      text('看到的始终是最初那些单词：添加号码、更改 PIN、换设备，都不会改变它们。'),
      tip('请确认没有人看得到屏幕。页面不在最前面时，单词会消失。'),
      text(
        '每次查看都记在',
        page('/settings/account/security/logs', '日志'),
        '里。还没有抄过？请先',
        article('back-up-words', '备份'),
        '。',
      ),
    ],
  },
};
