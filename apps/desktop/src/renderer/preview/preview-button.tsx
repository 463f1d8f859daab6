import { toPreviewType } from '@enxame/shared/content/preview-type';
import { Eye } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '@enxame/ui/parts/button';
import { PreviewDialog } from './preview-dialog.js';
import type { Previewed } from './use-preview.js';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly content: Previewed;
  readonly iconOnly?: boolean;
  /** Of what is not on its way yet: has it fetched, and goes on when it is. */
  readonly onBefore?: (go: () => void) => void;
}

/** Opens the preview; nothing where there is none of such a file. */
export function PreviewButton({ content, iconOnly = false, onBefore }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (!toPreviewType(content.name)) return null;
  const icon = <Eye size={16} strokeWidth={1.75} aria-hidden />;
  const show = (): void => {
    const go = (): void => {
      setOpen(true);
    };
    if (onBefore) onBefore(go);
    else go();
  };
  return (
    <>
      {iconOnly ? (
        <IconButton label={t('preview.openName', { name: content.name })} onClick={show}>
          {icon}
        </IconButton>
      ) : (
        <Button icon={icon} onClick={show}>
          {onBefore ? t('preview.fetch') : t('preview.open')}
        </Button>
      )}
      {open && (
        <PreviewDialog
          content={content}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
