import { avatarPath, DomainError } from '@hexkey/contract';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../deps.ts';
import { readBytes } from '../field-bytes.ts';

const idForm = /^[A-Za-z0-9_-]{43}$/;

/**
 * Serves pictures to `<img>`, which cannot sign requests. The id names the bytes, so a copy never gets old; the type is
 * the one the first bytes proved, and a browser must not guess another.
 */
export function serveAvatars(server: FastifyInstance, { stores }: Pick<Deps, 'stores'>): void {
  const path = avatarPath(':avatarId');
  server.get<{ Params: { avatarId: string } }>(path, { schema: { hide: true } }, async (request, reply) => {
    const { avatarId } = request.params;
    const avatar = idForm.test(avatarId) ? await stores.avatars.find(readBytes(avatarId, 'avatarId')) : null;
    if (avatar === null) throw new DomainError('NotFound', { what: 'route' });
    return reply
      .type(avatar.media_type)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('x-content-type-options', 'nosniff')
      .send(Buffer.from(avatar.image));
  });
}
