import { MonitorSmartphone } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@enxame/ui/parts/button';
import settings from '../settings/settings.module.css';
import { DeviceDialog } from './device-dialog.js';

/** The way to use this name on another computer, too. */
export function DeviceSetting() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <div className={settings['pref']}>
        <div>
          <span>{t('devices.setting')}</span>
          <p>{t('devices.settingHow')}</p>
        </div>
        <Button
          icon={<MonitorSmartphone size={16} strokeWidth={1.75} aria-hidden />}
          onClick={() => {
            setOpen(true);
          }}
        >
          {t('devices.add')}
        </Button>
      </div>
      {open && (
        <DeviceDialog
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
