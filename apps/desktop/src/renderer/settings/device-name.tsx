import type { Settings } from '@enxame/shared/engine/status';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '@enxame/ui/class-names';
import field from '@enxame/ui/parts/field.module.css';
import styles from './settings.module.css';

/** As the contract has it: longer is refused. */
const maxDeviceNameChars = 80;

interface DeviceNameProps {
  readonly name: string;
  readonly onChange: (change: Partial<Settings>) => void;
}

/** Saved when the field is left, or by Enter; Esc takes it back. */
export function DeviceName({ name, onChange }: DeviceNameProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(name);
  const save = (): void => {
    const deviceName = typed.trim();
    if (deviceName === '') setTyped(name);
    else if (deviceName !== name) onChange({ deviceName });
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
        <label htmlFor="set-device">{t('settings.deviceName')}</label>
        <p id="set-device-how">{t('settings.deviceNameHow')}</p>
      </div>
      <span className={classNames(field['input'], styles['name'])}>
        <input
          id="set-device"
          aria-describedby="set-device-how"
          value={typed}
          maxLength={maxDeviceNameChars}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setTyped(event.target.value);
          }}
          onBlur={save}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setTyped(name);
          }}
        />
      </span>
    </form>
  );
}
