import { apiRoutes } from '@enxame/shared/tracker/api';
import { maxSearchNameChars } from '@enxame/shared/tracker/saved-search';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { BellPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/use-act.js';
import { useSite } from '../shell/site-context.js';
import { toSavedQuery } from './saved-view.js';
import type { FilesView } from './use-files.js';

/** Keeps what is searched for: something new that matches is told. `ownerName`: of whose files are looked for. */
export function SaveSearch({ view, ownerName }: { view: FilesView; ownerName: string | undefined }) {
  const { t } = useTranslation();
  const { api, searches } = useSite();
  const { act, error, busy } = useAct();
  const [saved, setSaved] = useState<FilesView | null>(null);
  const name = [view.text, ownerName].filter(Boolean).join(' · ').slice(0, maxSearchNameChars);
  if (saved === view) return <span role="status">{t('files.searchSaved')}</span>;
  return (
    <>
      <Button
        look="ghost"
        busy={busy}
        icon={<BellPlus size={16} strokeWidth={1.75} aria-hidden />}
        onClick={() => {
          const body = { name, query: toSavedQuery(view) };
          act(api.ask({ method: 'post', path: '/searches', body, reply: apiRoutes.saveSearch.reply }), () => {
            setSaved(view);
            searches.reload();
          });
        }}
      >
        {t('files.saveSearch')}
      </Button>
      {error && <ErrorCallout error={error} />}
    </>
  );
}
