import type { Settings } from '@enxame/shared/engine/status';
import { useTranslation } from 'react-i18next';
import { TypedSetting } from './typed-setting.js';

/** As the contract has it: longer is refused. */
const maxDeviceNameChars = 80;

interface DeviceNameProps {
  readonly name: string;
  readonly onChange: (change: Partial<Settings>) => void;
}

/** What other people see beside this computer's files. Left empty, it stays what it was. */
export function DeviceName({ name, onChange }: DeviceNameProps) {
  const { t } = useTranslation();
  return (
    <TypedSetting
      id="set-device"
      label={t('settings.deviceName')}
      how={t('settings.deviceNameHow')}
      maxLength={maxDeviceNameChars}
      value={name}
      onSave={(deviceName) => {
        onChange({ deviceName });
        return null;
      }}
    />
  );
}
