import { useEffect } from 'react';

/** A step within one page: its heading takes the focus, as it would on a page of its own. */
export function useFocusOnMount(): void {
  useEffect(() => {
    document.querySelector('h1')?.focus({ preventScroll: true });
  }, []);
}
