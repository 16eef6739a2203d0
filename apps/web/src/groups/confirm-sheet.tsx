import { ErrorNotice } from '../app/error-notice.tsx';
import type { Operation } from '../app/use-operation.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';

/** A last question before something that is not easily undone. @param deed what the button does, in its own words */
export function ConfirmSheet<Input>(props: {
  title: string;
  lead: string;
  deed: string;
  operation: Operation<Input>;
  input: Input;
  onDone: () => void;
  onClose: () => void;
}) {
  const t = useT();
  const { operation } = props;
  const act = async () => {
    if (!(await operation.run(props.input))) return;
    props.onClose();
    props.onDone();
  };
  return (
    <Sheet
      open
      title={props.title}
      onClose={props.onClose}
      actions={
        <>
          <Button wide tone="danger" disabled={operation.state.is === 'running'} onClick={() => void act()}>
            {props.deed}
          </Button>
          <Button wide tone="quiet" onClick={props.onClose}>
            {t('action.cancel')}
          </Button>
        </>
      }
    >
      <p>{props.lead}</p>
      {operation.state.is === 'failed' && (
        <div className="mt-4">
          <ErrorNotice error={operation.state.error} />
        </div>
      )}
    </Sheet>
  );
}
