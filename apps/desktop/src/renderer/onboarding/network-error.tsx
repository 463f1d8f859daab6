import { isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { ConfirmDialog } from '@enxame/ui/parts/dialog';
import type { NetworkChoice } from './use-network-choice.js';

/** Why a network could not be reached or taken, and the next step. A changed seal is taken only after it was compared. */
export function NetworkError({ choice, error }: { choice: NetworkChoice; error: unknown }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const changed = isErrorWithCode(error, 'tracker-identity-changed');
  return (
    <>
      <ErrorCallout
        error={error}
        actions={
          <>
            <Button
              icon={<RotateCw size={16} strokeWidth={1.75} aria-hidden />}
              onClick={() => {
                if (choice.chosen !== null) choice.choose(choice.chosen);
              }}
            >
              {t('common.tryAgain')}
            </Button>
            {changed && (
              <Button
                look="danger"
                onClick={() => {
                  setAsking(true);
                }}
              >
                {t('connection.trust')}
              </Button>
            )}
          </>
        }
      />
      {asking && changed && (
        <ConfirmDialog
          title={t('connection.trustTitle', { words: String(error.params?.['words'] ?? '?') })}
          text={t('connection.trustText')}
          keep={t('connection.notNow')}
          confirm={t('connection.trust')}
          onConfirm={() => void choice.use(true)}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </>
  );
}
