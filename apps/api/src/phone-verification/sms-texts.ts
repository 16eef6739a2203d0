import { Secret } from '@hexkey/protocol';

const texts = {
  en: {
    register: (code: string) =>
      `${code} is your Hexkey code to create an account. It lasts 5 minutes. Nobody from Hexkey will ask for it.`,
    login: (code: string) =>
      `${code} is your Hexkey code to log in. It lasts 5 minutes. Nobody from Hexkey will ask for it.`,
  },
  zh: {
    register: (code: string) => `${code} 是你的 Hexkey 注册验证码，5 分钟内有效。Hexkey 不会有人向你索取它。`,
    login: (code: string) => `${code} 是你的 Hexkey 登录验证码，5 分钟内有效。Hexkey 不会有人向你索取它。`,
  },
} as const;

export function smsText(
  locale: 'en' | 'zh',
  purpose: 'register' | 'login',
  code: Secret<string>,
): Secret<string> {
  return new Secret(texts[locale][purpose](code.reveal()));
}
