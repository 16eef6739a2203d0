import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { type AppDependencies, DependenciesContext } from './app-dependencies.ts';
import { Appearance } from './appearance.tsx';
import { reportFailure } from './report-failure.ts';
import { createAppRouter } from './router.ts';

/** The whole client over its dependencies. */
export function App({ dependencies }: { dependencies: AppDependencies }) {
  const [router] = useState(createAppRouter);
  const [queries] = useState(() => createQueries(dependencies));
  return (
    <DependenciesContext value={dependencies}>
      <Appearance>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </Appearance>
    </DependenciesContext>
  );
}

/** Reads only: whatever carries a PIN, words or a code goes through `useOperation`. */
function createQueries(dependencies: AppDependencies): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error) => reportFailure(dependencies, error) }),
    // The SDK knows best whether it is offline and says so; a refusal is an answer, not a reason to ask again.
    defaultOptions: {
      queries: { networkMode: 'always', retry: false, refetchOnWindowFocus: false, staleTime: 30_000 },
    },
  });
}
