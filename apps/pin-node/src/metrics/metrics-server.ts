import { createServer, type Server } from 'node:http';
import type { NodeMetrics } from './node-metrics.ts';

/**
 * `GET /metrics`, on a port of its own that only this computer reaches: figures about a node are its operator's, and the
 * public port has nothing to switch off by mistake.
 */
export function metricsServer(metrics: NodeMetrics, onError: (error: unknown) => void): Server {
  return createServer({ requestTimeout: 5000, keepAliveTimeout: 5000 }, async (message, response) => {
    if (message.url !== '/metrics') return response.writeHead(404).end();
    if (message.method !== 'GET') return response.writeHead(405).end();
    try {
      const text = await metrics.text();
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text);
    } catch (error) {
      onError(error);
      response.writeHead(500).end();
    }
  });
}
