import { CheckCheck, Info, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button, IconButton } from '@enxame/ui/parts/button';
import text from '@enxame/ui/parts/text.module.css';
import { useApp } from './app-context.js';
import styles from './banner.module.css';

/** The toast of now, and what is told to a screen reader. */
export function Toaster() {
  const { t } = useTranslation();
  const { toasts, announcer } = useApp();
  const { toast, act, dismiss } = useStore(toasts);
  const { text: said, count } = useStore(announcer);
  return (
    <>
      <div className={text['sr']} role="log" aria-live="polite">
        <span key={count}>{said}</span>
      </div>
      <div className={styles['toaster']} role="status">
        {toast && (
          <div className={styles['toast']} key={toast.id}>
            {toast.kind === 'ok' ? (
              <CheckCheck size={16} className={text['ok']} aria-hidden />
            ) : (
              <Info size={16} strokeWidth={1.75} aria-hidden />
            )}
            <div>
              <strong dir="auto">{toast.title}</strong>
              {toast.text !== undefined && <p>{toast.text}</p>}
            </div>
            {toast.action ? (
              <Button look="ghost" onClick={act}>
                {toast.action.label}
              </Button>
            ) : (
              <span />
            )}
            <IconButton label={t('common.dismiss')} onClick={dismiss}>
              <X size={14} aria-hidden />
            </IconButton>
          </div>
        )}
      </div>
    </>
  );
}
