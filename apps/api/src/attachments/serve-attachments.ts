import {
  attachmentLimits,
  attachmentPartMediaType,
  attachmentPath,
  DomainError,
  type Route,
} from '@hexkey/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Deps } from '../deps.ts';
import { admitCaller } from '../http/admit-request.ts';
import { keepRawBody, rawBodyOf } from '../http/raw-body.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { completeAttachment } from './complete-attachment.ts';
import { takeParts } from './take-parts.ts';

const idForm = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const rangeForm = /^bytes=([0-9]{1,15})-([0-9]{0,15})$/;
const shown = ['tus-resumable', 'upload-offset', 'upload-length'];

type ById = FastifyRequest<{ Params: { attachmentId: string } }>;

/**
 * Takes and gives the bytes of attachments, which are no JSON: uploads by tus 1.0.0 without its creation, downloads with single ranges. The
 * device's signature covers each part; a download proves itself by what it opens to.
 */
export function serveAttachments(server: FastifyInstance, deps: Deps): void {
  const path = attachmentPath(':attachmentId');
  const summary = 'Bytes of an attachment';
  const reading: Route = {
    name: 'readAttachment',
    summary,
    method: 'GET',
    path: attachmentPath('id') as `/api/${string}`,
    access: 'full',
  };
  const writing: Route = { ...reading, name: 'writeAttachment', method: 'PATCH' };
  const schema = { hide: true };
  const answerTus = takeParts(deps);

  const upload = async (request: ById, reply: FastifyReply) => {
    const method = request.method === 'HEAD' ? 'HEAD' : 'PATCH';
    const caller = await callerOf(deps, method === 'HEAD' ? reading : writing, request);
    const id = idOf(request);
    const row = await deps.stores.attachments.get(id, deps.clock.now());
    if (row === null || row.device_id !== caller.session.id) throw new DomainError('AttachmentGone', {});
    const answer = await answerTus({ id, method, headers: request.headers, body: rawBodyOf(request) });
    // After a HEAD too: the process may have been killed between the last part and here.
    const isWhole = row.completed_at_ms === null && (await deps.blobs.lengthOf(id)) === row.length_bytes;
    if (answer.ok && isWhole) await completeAttachment(deps, caller, row);
    for (const name of shown) {
      const value = answer.headers.get(name);
      if (value !== null) reply.header(name, value);
    }
    return reply.code(answer.status).send(method === 'HEAD' ? undefined : await answer.text());
  };

  server.register(async (inside) => {
    inside.addContentTypeParser(
      attachmentPartMediaType,
      { parseAs: 'buffer', bodyLimit: attachmentLimits.partBytes },
      (request, body: Buffer, done) => {
        keepRawBody(request, body);
        done(null, undefined);
      },
    );
    inside.patch(path, { schema, bodyLimit: attachmentLimits.partBytes }, upload);
    inside.head(path, { schema }, upload);
  });

  server.get(path, { schema }, async (request: ById, reply) => {
    const { account } = await callerOf(deps, reading, request);
    const row = await deps.stores.attachments.findFor(account.id, idOf(request), deps.clock.now());
    if (row === null) throw new DomainError('AttachmentGone', {});
    const length = row.length_bytes;
    reply.type('application/octet-stream').headers({
      'accept-ranges': 'bytes',
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
    });
    const range = rangeForm.exec(request.headers.range ?? '');
    if (range === null)
      return reply.header('content-length', length).send(deps.blobs.read(row.id, 0, length));
    const start = Number(range[1]);
    const end = Math.min(length, range[2] === '' ? length : Number(range[2]) + 1);
    if (start >= end) return reply.code(416).header('content-range', `bytes */${length}`).send();
    return reply
      .code(206)
      .headers({ 'content-range': `bytes ${start}-${end - 1}/${length}`, 'content-length': end - start })
      .send(deps.blobs.read(row.id, start, end));
  });
}

async function callerOf(deps: Deps, route: Route, request: FastifyRequest): Promise<Caller> {
  const caller = await admitCaller(deps, route, request);
  if (caller === null) throw new Error('the route is not public');
  return caller;
}

/** Ids are nowhere said to be known: what is no id is as gone as the others. */
function idOf({ params }: ById): string {
  if (!idForm.test(params.attachmentId)) throw new DomainError('AttachmentGone', {});
  return params.attachmentId;
}
