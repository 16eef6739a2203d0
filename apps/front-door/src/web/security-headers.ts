/**
 * What the browser must enforce on every page. `'wasm-unsafe-eval'` is for argon2id; the one Trusted Types policy,
 * `hexkey`, creates the worker that runs it.
 *
 * @param nodeOrigins origins of PIN nodes on other hosts
 */
export function securityHeaders(publicUrl: URL, nodeOrigins: readonly string[]): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    'media-src blob:',
    "font-src 'self'",
    ["connect-src 'self'", ...nodeOrigins].join(' '),
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types hexkey',
  ].join('; ');
  return {
    'content-security-policy': policy,
    ...transportHeaders(publicUrl),
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy':
      'accelerometer=(), camera=(self), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), ' +
      'microphone=(self), midi=(), payment=(), serial=(), usb=()',
  };
}

/** Headers of every answer, also of the parts behind the door. */
export function transportHeaders(publicUrl: URL): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    // Over plain HTTP browsers ignore it (RFC 6797 section 8.1); sent only where it is true.
    ...(publicUrl.protocol === 'https:' && { 'strict-transport-security': 'max-age=31536000' }),
  };
}
