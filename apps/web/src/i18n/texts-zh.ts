import { errorsZh } from './errors-zh.ts';
import type { Texts } from './texts.ts';
import { zh } from './zh.ts';

export const chineseTexts: Texts = { language: 'zh', catalogue: zh, errors: errorsZh };
