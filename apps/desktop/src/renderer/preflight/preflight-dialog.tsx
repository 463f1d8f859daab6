import { ArrowRight, FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useFolderChoice } from '../folders/use-folder-choice.js';
import { useDescribeError, useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { Dialog } from '@enxame/ui/parts/dialog';
import text from '@enxame/ui/parts/text.module.css';
import { useApp } from '../shell/app-context.js';
import type { Pending } from './downloader.js';
import { concernsOf, isPartlyHere } from './preflight-facts.js';
import styles from './preflight-dialog.module.css';

/** What deserves a word before the first byte, one download at a time. */
export function Preflights() {
  const { downloader } = useApp();
  const first = useStore(downloader.pending, (state) => state.first);
  return first && <PreflightDialog key={`${first.id} ${first.folder ?? ''}`} pending={first} />;
}

function PreflightDialog({ pending }: { pending: Pending }) {
  const { t } = useTranslation();
  const format = useFormat();
  const describe = useDescribeError();
  const { downloader, toasts } = useApp();
  const [error, setError] = useState<unknown>(null);
  const { preflight } = pending;
  const { name, folder, savedAs, renames, files, filesHere } = preflight;
  const concerns = concernsOf(preflight);
  const { change, picker } = useFolderChoice(folder, (chosen) => {
    downloader.moveTo(pending, chosen).catch(setError);
  });
  const goOn = (): void => {
    downloader.goOn(pending).catch((failure: unknown) => {
      const { what, todo } = describe(failure);
      toasts.getState().show({ kind: 'plain', title: what, text: todo });
    });
  };
  const fits = !concerns.includes('does-not-fit');
  const title = {
    'does-not-fit': t('preflight.doesNotFit', { name }),
    'name-taken': t('preflight.nameTaken', { name }),
    'names-change': t('preflight.namesChange', { name }),
  }[concerns[0] ?? 'names-change'];
  return (
    <Dialog
      title={title}
      wide
      onClose={() => {
        downloader.drop(pending);
      }}
      actions={
        <>
          <Button
            look={fits ? 'plain' : 'ink'}
            icon={<FolderOpen size={16} strokeWidth={1.75} aria-hidden />}
            onClick={change}
          >
            {t('preflight.otherFolder')}
          </Button>
          <Button look={fits ? 'ink' : 'plain'} onClick={goOn}>
            {fits ? t('files.download') : t('preflight.anyway')}
          </Button>
        </>
      }
    >
      <div className={styles['body']}>
        {!fits && (
          <p>
            {t('preflight.needs', {
              need: format.bytes(preflight.bytesToFetch),
              free: format.bytes(preflight.freeBytes),
              missing: format.bytes(Math.max(0, preflight.bytesToFetch - preflight.freeBytes)),
            })}
          </p>
        )}
        {concerns.includes('name-taken') && <p>{t('preflight.savedAs', { name: savedAs })}</p>}
        {renames.count > 0 && (
          <>
            <p>{t('preflight.renames', { count: renames.count })}</p>
            <ul className={styles['names']} tabIndex={0} aria-label={t('preflight.renames', { count: renames.count })}>
              {renames.shown.map(({ from, to }) => (
                <li key={from}>
                  <span dir="auto">{from}</span>
                  <ArrowRight size={14} aria-hidden />
                  <span className={text['sr']}>{t('preflight.becomes')}</span>
                  <span dir="auto">{to}</span>
                </li>
              ))}
            </ul>
            {renames.count > renames.shown.length && (
              <p>{t('preflight.renamesMore', { count: renames.count - renames.shown.length })}</p>
            )}
          </>
        )}
        {isPartlyHere(preflight) && (
          <p>
            {files !== null && filesHere !== null
              ? t('preflight.filesHere', { done: filesHere, total: files, size: format.bytes(preflight.bytesToFetch) })
              : t('preflight.bytesHere', {
                  done: format.bytes(preflight.bytesHere),
                  size: format.bytes(preflight.bytesToFetch),
                })}
          </p>
        )}
        <p className={text['meta']}>
          {t('preflight.folder')} <span className={text['mono']}>{folder}</span>
        </p>
        {error !== null && <ErrorCallout error={error} />}
      </div>
      {picker}
    </Dialog>
  );
}
