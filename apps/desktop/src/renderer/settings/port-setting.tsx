import type { Settings } from '@enxame/shared/engine/status';
import { useTranslation } from 'react-i18next';
import { TypedSetting } from './typed-setting.js';

/** As the contract has it. */
const ports = { lowest: 1024, highest: 65_535 };

interface Props {
  readonly port: number | undefined;
  readonly onChange: (change: Partial<Settings>) => void;
}

/** Where other computers reach this one. Empty is any port. */
export function PortSetting({ port, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <TypedSetting
      id="set-port"
      label={t('settings.port')}
      how={t('settings.portHow')}
      inputMode="numeric"
      placeholder={t('settings.portAny')}
      maxLength={5}
      isOptional
      value={port ? String(port) : ''}
      onSave={(typed) => {
        const listenPort = Number(typed);
        const isPort = Number.isInteger(listenPort) && listenPort >= ports.lowest && listenPort <= ports.highest;
        if (typed !== '' && !isPort) return t('settings.portWrong', ports);
        onChange({ listenPort });
        return null;
      }}
    />
  );
}
