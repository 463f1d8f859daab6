import type { Transfer } from '@enxame/shared/engine/transfer';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@enxame/ui/parts/button';
import { Dialog } from '@enxame/ui/parts/dialog';
import { RateField } from '../parts/rate-field.js';

interface Props {
  readonly transfer: Transfer;
  readonly onSet: (bytesPerSecond: number | null) => void;
  readonly onClose: () => void;
}

export function TransferLimitDialog({ transfer, onSet, onClose }: Props) {
  const { t } = useTranslation();
  const [limit, setLimit] = useState(transfer.limitBytesPerSecond);
  const [wrong, setWrong] = useState(false);
  return (
    <Dialog
      title={t('transfers.limitTitle', { name: transfer.name })}
      onClose={onClose}
      actions={
        <Button look="ink" type="submit" form="transfer-limit" disabled={wrong}>
          {t('limits.set')}
        </Button>
      }
    >
      <form
        id="transfer-limit"
        method="dialog"
        onSubmit={() => {
          if (!wrong) onSet(limit);
        }}
      >
        <RateField
          label={transfer.direction === 'receive' ? t('limits.receiveUpTo') : t('limits.sendUpTo')}
          value={limit}
          onChange={setLimit}
          onWrong={setWrong}
          live
        />
        <p>{t('transfers.limitHow')}</p>
      </form>
    </Dialog>
  );
}
