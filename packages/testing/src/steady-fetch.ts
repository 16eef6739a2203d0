/**
 * Fetch as browsers do it: a request under which a kept connection was closed before any of its answer came goes out once more
 * (RFC 9112 section 9.3.1; Chromium does so for every method). Node's own fetch does not, and tests restart servers at their address
 * and hold the process so long that a connection's idle time is over at one end only.
 */
export function steadyFetch(fetchOnce: typeof fetch): typeof fetch {
  return async (input, init) => {
    try {
      return await fetchOnce(input, init);
    } catch (error) {
      if (wasClosedUnderIt(error)) return fetchOnce(input, init);
      throw error;
    }
  };
}

function wasClosedUnderIt(error: unknown): boolean {
  const { cause } = error as { readonly cause?: { readonly code?: string } };
  return cause?.code === 'UND_ERR_SOCKET' || cause?.code === 'ECONNRESET';
}
