import { registrationModes, type AdminSettings } from '@enxame/shared/tracker/admin';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { Select, TextField } from '@enxame/ui/parts/field';
import text from '@enxame/ui/parts/text.module.css';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/use-act.js';
import { useSite } from '../shell/site-context.js';
import { askAdmin, useAdmin, type AdminReply } from './admin-api.js';
import { InvitationsSection } from './invitations-section.js';
import { ListLine } from './list-line.js';
import styles from './admin.module.css';

/** Who may come in, and who decides. */
export function EntryPart() {
  const { t } = useTranslation();
  const { data, error, reload } = useAdmin('admin:read');
  return (
    <>
      {error && <ErrorCallout error={error} actions={<Button onClick={reload}>{t('common.tryAgain')}</Button>} />}
      {!data && !error && <p className={text['meta']}>{t('common.loading')}</p>}
      {data && <SettingsForm settings={data.settings} onChanged={reload} />}
      <InvitationsSection />
      {data && <Administrators admins={data.admins} onChanged={reload} />}
    </>
  );
}

function SettingsForm({ settings, onChanged }: { settings: AdminSettings; onChanged: () => void }) {
  const { t } = useTranslation();
  const { api } = useSite();
  const { act, error } = useAct();
  const [days, setDays] = useState(String(settings.nameBlockedDays));
  const change = (part: Partial<AdminSettings>): void => {
    act(askAdmin(api, 'admin:configure', part), onChanged);
  };
  return (
    <section className={styles['section']} aria-label={t('admin.entry')}>
      <div className={styles['form']}>
        <div className={styles['choice']}>
          <span>{t('admin.settings.registration')}</span>
          <Select
            label={t('admin.settings.registration')}
            value={settings.registration}
            options={registrationModes.map((mode) => [mode, t(`admin.settings.${mode}`)] as const)}
            onChange={(registration) => {
              change({ registration });
            }}
          />
        </div>
        <div className={styles['choice']}>
          <span>{t('admin.settings.catalogue')}</span>
          <Select
            label={t('admin.settings.catalogue')}
            value={settings.catalogue}
            options={(['members', 'public'] as const).map((who) => [who, t(`admin.settings.${who}`)] as const)}
            onChange={(catalogue) => {
              change({ catalogue });
            }}
          />
        </div>
        <form
          className={styles['form']}
          onSubmit={(event) => {
            event.preventDefault();
            change({ nameBlockedDays: Number(days) });
          }}
        >
          <TextField
            label={t('admin.settings.blocked')}
            type="number"
            min={0}
            max={3650}
            value={days}
            onChange={({ target }) => {
              setDays(target.value);
            }}
          />
          {Number(days) !== settings.nameBlockedDays && (
            <Button type="submit" disabled={days === ''}>
              {t('admin.save')}
            </Button>
          )}
        </form>
        {error && <ErrorCallout error={error} />}
      </div>
    </section>
  );
}

function Administrators({ admins, onChanged }: { admins: AdminReply<'admin:read'>['admins']; onChanged: () => void }) {
  const { t } = useTranslation();
  const { api } = useSite();
  const [name, setName] = useState('');
  const appointing = useAct();
  const dismissing = useAct();
  return (
    <section className={styles['section']} aria-labelledby="admins-title">
      <h2 id="admins-title">{t('admin.admins.title')}</h2>
      <ul>
        {admins.map((admin) => (
          <ListLine
            key={admin.id}
            title={admin.name}
            facts={[]}
            error={null}
            end={{
              label: t('admin.admins.dismiss', { name: admin.name }),
              title: t('admin.admins.dismissTitle', { name: admin.name }),
              text: t('admin.admins.dismissText'),
              keep: t('admin.admins.keep'),
              confirm: t('admin.admins.dismissIt'),
              onConfirm: () => {
                dismissing.act(askAdmin(api, 'admin:dismiss', { name: admin.name }), onChanged);
              },
            }}
          />
        ))}
      </ul>
      {dismissing.error && <ErrorCallout error={dismissing.error} />}
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          appointing.act(askAdmin(api, 'admin:appoint', { name: name.trim() }), () => {
            setName('');
            onChanged();
          });
        }}
      >
        <TextField
          label={t('admin.admins.name')}
          value={name}
          maxLength={100}
          onChange={({ target }) => {
            setName(target.value);
          }}
        />
        <Button type="submit" busy={appointing.busy} disabled={name.trim() === ''}>
          {t('admin.admins.appoint')}
        </Button>
        {appointing.error && <ErrorCallout error={appointing.error} />}
      </form>
    </section>
  );
}
