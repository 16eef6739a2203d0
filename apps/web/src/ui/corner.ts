import { createContext, type ReactNode } from 'react';

/** What every page shows last in its bar. Its maker knows the pages; the looks of pages know nothing of it. */
export const CornerContext = createContext<ReactNode>(null);
