import type { RequestListener } from 'node:http';
import sirv from 'sirv';

/**
 * The built web client. Files under `/assets` carry a hash of their content in their name, so they never change; all
 * else is asked for again each time. Where the build left `FILE.br` or `FILE.gz`, a browser that accepts it gets that. Paths without a file extension are pages of the client: they get `index.html`.
 *
 * @param folder read once: a new build is a new folder
 */
export function webFiles(folder: string, headers: Readonly<Record<string, string>>): RequestListener {
  const serve = sirv(folder, {
    etag: true,
    brotli: true,
    gzip: true,
    single: true,
    setHeaders: (response, pathname) => {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      const immutable = pathname.startsWith('/assets/');
      response.setHeader('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { ...headers, allow: 'GET, HEAD', 'content-type': 'text/plain' });
      response.end('Method not allowed\n');
      return;
    }
    serve(request, response, () => {
      response.writeHead(404, { ...headers, 'content-type': 'text/plain', 'cache-control': 'no-store' });
      response.end('Not found\n');
    });
  };
}
