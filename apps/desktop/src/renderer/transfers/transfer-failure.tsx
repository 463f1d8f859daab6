import type { Transfer } from '@enxame/shared/engine/transfer';
import { RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useDescribeError } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { canResume } from './transfer-facts.js';
import styles from './transfer-item.module.css';
import type { TransferActions } from './use-transfer-actions.js';

/** What stopped it, what is kept, and the way on. */
export function TransferFailure({ transfer, actions }: { transfer: Transfer; actions: TransferActions }) {
  const { t } = useTranslation();
  const describe = useDescribeError();
  const { what, todo } = describe(transfer.error ?? { code: 'internal' });
  return (
    <div className={styles['fix']}>
      <p role="alert">
        <strong>{what}</strong> {todo}
      </p>
      {canResume(transfer) && (
        <div>
          <Button
            icon={<RotateCw size={16} strokeWidth={1.75} aria-hidden />}
            onClick={() => {
              actions.resume(transfer);
            }}
          >
            {t('transfers.retry')}
          </Button>
        </div>
      )}
    </div>
  );
}
