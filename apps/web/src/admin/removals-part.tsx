import { apiRoutes } from '@enxame/shared/tracker/api';
import type { CatalogueRow } from '@enxame/shared/tracker/entry';
import { maxReasonChars, type Removal } from '@enxame/shared/tracker/admin';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { Dialog } from '@enxame/ui/parts/dialog';
import { TextField } from '@enxame/ui/parts/field';
import { useNow } from '@enxame/ui/hooks/use-now';
import text from '@enxame/ui/parts/text.module.css';
import { TypedSearch } from '@enxame/ui/parts/typed-search';
import { RotateCcw, ShieldX } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/use-act.js';
import { useAsk } from '../api/use-ask.js';
import { useSite } from '../shell/site-context.js';
import { askAdmin, useAdmin } from './admin-api.js';
import { ListLine } from './list-line.js';
import styles from './admin.module.css';

const shown = 10;

/** What administrators take away from those who share it. */
export function RemovalsPart() {
  const { t } = useTranslation();
  const { api } = useSite();
  const { data, error, reload } = useAdmin('admin:removals');
  const [words, setWords] = useState('');
  const [removed, setRemoved] = useState<number | null>(null);
  const found = useAsk(
    useCallback(
      async (signal: AbortSignal) =>
        words === ''
          ? null
          : api.ask({ path: '/files', query: { q: words, limit: shown }, reply: apiRoutes.files.reply, signal }),
      [api, words],
    ),
  );
  return (
    <>
      <section className={styles['section']} aria-labelledby="remove-title">
        <h2 id="remove-title">{t('admin.removal.title')}</h2>
        <p className={text['meta']}>{t('admin.removal.about')}</p>
        <TypedSearch
          label={t('admin.removal.find')}
          clearLabel={t('files.clear')}
          value={words}
          maxLength={255}
          onChange={setWords}
        />
        {removed !== null && <p role="status">{t('admin.removal.done', { count: removed })}</p>}
        {found.error && <ErrorCallout error={found.error} />}
        {found.data?.files.length === 0 && <p className={text['meta']}>{t('admin.removal.noMatch')}</p>}
        {found.data && found.data.files.length > 0 && (
          <ul>
            {found.data.files.map((row) => (
              <FoundLine
                key={row.contentId}
                row={row}
                onGone={(count) => {
                  setRemoved(count);
                  found.reload();
                  reload();
                }}
              />
            ))}
          </ul>
        )}
      </section>
      <section className={styles['section']} aria-labelledby="removals-title">
        <h2 id="removals-title">{t('admin.removal.list')}</h2>
        {error && <ErrorCallout error={error} />}
        {data?.removals.length === 0 && <p className={text['meta']}>{t('admin.none')}</p>}
        {data && data.removals.length > 0 && (
          <ul>
            {data.removals.map((removal) => (
              <RemovalLine key={removal.id} removal={removal} onGone={reload} />
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function FoundLine({ row, onGone }: { row: CatalogueRow; onGone: (count: number) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { api } = useSite();
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState('');
  const { act, error, busy } = useAct();
  const { name, size, owner, ownedBy, contentId } = row;
  const owners = ownedBy?.map((each) => each.name) ?? [owner.name];
  const label = t('admin.removal.pick', { name });
  const close = (): void => {
    setIsOpen(false);
  };
  return (
    <>
      <ListLine
        title={name}
        facts={[format.bytes(size), t('admin.removal.owner', { name: owners.join(', ') })]}
        error={null}
        actions={
          <Button
            look="ghost"
            aria-label={label}
            title={label}
            onClick={() => {
              setIsOpen(true);
            }}
          >
            <ShieldX size={16} strokeWidth={1.75} aria-hidden />
          </Button>
        }
      />
      {isOpen && (
        <Dialog title={t('admin.removal.dialog', { name })} onClose={close}>
          <form
            className={styles['form']}
            onSubmit={(event) => {
              event.preventDefault();
              act(askAdmin(api, 'admin:remove', { id: contentId, reason }), ({ removed }) => {
                close();
                onGone(removed);
              });
            }}
          >
            <p>{t('admin.removal.about')}</p>
            <TextField
              label={t('admin.removal.reason')}
              value={reason}
              maxLength={maxReasonChars}
              onChange={({ target }) => {
                setReason(target.value);
              }}
            />
            {error && <ErrorCallout error={error} />}
            <Button type="submit" look="danger" busy={busy}>
              {t('admin.removal.confirm')}
            </Button>
          </form>
        </Dialog>
      )}
    </>
  );
}

function RemovalLine({ removal, onGone }: { removal: Removal; onGone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(60_000);
  const { api } = useSite();
  const { act, error, busy } = useAct();
  const { id, name, owner, reason, at, by } = removal;
  const label = t('admin.removal.restore', { owner: owner.name, name });
  return (
    <ListLine
      title={name}
      facts={[
        t('admin.removal.owner', { name: owner.name }),
        reason === '' ? t('admin.removal.noReason') : reason,
        `${format.ago(at, now)} ${t('admin.by', { name: by })}`,
      ]}
      error={error}
      actions={
        <Button
          look="ghost"
          busy={busy}
          aria-label={label}
          title={label}
          onClick={() => {
            act(askAdmin(api, 'admin:restore', { id }), onGone);
          }}
        >
          <RotateCcw size={16} strokeWidth={1.75} aria-hidden />
        </Button>
      }
    />
  );
}
