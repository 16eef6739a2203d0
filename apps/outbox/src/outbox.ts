import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastify from 'fastify';
import type { Access } from './access.ts';
import type { Messages } from './messages.ts';
import { messagesPage, style, tokenPage } from './page.ts';

const messageSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['to', 'text', 'locale', 'purpose'],
  properties: {
    to: { type: 'string', maxLength: 32 },
    text: { type: 'string', maxLength: 1000 },
    locale: { type: 'string', maxLength: 16 },
    purpose: { type: 'string', maxLength: 40 },
  },
};
const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** Shows on this computer what would have been sent by SMS, to whoever knows the token. */
export function outbox(messages: Messages, access: Access): FastifyInstance {
  const app = fastify({
    bodyLimit: 8192,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body: string, done) => done(null, Object.fromEntries(new URLSearchParams(body))),
  );
  const needBearer = async (request: FastifyRequest, reply: FastifyReply) => {
    if (access.allowsBearer(request.headers.authorization)) return;
    reply.code(401).header('www-authenticate', 'Bearer').send({ title: 'The token of this start is needed' });
    return reply;
  };

  app.get('/health', async () => ({ status: 'ok', part: 'outbox' }));
  app.post<{ Body: Parameters<Messages['add']>[0] }>(
    '/messages',
    { onRequest: needBearer, schema: { body: messageSchema } },
    async (request, reply) => {
      messages.add(request.body);
      reply.code(204);
    },
  );
  app.get('/messages', { onRequest: needBearer }, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return { messages: messages.list() };
  });
  app.get('/style.css', async (_request, reply) => reply.type('text/css').send(style));
  app.get('/', async (request, reply) => {
    const open = access.allowsCookie(request.headers.cookie);
    return reply.headers(pageHeaders).send(open ? messagesPage(messages.list()) : tokenPage(false));
  });
  app.post<{ Body: { token?: string } }>('/session', async (request, reply) => {
    if (!access.allowsToken(request.body?.token ?? ''))
      return reply.code(403).headers(pageHeaders).send(tokenPage(true));
    return reply.header('set-cookie', access.openSession()).redirect('/', 303);
  });
  return app;
}
