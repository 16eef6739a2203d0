import { useEffect, useState } from 'react';

/** Whether the page is looked at. Once it was not, its secrets stay hidden until somebody asks for them again. */
export function useSeen(): { isSeen: boolean; show: () => void } {
  const [isSeen, setSeen] = useState(true);
  useEffect(() => {
    const hide = () => setSeen(false);
    window.addEventListener('blur', hide);
    document.addEventListener('visibilitychange', hide);
    return () => {
      window.removeEventListener('blur', hide);
      document.removeEventListener('visibilitychange', hide);
    };
  }, []);
  return { isSeen, show: () => setSeen(true) };
}
