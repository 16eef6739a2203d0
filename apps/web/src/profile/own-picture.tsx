import { avatarLimitBytes } from '@hexkey/contract';
import { useQueryClient } from '@tanstack/react-query';
import { Camera } from 'lucide-react';
import { useId, useState } from 'react';
import { useDependencies } from '../app/app-dependencies.ts';
import { ErrorNotice } from '../app/error-notice.tsx';
import { useOperation } from '../app/use-operation.ts';
import { useToast } from '../app/use-toast.ts';
import { PersonPicture } from '../contacts/person-picture.tsx';
import { useT } from '../i18n/use-t.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { shrinkPicture } from './shrink-picture.ts';

/** My picture, to be chosen and taken away. */
export function OwnPicture({ name, avatarId }: { name: string | null; avatarId: string | null }) {
  const t = useT();
  const inputId = useId();
  const { choose, remove, isUnreadable } = useOwnPicture();
  const failure = [choose.state, remove.state].find((state) => state.is === 'failed');
  const isBusy = choose.state.is === 'running' || remove.state.is === 'running';
  return (
    <div className="flex flex-col items-center gap-3">
      <PersonPicture name={name} avatarId={avatarId} className="size-24" />
      <div className="flex flex-wrap justify-center gap-2">
        <label
          htmlFor={inputId}
          className={buttonLook({
            tone: 'secondary',
            className:
              'has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2',
          })}
        >
          <Camera aria-hidden="true" className="size-5" />
          {t('profile.choose-picture')}
          <input
            id={inputId}
            type="file"
            accept="image/*"
            disabled={isBusy}
            className="sr-only"
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = '';
              if (file) void choose.run(file);
            }}
          />
        </label>
        {avatarId !== null && (
          <Button tone="quiet" disabled={isBusy} onClick={() => void remove.run()}>
            {t('profile.remove-picture')}
          </Button>
        )}
      </div>
      {isUnreadable && (
        <p role="alert" className="text-danger">
          {t('profile.no-picture')}
        </p>
      )}
      {failure?.is === 'failed' && <ErrorNotice error={failure.error} />}
    </div>
  );
}

function useOwnPicture() {
  const t = useT();
  const say = useToast();
  const { people } = useDependencies().hexkey;
  const queries = useQueryClient();
  const [isUnreadable, setUnreadable] = useState(false);
  const finish = async (said: string) => {
    await queries.invalidateQueries({ queryKey: ['account'] });
    say(said);
  };
  const choose = useOperation(async (file: File) => {
    setUnreadable(false);
    const image = await shrinkPicture(file, avatarLimitBytes).catch(() => null);
    if (image === null) return setUnreadable(true);
    await people.setPicture(image);
    await finish(t('profile.picture-saved'));
  }, 'upload');
  const remove = useOperation(async () => {
    await people.removePicture();
    await finish(t('profile.picture-removed'));
  });
  return { choose, remove, isUnreadable };
}
