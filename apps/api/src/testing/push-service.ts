import { createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fromBase64url, toBase64url, utf8 } from '@hexkey/protocol';
import { httpsPushPort, type PushPort } from '../push/push-port.ts';

/** What a push service is told of one message. */
export interface TakenPush {
  readonly path: string;
  readonly bodyBytes: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Of the JWT, whose signature was right. */
  readonly claims: { readonly aud: string; readonly exp: number; readonly sub: string };
  readonly publicKey: string;
}

export interface PushService {
  readonly origin: string;
  /** Goes to this service alone, which is inside. */
  readonly port: PushPort;
  readonly taken: TakenPush[];
  /** What it answers from now on. */
  answer(status: number, headers?: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
}

/** A push service over HTTPS, as RFC 8030 and RFC 8292 want it. A message without a right signature is answered with 403. */
export async function startPushService(): Promise<PushService> {
  const taken: TakenPush[] = [];
  let next: readonly [number, Readonly<Record<string, string>>] = [201, {}];
  const server = createServer({ key: privateKey, cert: certificate }, async (request, response) => {
    let bodyBytes = 0;
    for await (const part of request) bodyBytes += (part as Buffer).length;
    const { authorization = '', ttl, topic, urgency, 'content-encoding': encoding } = request.headers;
    const read = readVapid(authorization);
    if (read === null || request.method !== 'POST') return response.writeHead(403).end();
    const headers = { ttl: String(ttl), topic: String(topic), urgency: String(urgency), encoding };
    taken.push({ path: request.url ?? '', bodyBytes, headers, ...read });
    response.writeHead(...next).end();
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    port: httpsPushPort(['localhost'], { ca: certificate, mayReach: () => true }),
    taken,
    answer(status, headers = {}) {
      next = [status, headers];
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** RFC 8292 section 3. @returns null: the JWT is not of the key that stands beside it */
function readVapid(authorization: string): Pick<TakenPush, 'claims' | 'publicKey'> | null {
  const [, signed = '', signature = '', publicKey = ''] =
    /^vapid t=([\w-]+\.[\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(authorization) ?? [];
  const point = fromBase64url(publicKey);
  const [x, y] = [toBase64url(point.slice(1, 33)), toBase64url(point.slice(33))];
  const key = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } });
  const isRight = verify(
    'sha256',
    utf8(signed),
    { key, dsaEncoding: 'ieee-p1363' },
    fromBase64url(signature),
  );
  const [header, claims] = signed
    .split('.')
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
  return isRight && header.alg === 'ES256' ? { claims, publicKey } : null;
}

// Of this stand-in alone, for `localhost`.
const certificate = `-----BEGIN CERTIFICATE-----
MIIBlTCCATugAwIBAgIUQ6dLBcxmEyxatdQBFMqcS3o0m80wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyOTIyMTgwMVoYDzIxMjYxMTA1
MjIxODAxWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAS128qt2Y/iYZj0LupMakj2v9nNu+S8ttdGLHSMYKSjTigOfjVL3zYr
PqUyr4IWfs4wuZnPJrfNtRjnL2EYFVr2o2kwZzAdBgNVHQ4EFgQUJoTNWFyXSVFe
qDxLTMgzrfrBtw4wHwYDVR0jBBgwFoAUJoTNWFyXSVFeqDxLTMgzrfrBtw4wDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SAAwRQIgVbgduWW3wBjdDruV/fFasD4NyZZqfdQ9uaJIE7DfJMACIQCctLesgMVe
KLfettxckq6ySFgPmFWVQmRREUFkJu1diw==
-----END CERTIFICATE-----
`;
const privateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgCZKq9Kldyq3BIIgc
QE2o7aZORwN+/tmPlbEFt3O/FfmhRANCAAS128qt2Y/iYZj0LupMakj2v9nNu+S8
ttdGLHSMYKSjTigOfjVL3zYrPqUyr4IWfs4wuZnPJrfNtRjnL2EYFVr2
-----END PRIVATE KEY-----
`;
