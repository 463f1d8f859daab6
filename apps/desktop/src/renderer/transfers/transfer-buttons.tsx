import type { Transfer } from '@enxame/shared/engine/transfer';
import { Pause, Play, X } from 'lucide-react';
import { useState } from 'react';
import { useFormat, useWords } from '@enxame/ui/i18n/i18n-context';
import { IconButton } from '@enxame/ui/parts/button';
import { ConfirmDialog } from '@enxame/ui/parts/dialog';
import { canPause, canRemove, canResume, removalLosesBytes } from './transfer-facts.js';
import styles from './transfer-item.module.css';
import { TransferMenu } from './transfer-menu.js';
import type { TransferActions } from './use-transfer-actions.js';

/** What can be done with a transfer that is not finished. */
export function TransferButtons({ transfer, actions }: { transfer: Transfer; actions: TransferActions }) {
  const { t } = useWords();
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const removable = canRemove(transfer);
  return (
    <div className={styles['do']}>
      {canPause(transfer) && (
        <IconButton
          label={t('transfers.pause')}
          keys="P"
          onClick={() => {
            actions.pause(transfer);
          }}
        >
          <Pause size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      )}
      {canResume(transfer) && transfer.state === 'paused' && (
        <IconButton
          label={t('transfers.resume')}
          keys="P"
          onClick={() => {
            actions.resume(transfer);
          }}
        >
          <Play size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      )}
      {removable && (
        <IconButton
          label={transfer.direction === 'receive' ? t('transfers.cancel') : t('transfers.remove')}
          keys="Del"
          onClick={() => {
            if (removalLosesBytes(transfer)) setAsking(true);
            else actions.cancel(transfer);
          }}
        >
          <X size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      )}
      <TransferMenu transfer={transfer} actions={actions} />
      {asking && (
        <ConfirmDialog
          title={t('transfers.cancelTitle', { name: transfer.name })}
          text={t('transfers.cancelText', { size: format.bytes(transfer.bytesDone) })}
          keep={t('transfers.keepGoing')}
          confirm={t('transfers.cancel')}
          onConfirm={() => {
            actions.cancel(transfer);
          }}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </div>
  );
}
