import type { KnownPerson } from '@enxame/shared/engine/person-calls';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@enxame/ui/parts/button';
import { classNames } from '@enxame/ui/class-names';
import { Callout, ErrorCallout } from '@enxame/ui/parts/callout';
import { Dialog } from '@enxame/ui/parts/dialog';
import text from '@enxame/ui/parts/text.module.css';
import { useApp } from '../shell/app-context.js';
import styles from './person-panel.module.css';

/** The words that both people see, and what follows from them being the same, or not. */
export function CompareDialog({ person, onClose }: { person: KnownPerson; onClose: () => void }) {
  const { t } = useTranslation();
  const { link } = useApp();
  const { id, name } = person;
  const [words, setWords] = useState<string | null>(null);
  const [differ, setDiffer] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    link.call('person:words', { id }).then((reply) => {
      setWords(reply.words);
    }, setError);
  }, [link, id]);
  const verify = (verified: boolean): void => {
    link.call('person:verify', { id, verified }).then(verified ? onClose : () => undefined, setError);
  };
  return (
    <Dialog
      title={t('trust.compareTitle', { name })}
      onClose={onClose}
      actions={
        <>
          <Button
            onClick={() => {
              setDiffer(true);
              if (person.verifiedAt !== null) verify(false);
            }}
          >
            {t('trust.differ')}
          </Button>
          <Button
            look="ink"
            disabled={words === null}
            onClick={() => {
              verify(true);
            }}
          >
            {t('trust.same')}
          </Button>
        </>
      }
    >
      <p>{t('trust.compareHow', { name })}</p>
      <p className={classNames(styles['words'], text['mono'])} translate="no" role="status">
        {words?.split('-').join(' ') ?? '…'}
      </p>
      {differ && (
        <Callout kind="danger" title={t('trust.differTitle')}>
          <p>{t('trust.differText', { name })}</p>
        </Callout>
      )}
      {error !== null && <ErrorCallout error={error} />}
    </Dialog>
  );
}
