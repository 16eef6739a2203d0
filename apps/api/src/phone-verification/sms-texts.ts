import { Secret } from '@hexkey/protocol';

const texts = {
  en: {
    register: (code: string) =>
      `${code} is your Hexkey code to create an account. It lasts 5 minutes. Nobody from Hexkey will ask for it.`,
    login: (code: string) =>
      `${code} is your Hexkey code to log in. It lasts 5 minutes. Nobody from Hexkey will ask for it.`,
    link: (code: string) =>
      `${code} is your Hexkey code to add this number to an account. It lasts 5 minutes. Nobody from Hexkey will ask for it.`,
    delete: (code: string) =>
      `${code} is your Hexkey code to delete your account. If you did not ask for it, somebody else knows your PIN: change it. It lasts 5 minutes.`,
  },
  zh: {
    register: (code: string) => `${code} 是你的 Hexkey 注册验证码，5 分钟内有效。Hexkey 不会有人向你索取它。`,
    login: (code: string) => `${code} 是你的 Hexkey 登录验证码，5 分钟内有效。Hexkey 不会有人向你索取它。`,
    link: (code: string) =>
      `${code} 是你的 Hexkey 手机号码绑定验证码，5 分钟内有效。Hexkey 不会有人向你索取它。`,
    delete: (code: string) =>
      `${code} 是你的 Hexkey 注销账户验证码，5 分钟内有效。如非本人操作，说明有人知道你的 PIN，请立即更改。`,
  },
} as const;

const alerts = {
  en: {
    contactLogin:
      'Somebody wants to log in to your Hexkey account through your recovery contact. If it is not you, open Hexkey on a device and refuse it.',
    phoneChanged:
      'Your Hexkey account has another phone number now. If it was not you, open Hexkey on a device at once.',
  },
  zh: {
    contactLogin:
      '有人正在通过你的恢复联系人登录你的 Hexkey 账号。如果不是你本人，请在已登录的设备上打开 Hexkey 并拒绝。',
    phoneChanged:
      '你的 Hexkey 账号已换绑其他手机号码。如果不是你本人操作，请立即在已登录的设备上打开 Hexkey。',
  },
} as const;
export type Alert = keyof (typeof alerts)['en'];

/** What happened to the account of a number. Holds no code and no name. */
export function alertText(locale: 'en' | 'zh', alert: Alert): Secret<string> {
  return new Secret(alerts[locale][alert]);
}

export function smsText(
  locale: 'en' | 'zh',
  purpose: 'register' | 'login' | 'link' | 'delete',
  code: Secret<string>,
): Secret<string> {
  return new Secret(texts[locale][purpose](code.reveal()));
}
