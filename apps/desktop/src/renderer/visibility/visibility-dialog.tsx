import type { Visibility } from '@enxame/shared/engine/visibility';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { Dialog } from '@enxame/ui/parts/dialog';
import { toChoice, toVisibility, VisibilityPicker } from './visibility-picker.js';

interface Props {
  readonly title: string;
  readonly visibility: Visibility;
  readonly save: (visibility: Visibility) => Promise<unknown>;
  readonly onClose: () => void;
}

/** Who may know of something that is shared, chosen and saved. */
export function VisibilityDialog({ title, visibility, save, onClose }: Props) {
  const { t } = useTranslation();
  const [choice, setChoice] = useState(() => toChoice(visibility));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const chosen = toVisibility(choice);
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <Button
          look="ink"
          busy={busy}
          disabled={chosen === null}
          onClick={() => {
            if (!chosen) return;
            setBusy(true);
            save(chosen).then(onClose, (failure: unknown) => {
              setError(failure);
              setBusy(false);
            });
          }}
        >
          {t('visibility.save')}
        </Button>
      }
    >
      <VisibilityPicker choice={choice} onChange={setChoice} />
      {error !== null && <ErrorCallout error={error} />}
    </Dialog>
  );
}
