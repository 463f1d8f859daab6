import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { FileIcon } from '@enxame/ui/parts/file-icon';
import { FileName } from '@enxame/ui/parts/file-name';
import { Progress } from '@enxame/ui/parts/progress';
import text from '@enxame/ui/parts/text.module.css';
import { CheckCheck, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { NewLinkDialog } from '../mine/new-link-dialog.js';
import { useSite } from '../shell/site-context.js';
import { isOver, type Upload } from './upload-store.js';
import styles from './upload-tray.module.css';

/** What is on its way to the server, and what came of it. */
export function UploadTray() {
  const { t } = useTranslation();
  const { uploads: store } = useSite();
  const uploads = useStore(store);
  if (uploads.length === 0) return null;
  return (
    <section className={styles['tray']} aria-label={t('upload.region')}>
      <ul>
        {uploads.map((upload) => (
          <UploadLine key={upload.id} upload={upload} />
        ))}
      </ul>
      {uploads.every(({ state }) => isOver(state)) && (
        <Button look="ghost" onClick={store.clear}>
          {t('upload.dismiss')}
        </Button>
      )}
    </section>
  );
}

function UploadLine({ upload: { id, name, size, state } }: { upload: Upload }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { uploads } = useSite();
  const [isLinking, setIsLinking] = useState(false);
  const cancel = t('upload.cancel', { name });
  return (
    <li className={styles['line']}>
      <FileIcon name={name} />
      <div className={styles['name']}>
        <FileName name={name} />
        <span className={text['meta']} role={state.kind === 'done' ? 'status' : undefined}>
          {state.kind === 'waiting' && t('upload.waiting')}
          {state.kind === 'sending' && t('upload.sending', format.amount(state.bytes, size))}
          {state.kind === 'checking' && t('upload.checking')}
          {state.kind === 'done' && (
            <span className={`${styles['done'] ?? ''} ${text['ok'] ?? ''}`}>
              <CheckCheck size={14} aria-hidden /> {t('upload.done')}
            </span>
          )}
        </span>
      </div>
      {state.kind === 'done' ? (
        <Button
          onClick={() => {
            setIsLinking(true);
          }}
        >
          {t('upload.getLink')}
        </Button>
      ) : (
        <Button
          look="ghost"
          aria-label={cancel}
          title={cancel}
          onClick={() => {
            uploads.cancel(id);
          }}
        >
          <X size={16} strokeWidth={1.75} aria-hidden />
        </Button>
      )}
      {(state.kind === 'sending' || state.kind === 'checking') && (
        <div className={styles['all']}>
          <Progress
            thin
            state={state.kind === 'checking' ? 'checking' : 'moving'}
            part={state.kind === 'checking' || size === 0 ? 1 : state.bytes / size}
            label={t('upload.progress', { name })}
            text={state.kind === 'checking' ? t('upload.checking') : format.percent(state.bytes, size)}
          />
        </div>
      )}
      {state.kind === 'failed' && (
        <div className={styles['all']}>
          <ErrorCallout error={state.error} />
        </div>
      )}
      {isLinking && state.kind === 'done' && (
        <NewLinkDialog
          target={state.copy.contentId}
          name={state.copy.name}
          onClose={() => {
            setIsLinking(false);
          }}
        />
      )}
    </li>
  );
}
