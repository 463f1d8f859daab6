import { isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { TrackerInfo } from '@enxame/shared/engine/status';
import { AtSign, Fingerprint, FolderOpen, Laptop, ShieldCheck, Ticket } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDescribeError } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { Callout, ErrorCallout } from '@enxame/ui/parts/callout';
import chip from '@enxame/ui/parts/chip.module.css';
import field from '@enxame/ui/parts/field.module.css';
import { Hint, TextField } from '@enxame/ui/parts/field';
import { useFolderChoice } from '../folders/use-folder-choice.js';
import { useApp, useStatus } from '../shell/app-context.js';
import styles from './onboarding.module.css';
import { useNameCheck } from './use-name-check.js';
import type { NetworkInvite } from './use-network-choice.js';

interface Props {
  readonly info: TrackerInfo;
  /** Names can be checked: the network is in use. */
  readonly used: boolean;
  readonly invite: NetworkInvite | null;
  /** Takes the network; for someone who is faster than the first taking of it. */
  readonly onUse: () => Promise<void>;
}

/** Name, computer, folder, one button. */
export function JoinForm({ info, used, invite, onUse }: Props) {
  const { t } = useTranslation();
  const { link } = useApp();
  const { settings } = useStatus();
  const describe = useDescribeError();
  const [name, setName] = useState('');
  const [deviceName, setDeviceName] = useState(settings.deviceName);
  const [folder, setFolder] = useState(settings.downloadsFolder);
  const [joining, setJoining] = useState(false);
  const [refused, setRefused] = useState<{ name: string; error: unknown } | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  /** Null until the network has asked for one, unless a link brought it. */
  const [invitation, setInvitation] = useState(invite?.invitation ?? null);
  const [uninvited, setUninvited] = useState<unknown>(null);
  const check = useNameCheck(name, used);
  const { change, picker } = useFolderChoice(folder, setFolder);

  const join = async (): Promise<void> => {
    setJoining(true);
    setFailed(null);
    try {
      if (!used) await onUse();
      const device = deviceName.trim() === '' ? settings.deviceName : deviceName.trim();
      if (device !== settings.deviceName || folder !== settings.downloadsFolder) {
        await link.call('settings:set', { deviceName: device, downloadsFolder: folder });
      }
      await link.call('user:register', { name, ...(invitation && { invitation: invitation.trim() }) });
    } catch (error) {
      if (isErrorWithCode(error, 'invitation-invalid')) {
        if (invitation === null) setInvitation('');
        else setUninvited(error);
      } else if (isAboutName(error)) setRefused({ name, error });
      else setFailed(error);
    } finally {
      setJoining(false);
    }
  };

  function invitationHint(): string {
    if (uninvited !== null) return `${describe(uninvited).what} ${describe(uninvited).todo}`;
    const fromLink = invitation !== '' && invitation === invite?.invitation;
    return t(fromLink ? 'onboarding.invitationFromLink' : 'onboarding.invitationHow');
  }

  // The seal is set apart from the sentence around it, in each language's order.
  const [before = '', after = ''] = t('onboarding.firstTimeHow', { words: '|' }).split('|');
  const error = refused?.name === name ? refused.error : check.state === 'refused' ? check.error : null;
  const words = error === null ? null : describe(error);
  const hint = words
    ? `${words.what} ${words.todo}`
    : check.state === 'free'
      ? t('onboarding.nameFree')
      : check.state === 'checking'
        ? t('onboarding.nameChecking')
        : undefined;
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (!joining) void join();
      }}
    >
      <TextField
        label={t('onboarding.name')}
        icon={<AtSign size={16} strokeWidth={1.75} aria-hidden />}
        autoComplete="username"
        autoFocus
        dir="auto"
        value={name}
        maxLength={1000}
        hint={hint}
        hintKind={words ? 'bad' : check.state === 'free' ? 'ok' : 'plain'}
        onChange={(event) => {
          setName(event.target.value);
        }}
        after={
          check.ideas.length > 0 && (
            <div className={styles['ideas']} role="group" aria-label={t('onboarding.suggestionsFor')}>
              {check.ideas.map((idea) => (
                <button
                  key={idea}
                  type="button"
                  className={chip['chip']}
                  onClick={() => {
                    setName(idea);
                  }}
                >
                  <span dir="auto">{idea}</span>
                </button>
              ))}
            </div>
          )
        }
      />
      {invitation !== null && (
        <TextField
          label={t('onboarding.invitation')}
          icon={<Ticket size={16} strokeWidth={1.75} aria-hidden />}
          autoFocus={invitation === ''}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          value={invitation}
          maxLength={100}
          hint={invitationHint()}
          hintKind={uninvited === null ? 'plain' : 'bad'}
          onChange={(event) => {
            setInvitation(event.target.value);
            setUninvited(null);
          }}
        />
      )}
      <TextField
        label={t('onboarding.device')}
        icon={<Laptop size={16} strokeWidth={1.75} aria-hidden />}
        value={deviceName}
        maxLength={80}
        onChange={(event) => {
          setDeviceName(event.target.value);
        }}
      />
      <div className={field['field']}>
        <span className={field['label']}>{t('onboarding.folder')}</span>
        <div className={styles['folder']}>
          <span>{folder}</span>
          <Button icon={<FolderOpen size={16} strokeWidth={1.75} aria-hidden />} onClick={change}>
            {t('common.change')}
          </Button>
        </div>
        {picker}
      </div>
      {failed !== null && <ErrorCallout error={failed} />}
      <Button type="submit" look="ink" size="large" wide busy={joining}>
        {joining ? t('onboarding.joining') : t('onboarding.joinButton')}
      </Button>
      <Hint icon={<ShieldCheck size={14} strokeWidth={1.75} aria-hidden />}>{t('onboarding.noPassword')}</Hint>
      <Callout
        kind="plain"
        icon={<Fingerprint size={16} strokeWidth={1.75} aria-hidden />}
        title={t('onboarding.firstTime')}
      >
        <p>
          {before}
          <span className={styles['words']}>{info.words}</span>
          {after}
        </p>
        {invite?.seal && (
          <p>
            {t(invite.seal === info.words ? 'onboarding.sealAsInLink' : 'onboarding.sealNotAsInLink', {
              words: invite.seal,
            })}
          </p>
        )}
      </Callout>
    </form>
  );
}

function isAboutName(error: unknown): boolean {
  return error instanceof Error && (error.message.startsWith('name-') || error.message === 'already-registered');
}
