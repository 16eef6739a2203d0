import { useEffect } from 'react';

/** A step within one page: its first field or its heading takes the focus, as on a page of its own. */
export function useFocusOnMount(): void {
  useEffect(() => {
    const target =
      document.querySelector<HTMLElement>('[data-route-focus]:not(:disabled)') ??
      document.querySelector('h1');
    target?.focus({ preventScroll: true });
  }, []);
}
