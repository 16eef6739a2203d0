import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import type { AppDependencies } from './app-dependencies.ts';

/** Shows the client in the page. */
export function mountApp(dependencies: AppDependencies): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no #root');
  createRoot(root).render(
    <StrictMode>
      <App dependencies={dependencies} />
    </StrictMode>,
  );
}
