import type { PathKind as Kind } from '@enxame/shared/engine/transfer';
import { ArrowLeftRight, HouseWifi, Monitor, Server, Waypoints, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { classNames } from '@enxame/ui/class-names';
import styles from './file-drawer.module.css';

const looks: Readonly<
  Record<
    Kind,
    readonly [
      LucideIcon,
      'pathThisComputer' | 'pathLan' | 'pathDirect' | 'pathReverse' | 'pathPunched' | 'pathRelay' | 'pathHosted',
    ]
  >
> = {
  'this-computer': [Monitor, 'pathThisComputer'],
  lan: [HouseWifi, 'pathLan'],
  direct: [ArrowLeftRight, 'pathDirect'],
  reverse: [ArrowLeftRight, 'pathReverse'],
  punched: [ArrowLeftRight, 'pathPunched'],
  relay: [Waypoints, 'pathRelay'],
  hosted: [Server, 'pathHosted'],
};

/** How bytes travel: icon and word, always both. */
export function PathKind({ kind }: { kind: Kind }) {
  const { t } = useTranslation();
  const [Icon, word] = looks[kind];
  return (
    <span className={classNames(styles['path'], kind === 'relay' && styles['relay'])}>
      <Icon size={14} strokeWidth={1.75} aria-hidden />
      {t(`transfers.${word}`)}
    </span>
  );
}
