import { ChevronDown, Gauge } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@enxame/ui/parts/button';
import { Popover } from '../parts/popover.js';
import { useNow } from '@enxame/ui/hooks/use-now';
import styles from './limits-button.module.css';
import { LimitsPanel } from './limits-panel.js';
import { useLimits, useLimitsWords } from './use-limits.js';

/** What limits the speed now, and the way to change it. */
export function LimitsButton() {
  const { t } = useTranslation();
  const [status] = useLimits();
  const words = useLimitsWords();
  const now = useNow(30_000);
  const [open, setOpen] = useState(false);
  if (!status) return null;
  const { short, long } = words(status, now);
  return (
    <Popover
      label={t('limits.title')}
      open={open}
      onOpen={setOpen}
      trigger={
        <Button
          look="ghost"
          aria-label={t('limits.button', { words: long })}
          icon={<Gauge size={16} strokeWidth={1.75} aria-hidden />}
        >
          <span className={styles['text']}>{short}</span>
          <ChevronDown size={14} aria-hidden />
        </Button>
      }
    >
      {(close) => <LimitsPanel onLeave={close} />}
    </Popover>
  );
}
