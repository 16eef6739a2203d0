import type { Message } from './messages.ts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => escapes[character] ?? '');

function page(body: string, head = ''): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
${head}<title>Hexkey outbox</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<main>
<h1>Outbox</h1>
${body}
</main>
</body>
</html>
`;
}

/** Asks for the token. @param wrong the last one offered was not it */
export function tokenPage(wrong: boolean): string {
  return page(`<p>Text messages of this Hexkey that were not really sent. The token is printed where Hexkey was started.</p>
${wrong ? '<p role="alert">That is not the token of this start.</p>\n' : ''}<form method="post" action="/session">
<label for="token">Token</label>
<input id="token" name="token" type="password" autocomplete="off" required autofocus>
<button>Open</button>
</form>`);
}

/** The messages, newest first. Reloads itself: the page has no script. */
export function messagesPage(messages: readonly Message[]): string {
  const items = messages.map(
    ({ to, text, atMs }) => `<li>
<p class="to">${escaped(to)} <time>${new Date(atMs).toISOString().slice(11, 19)} UTC</time></p>
<p>${escaped(text)}</p>
</li>`,
  );
  const list = items.length > 0 ? `<ol>\n${items.join('\n')}\n</ol>` : '<p>No messages yet.</p>';
  return page(list, '<meta http-equiv="refresh" content="3">\n');
}

export const style = `:root { color-scheme: light dark; --canvas: #fafaf8; --surface: #fff; --ink: #15181d; --muted: #596069;
  --line: #e5e7eb; --accent: #2f5de3; --on-accent: #fff; --danger: #b42332; }
@media (prefers-color-scheme: dark) {
  :root { --canvas: #111316; --surface: #1a1d21; --ink: #eceef1; --muted: #9aa3ae; --line: #2a2f36; --accent: #7c9cff;
    --on-accent: #111316; --danger: #ff8a8f; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--canvas); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 64ch; margin: 0 auto; padding: 24px 16px; }
h1 { font-size: 20px; line-height: 28px; }
ol { list-style: none; margin: 0; padding: 0; display: grid; gap: 12px; }
li { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; padding: 12px 16px;
  font-variant-numeric: tabular-nums; }
li p { margin: 0; }
.to { color: var(--muted); font-size: 13px; }
form { display: grid; gap: 8px; }
input, button { font: inherit; min-height: 44px; padding: 0 16px; border-radius: 12px; border: 1px solid var(--line);
  background: var(--surface); color: inherit; }
button { background: var(--accent); color: var(--on-accent); border: 0; border-radius: 22px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
[role=alert] { color: var(--danger); }
`;
