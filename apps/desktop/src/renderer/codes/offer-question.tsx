import type { CodeFile, CodeOffer, CodeReceive } from '@enxame/shared/engine/code';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFolderChoice } from '../folders/use-folder-choice.js';
import { useDescribeError, useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { Callout } from '@enxame/ui/parts/callout';
import { classNames } from '@enxame/ui/class-names';
import facts from '@enxame/ui/parts/facts.module.css';
import text from '@enxame/ui/parts/text.module.css';
import { useApp } from '../shell/app-context.js';
import { ChooseFiles } from './choose-files.js';
import { toComparable } from './code-text.js';
import { OfferLine } from './offer-line.js';
import styles from './receive.module.css';

/** What would come, where to, and whether it fits: nothing is written before the person says yes. */
export function OfferQuestion({ receive, offer }: { receive: CodeReceive; offer: CodeOffer }) {
  const { t } = useTranslation();
  const format = useFormat();
  const describe = useDescribeError();
  const { link, toasts } = useApp();
  const [folder, setFolder] = useState(receive.folder);
  const { change, picker } = useFolderChoice(folder, setFolder);
  const [only, setOnly] = useState<ReadonlyMap<string, CodeFile> | null>(null);
  const [choosing, setChoosing] = useState(false);
  const { id, verifier, personName } = receive;
  const choosable = offer.kind === 'folder' && receive.way === 'swarm';
  const size = only ? [...only.values()].reduce((sum, file) => sum + file.size, 0) : offer.size;
  // The free space is that of the folder that the engine proposed.
  const freeBytes = folder === receive.folder ? receive.freeBytes : null;
  const missing = freeBytes === null ? 0 : Math.max(0, size - freeBytes);
  const tell = (error: unknown): void => {
    const { what, todo } = describe(error);
    toasts.getState().show({ kind: 'plain', title: what, text: todo });
  };
  return (
    <>
      <h2 dir="auto">{personName === null ? t('codes.offers') : t('codes.offersFrom', { name: personName })}</h2>
      <p className={text['meta']} translate="no">
        {t('codes.offersHow', { code: receive.code })}
      </p>
      <OfferLine offer={offer} />
      {only && (
        <p className={classNames(text['meta'], text['num'])}>
          {t('codes.chosen', { count: only.size, size: format.bytes(size) })}
        </p>
      )}
      <dl className={facts['facts']}>
        <dt>{t('codes.into')}</dt>
        <dd>
          <span className={text['mono']}>{folder}</span>
          {freeBytes !== null && (
            <span className={classNames(text['meta'], text['num'])}>
              {t('codes.free', { size: format.bytes(freeBytes) })}
            </span>
          )}
          <Button look="link" onClick={change}>
            {t('common.change')}
          </Button>
        </dd>
        {verifier !== null && (
          <>
            <dt>{t('codes.comparing')}</dt>
            <dd>
              <span className={text['mono']}>{toComparable(verifier)}</span>
              <p>{t('codes.comparingHow')}</p>
            </dd>
          </>
        )}
      </dl>
      {missing > 0 && (
        <Callout
          kind="warn"
          title={t('codes.doesNotFit', { missing: format.bytes(missing) })}
          actions={<Button onClick={change}>{t('preflight.otherFolder')}</Button>}
        >
          <p>{t('codes.otherFolder')}</p>
        </Callout>
      )}
      <div className={styles['do']}>
        <Button
          look="ink"
          icon={<Download size={16} strokeWidth={1.75} aria-hidden />}
          disabled={missing > 0}
          onClick={() => {
            link.call('code:accept', { id, folder, ...(only && { only: [...only.keys()] }) }).catch(tell);
          }}
        >
          {t('codes.accept', { size: format.bytes(size) })}
        </Button>
        {choosable && (
          <Button
            onClick={() => {
              setChoosing(true);
            }}
          >
            {t('codes.choose')}
          </Button>
        )}
        <Button
          onClick={() => {
            link.call('code:refuse', { id }).catch(tell);
          }}
        >
          {t('codes.refuse')}
        </Button>
      </div>
      {picker}
      {choosing && (
        <ChooseFiles
          id={id}
          chosen={only}
          onChoose={(files) => {
            setOnly(files);
            setChoosing(false);
          }}
          onClose={() => {
            setChoosing(false);
          }}
        />
      )}
    </>
  );
}
