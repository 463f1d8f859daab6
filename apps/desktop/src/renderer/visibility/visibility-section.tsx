import { Globe, Link, Users } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '@enxame/ui/parts/button';
import { Hint } from '@enxame/ui/parts/field';
import type { FileRow } from '../files/file-row.js';
import { useApp } from '../shell/app-context.js';
import { useVisibilityWord } from './use-visibility-word.js';
import { VisibilityDialog } from './visibility-dialog.js';

const icons = { everyone: Globe, people: Users, link: Link } as const;

/** In the details of a file: who may know of it. Its owner changes that here; others see that they are among few. */
export function VisibilitySection({ row }: { row: FileRow }) {
  const { t } = useTranslation();
  const { shares, link } = useApp();
  const word = useVisibilityWord();
  const share = useStore(shares, (state) => (row.entryId === null ? undefined : state.shares.get(row.entryId)));
  const [choosing, setChoosing] = useState(false);
  if (!share) {
    return row.restricted ? (
      <section>
        <h3>{t('visibility.title')}</h3>
        <Hint icon={<Users size={14} aria-hidden />}>
          {row.mine ? t('visibility.otherComputer') : t('visibility.withYou', { name: row.owner.name })}
        </Hint>
      </section>
    ) : null;
  }
  const Icon = icons[share.visibility.kind];
  return (
    <section>
      <h3>
        {t('visibility.title')}
        <Button
          look="ghost"
          onClick={() => {
            setChoosing(true);
          }}
        >
          {t('common.change')}
        </Button>
      </h3>
      <Hint icon={<Icon size={14} aria-hidden />}>{word(share.visibility)}</Hint>
      {choosing && (
        <VisibilityDialog
          title={t('visibility.of', { name: share.name })}
          visibility={share.visibility}
          save={(visibility) => link.call('share:show', { id: share.id, visibility })}
          onClose={() => {
            setChoosing(false);
          }}
        />
      )}
    </section>
  );
}
