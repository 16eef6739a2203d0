import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { version } from '../version.ts';

/** OpenAPI 3.1 of the routes, made from the contract, at /api/openapi.json. */
export async function describeApi(server: FastifyInstance): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Hexkey account API',
        description: 'Refusals are RFC 9457 problem documents with a permanent numeric `code`.',
        version,
      },
      components: {
        securitySchemes: {
          deviceSignature: {
            type: 'apiKey',
            in: 'header',
            name: 'Signature',
            description:
              'RFC 9421 by the device key of the session; see docs/protocol/account-api.md section 1.',
          },
        },
      },
    },
  });
  server.get('/api/openapi.json', { schema: { hide: true } as never }, () => server.swagger());
}
