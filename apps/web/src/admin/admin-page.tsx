import { Segmented } from '@enxame/ui/parts/segmented';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AnnouncePart } from './announce-part.js';
import { AuditPart } from './audit-part.js';
import { BansPart } from './bans-part.js';
import { EntryPart } from './entry-part.js';
import { RemovalsPart } from './removals-part.js';
import { RoomPart } from './room-part.js';
import styles from './admin.module.css';

const parts = { entry: EntryPart, bans: BansPart, content: RemovalsPart, room: RoomPart, news: AnnouncePart, log: AuditPart }; // prettier-ignore
type PartName = keyof typeof parts;

/** What administrators of the network decide. */
export function AdminPage() {
  const { t } = useTranslation();
  const [part, setPart] = useState<PartName>('entry');
  const Part = parts[part];
  return (
    <div className={styles['page']}>
      <h1>{t('admin.title')}</h1>
      <div className={styles['parts']}>
        <Segmented
          label={t('admin.parts')}
          value={part}
          options={(Object.keys(parts) as PartName[]).map((value) => ({ value, text: t(`admin.${value}`) }))}
          onChange={setPart}
        />
      </div>
      <div>
        <Part />
      </div>
    </div>
  );
}
