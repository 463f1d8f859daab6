import { Download, Hash, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { classNames } from '@enxame/ui/class-names';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button, IconButton } from '@enxame/ui/parts/button';
import { ConfirmDialog } from '@enxame/ui/parts/dialog';
import text from '@enxame/ui/parts/text.module.css';
import { useApp } from '../shell/app-context.js';
import { goTo } from '../shell/route.js';
import styles from './files-page.module.css';
import type { Picks } from './picks.js';
import { useFileActions, useReceiving } from './use-file-actions.js';

/** What can be done with all that was chosen together. */
export function SelectionBar({ picks, onClear }: { picks: Picks; onClear: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { codeSender, link, shares } = useApp();
  const actions = useFileActions();
  const receiving = useReceiving();
  const own = useStore(shares, (state) => state.shares);
  const [asking, setAsking] = useState(false);
  const rows = [...picks.values()];
  const size = rows.reduce((sum, row) => sum + row.size, 0);
  const wanted = rows.filter(
    ({ here, contentId }) => !here && (contentId === null || receiving.get(contentId)?.state === undefined),
  );
  const paths = rows.flatMap((row) => (row.here ? (actions.pathOf(row) ?? []) : []));
  const shared = rows.flatMap(({ entryId }) => (entryId !== null && own.has(entryId) ? entryId : []));
  return (
    <div className={styles['filters']} role="group" aria-label={t('selection.label')}>
      <strong className={classNames(text['num'], styles['chosen'])} role="status">
        {t('selection.count', { count: rows.length, size: format.bytes(size) })}
      </strong>
      {wanted.length > 0 && (
        <Button
          look="ink"
          icon={<Download size={16} strokeWidth={1.75} aria-hidden />}
          onClick={() => {
            for (const row of wanted) actions.download(row);
            onClear();
          }}
        >
          {t('selection.download', { count: wanted.length })}
        </Button>
      )}
      {paths.length > 0 && (
        <Button
          icon={<Hash size={16} strokeWidth={1.75} aria-hidden />}
          onClick={() => {
            goTo('send', 'new');
            void codeSender.sendPaths(paths);
            onClear();
          }}
        >
          {t('selection.byCode', { count: paths.length })}
        </Button>
      )}
      {shared.length > 0 && (
        <Button
          look="danger"
          icon={<Trash2 size={16} strokeWidth={1.75} aria-hidden />}
          onClick={() => {
            setAsking(true);
          }}
        >
          {t('selection.stop', { count: shared.length })}
        </Button>
      )}
      <span className={classNames(styles['count'])}>
        <IconButton label={t('selection.clear')} keys="Esc" onClick={onClear}>
          <X size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </span>
      {asking && (
        <ConfirmDialog
          title={t('selection.stopTitle', { count: shared.length })}
          text={t('details.stopText')}
          keep={t('details.keep')}
          confirm={t('selection.stop', { count: shared.length })}
          onConfirm={() => {
            for (const id of shared) link.call('share:remove', { id }).catch(() => undefined); // its banner says so
            onClear();
          }}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </div>
  );
}
