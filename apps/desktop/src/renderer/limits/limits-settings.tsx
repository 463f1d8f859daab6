import { maxUploadSlots } from '@enxame/shared/engine/limits';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { RateField } from '../parts/rate-field.js';
import { Stepper } from '../parts/stepper.js';
import { useNow } from '@enxame/ui/hooks/use-now';
import styles from './limits-settings.module.css';
import { PersonLimits } from './person-limits.js';
import { ScheduleSetting } from './schedule-setting.js';
import { useLimits, useLimitsWords } from './use-limits.js';

/** As the contract has it. */
const maxDownloadSlots = 16;

/** Everything about how fast and how many: the section of the settings. */
export function LimitsSettings() {
  const { t } = useTranslation();
  const [status, change] = useLimits();
  const words = useLimitsWords();
  const now = useNow(30_000);
  if (!status) return null;
  const { always, schedule, people, uploadSlots, downloadSlots } = status.limits;
  return (
    <>
      <p className={styles['now']}>{t('limits.now', { words: words(status, now).long })}</p>
      <div className={styles['fields']} role="group" aria-label={t('limits.usual')}>
        <RateField
          icon={<ArrowDown size={14} aria-hidden />}
          label={t('limits.receiveUpTo')}
          value={always.receive}
          onChange={(receive) => {
            change({ always: { ...always, receive } });
          }}
        />
        <RateField
          icon={<ArrowUp size={14} aria-hidden />}
          label={t('limits.sendUpTo')}
          value={always.send}
          onChange={(send) => {
            change({ always: { ...always, send } });
          }}
        />
      </div>
      {schedule.length > 0 && <p className={styles['now']}>{t('limits.usualHow')}</p>}
      <ScheduleSetting
        schedule={schedule}
        onChange={(next) => {
          change({ schedule: next });
        }}
      />
      <PersonLimits
        people={people}
        onChange={(next) => {
          change({ people: next });
        }}
      />
      <h3 className={styles['sub']}>{t('limits.atOnce')}</h3>
      <Stepper
        label={t('limits.downloadSlots')}
        hint={t('limits.downloadSlotsHow')}
        fewer={t('limits.fewer')}
        more={t('limits.more')}
        value={downloadSlots}
        min={1}
        max={maxDownloadSlots}
        onChange={(next) => {
          change({ downloadSlots: next });
        }}
      />
      <Stepper
        label={t('limits.uploadSlots')}
        hint={t('limits.uploadSlotsHow')}
        fewer={t('limits.fewer')}
        more={t('limits.more')}
        value={uploadSlots}
        min={1}
        max={maxUploadSlots}
        onChange={(next) => {
          change({ uploadSlots: next });
        }}
      />
    </>
  );
}
