import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDescribeError } from '@enxame/ui/i18n/i18n-context';
import text from '@enxame/ui/parts/text.module.css';
import { useApp } from '../shell/app-context.js';
import { CodeField } from './code-field.js';
import { ReceiveItem } from './receive-item.js';
import styles from './receive.module.css';

/** Receiving by a code that somebody said: typing it, seeing what comes, and how far it is. */
export function Receive() {
  const { t } = useTranslation();
  const { link, codes, typedCode, announcer } = useApp();
  const { receives } = useStore(codes);
  const typed = useStore(typedCode, (state) => state.typed);
  const describe = useDescribeError();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const type = (next: string): void => {
    typedCode.setState({ typed: next });
    setProblem(null);
  };
  const receive = (code: string): void => {
    setBusy(true);
    setProblem(null);
    link
      .call('code:receive', { code })
      .then(
        ({ state, offer, personName }) => {
          if (state === 'offered' && offer) {
            const who = personName === null ? t('codes.offers') : t('codes.offersFrom', { name: personName });
            announcer.getState().say(`${who}: ${offer.name}`);
          }
          // What failed says so in its place, and is the likeliest to be corrected by a letter.
          if (state !== 'failed') typedCode.setState({ typed: '' });
        },
        (error: unknown) => {
          const { what, todo } = describe(error);
          setProblem(`${what} ${todo}`);
        },
      )
      .finally(() => {
        setBusy(false);
      });
  };
  return (
    <div className={styles['page']} tabIndex={0} role="region" aria-label={t('codes.receive')}>
      <CodeField value={typed} onChange={type} onReceive={receive} busy={busy} problem={problem} />
      {receives.length === 0 ? (
        <p className={text['meta']}>{t('codes.none')}</p>
      ) : (
        <ul className={styles['list']} aria-label={t('codes.list')}>
          {[...receives].reverse().map((one) => (
            <ReceiveItem
              key={one.id}
              receive={one}
              onOther={() => {
                type(one.code);
                document.querySelector<HTMLInputElement>('main input[role="combobox"]')?.focus();
              }}
            />
          ))}
        </ul>
      )}
    </div>
  );
}
