import { toPreviewType } from '@enxame/shared/content/preview-type';
import type { Transfer } from '@enxame/shared/engine/transfer';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { Callout, ErrorCallout } from '@enxame/ui/parts/callout';
import { Dialog } from '@enxame/ui/parts/dialog';
import text from '@enxame/ui/parts/text.module.css';
import { useReceiving } from '../files/use-file-actions.js';
import { useApp } from '../shell/app-context.js';
import { MediaPreview } from './media-preview.js';
import { PdfPreview } from './pdf-preview.js';
import { ShowInFolder } from './show-in-folder.js';
import { PicturePreview } from './picture-preview.js';
import styles from './preview.module.css';
import { TextPreview } from './text-preview.js';
import { usePreview, type OpenedPreview, type Previewed } from './use-preview.js';

/** A file, looked at: whole, or as much of it as is here. Nothing of it is run. */
export function PreviewDialog({ content, onClose }: { content: Previewed; onClose: () => void }) {
  const { opened, error } = usePreview(content);
  const [cannotShow, setCannotShow] = useState(false);
  const transfer = useReceiving().get(content.contentId);
  return (
    <Dialog title={content.name} full onClose={onClose}>
      <div className={styles['stage']}>
        {error !== null && opened === null ? (
          <ErrorCallout error={error} />
        ) : cannotShow ? (
          <CannotShow content={content} />
        ) : opened ? (
          <Stage
            key={opened.url}
            content={content}
            opened={opened}
            onFailed={() => {
              setCannotShow(true);
            }}
          />
        ) : null}
      </div>
      {transfer && <Coming transfer={transfer} />}
    </Dialog>
  );
}

interface StageProps {
  readonly content: Previewed;
  readonly opened: OpenedPreview;
  readonly onFailed: () => void;
}

function Stage({ content, opened, onFailed }: StageProps) {
  const { name } = content;
  switch (toPreviewType(name)?.kind) {
    case 'image':
      return <PicturePreview name={name} opened={opened} onFailed={onFailed} />;
    case 'audio':
    case 'video':
      return <MediaPreview name={name} opened={opened} onFailed={onFailed} />;
    case 'text':
      return <TextPreview name={name} opened={opened} onFailed={onFailed} />;
    case 'pdf':
      return <PdfPreview content={content} opened={opened} />;
    case undefined:
      return <CannotShow content={content} />;
  }
}

function CannotShow({ content }: { content: Previewed }) {
  const { t } = useTranslation();
  return (
    <Callout kind="plain" title={t('preview.cannotShow')} actions={<ShowInFolder content={content} />}>
      <p>{t('preview.cannotShowWhy')}</p>
    </Callout>
  );
}

/** How much of it is here, as long as not all of it is; and the way on when nothing comes. */
function Coming({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { link } = useApp();
  const { state, error } = transfer;
  const percent = format.percent(transfer.bytesDone, transfer.size);
  const resume = (
    <Button
      onClick={() => {
        link.call('transfer:resume', { id: transfer.id }).catch(() => undefined); // the engine stopped: its banner says so
      }}
    >
      {state === 'failed' ? t('common.tryAgain') : t('transfers.resume')}
    </Button>
  );
  if (state === 'verified') return null;
  if (state === 'failed' && error) return <ErrorCallout error={error} actions={resume} />;
  if (state === 'paused') return <Callout kind="plain" title={t('preview.paused', { percent })} actions={resume} />;
  return (
    <p className={text['meta']} role="status">
      {state === 'waiting' ? t('preview.waiting', { percent }) : t('preview.coming', { percent })}
    </p>
  );
}
