import type { Visibility } from '@enxame/shared/engine/visibility';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@enxame/ui/parts/button';
import { Dialog } from '@enxame/ui/parts/dialog';
import { useLastVisibility } from '../visibility/use-last-visibility.js';
import { toChoice, toVisibility, VisibilityPicker } from '../visibility/visibility-picker.js';

/** Something that waits for a word about who may know of it. */
export interface ShareWish {
  readonly count: number;
  /** What is chosen at first; what was chosen last when nothing is said. */
  readonly kind?: Visibility['kind'];
  readonly share: (visibility: Visibility) => void;
}

/** For whom is what was just picked: asked once, beginning with what was chosen last. */
export function ShareDialog({ wish, onClose }: { readonly wish: ShareWish; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [last, keep] = useLastVisibility();
  const [choice, setChoice] = useState(() => ({ ...toChoice(last), ...(wish.kind && { kind: wish.kind }) }));
  const visibility = toVisibility(choice);
  return (
    <Dialog
      title={t('share.ask', { count: wish.count })}
      onClose={onClose}
      actions={
        <Button
          look="ink"
          disabled={visibility === null}
          onClick={() => {
            if (!visibility) return;
            keep(visibility);
            onClose();
            wish.share(visibility);
          }}
        >
          {t('opened.share')}
        </Button>
      }
    >
      <VisibilityPicker choice={choice} onChange={setChoice} />
    </Dialog>
  );
}
