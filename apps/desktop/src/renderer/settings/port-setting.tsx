import type { Settings } from '@enxame/shared/engine/status';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '@enxame/ui/class-names';
import field from '@enxame/ui/parts/field.module.css';
import text from '@enxame/ui/parts/text.module.css';
import styles from './settings.module.css';

/** As the contract has it. */
const ports = { lowest: 1024, highest: 65_535 };

interface Props {
  readonly port: number | undefined;
  readonly onChange: (change: Partial<Settings>) => void;
}

/** Where other computers reach this one. Empty is any port. Saved when the field is left, or by Enter; Esc takes it back. */
export function PortSetting({ port, onChange }: Props) {
  const { t } = useTranslation();
  const shown = port ? String(port) : '';
  const [typed, setTyped] = useState(shown);
  const [isWrong, setWrong] = useState(false);
  const save = (): void => {
    const listenPort = Number(typed.trim());
    const isPort = Number.isInteger(listenPort) && listenPort >= ports.lowest && listenPort <= ports.highest;
    const isAllowed = typed.trim() === '' || isPort;
    setWrong(!isAllowed);
    if (isAllowed && typed.trim() !== shown) onChange({ listenPort });
  };
  return (
    <form
      className={styles['pref']}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div>
        <label htmlFor="set-port">{t('settings.port')}</label>
        <p id="set-port-how" className={isWrong ? text['danger'] : undefined} role={isWrong ? 'alert' : undefined}>
          {isWrong ? t('settings.portWrong', ports) : t('settings.portHow')}
        </p>
      </div>
      <span className={classNames(field['input'], styles['name'])}>
        <input
          id="set-port"
          aria-describedby="set-port-how"
          aria-invalid={isWrong || undefined}
          inputMode="numeric"
          placeholder={t('settings.portAny')}
          value={typed}
          maxLength={5}
          autoComplete="off"
          onChange={(event) => {
            setTyped(event.target.value);
            setWrong(false);
          }}
          onBlur={save}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            setTyped(shown);
            setWrong(false);
          }}
        />
      </span>
    </form>
  );
}
