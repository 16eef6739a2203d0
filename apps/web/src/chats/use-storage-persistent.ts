import { useQuery } from '@tanstack/react-query';
import { useDependencies } from '../app/app-dependencies.ts';

/** Whether the browser promised to keep this device's data; undefined until it has said so. */
export function useStoragePersistent(): boolean | undefined {
  const { browser } = useDependencies();
  return useQuery({ queryKey: ['storage-persistent'], queryFn: () => browser.isStoragePersistent() }).data;
}
