import { noticeKinds, type NoticeKind, type Settings } from '@enxame/shared/engine/status';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Switch } from '../parts/switch.js';
import { useApp } from '../shell/app-context.js';
import { UpdateSetting } from './update-setting.js';

interface Props {
  readonly settings: Settings;
  readonly onChange: (change: Partial<Settings>) => void;
}

/** How the window behaves on its desktop. */
export function StartSettings({ settings, onChange }: Props) {
  const { t } = useTranslation();
  const hasTray = useStore(useApp().desktop, ({ state }) => state?.hasTray ?? false);
  return (
    <>
      <Switch
        label={t('settings.startAtLogin')}
        hint={t('settings.startAtLoginHow')}
        on={settings.startAtLogin ?? false}
        onChange={(startAtLogin) => {
          onChange({ startAtLogin });
        }}
      />
      {hasTray && (
        <Switch
          label={t('settings.closeToTray')}
          hint={t('settings.closeToTrayHow')}
          on={settings.closeToTray ?? true}
          onChange={(closeToTray) => {
            onChange({ closeToTray });
          }}
        />
      )}
      <Switch
        label={t('settings.keepAwake')}
        hint={t('settings.keepAwakeHow')}
        on={settings.keepAwake ?? true}
        onChange={(keepAwake) => {
          onChange({ keepAwake });
        }}
      />
      <UpdateSetting settings={settings} onChange={onChange} />
    </>
  );
}

/** Which moments the desktop tells while the window is not in front. */
export function NoticeSettings({ settings, onChange }: Props) {
  const { t } = useTranslation();
  const told: readonly NoticeKind[] = settings.notifications ?? noticeKinds;
  return noticeKinds.map((kind) => (
    <Switch
      key={kind}
      label={t(`settings.notice.${kind}`)}
      on={told.includes(kind)}
      onChange={(on) => {
        onChange({ notifications: noticeKinds.filter((one) => (one === kind ? on : told.includes(one))) });
      }}
    />
  ));
}
