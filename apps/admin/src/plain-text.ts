/**
 * An answer as lines for a terminal: `name  value`, lists indented. Characters that would steer the terminal are left out, because
 * some of the texts were written by strangers (ECMA-48).
 */
export function plainText(answer: unknown, indent = ''): string {
  if (Array.isArray(answer)) {
    if (answer.length === 0) return `${indent}(none)`;
    return answer
      .map((one) =>
        isObject(one) ? `${indent}- ${plainText(one, `${indent}  `).trimStart()}` : `${indent}${said(one)}`,
      )
      .join('\n');
  }
  if (!isObject(answer)) return `${indent}${said(answer)}`;
  return Object.entries(answer)
    .map(([name, value]) =>
      isObject(value) || Array.isArray(value)
        ? `${indent}${name}\n${plainText(value, `${indent}  `)}`
        : `${indent}${name}  ${name.endsWith('AtMs') && typeof value === 'number' ? new Date(value).toISOString() : said(value)}`,
    )
    .join('\n');
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is left out
const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

function said(value: unknown): string {
  if (value === null) return '-';
  return String(value).replace(steering, '').replaceAll('\n', '\n    ');
}
