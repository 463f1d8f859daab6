import { FileUp, FolderUp, MessageSquareText } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { maxCodeReceivers, maxCodeTextChars } from '@enxame/shared/engine/code';
import { useStore } from 'zustand';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { Select } from '@enxame/ui/parts/field';
import { Progress } from '@enxame/ui/parts/progress';
import text from '@enxame/ui/parts/text.module.css';
import { useAddFiles } from '../shares/add-files.js';
import { useApp } from '../shell/app-context.js';
import { codeForms, codeLives, codePeople } from './send-options.js';
import styles from './send.module.css';

/** Where a send begins: what, and what its code will be like. */
export function NewSend() {
  const { t } = useTranslation();
  const { bridge, codeSender } = useApp();
  const { busy, error } = useStore(codeSender.state);
  const add = useAddFiles();
  const [writing, setWriting] = useState(false);
  return (
    <div className={styles['split']}>
      <div className={styles['main']} tabIndex={0} role="region" aria-label={t('codes.newSend')}>
        <div className={styles['start']}>
          <h2>{t('codes.emptyTitle')}</h2>
          <p>{t('codes.emptyHow')}</p>
          {error !== null && <ErrorCallout error={error} />}
          {busy ? (
            <Making />
          ) : writing ? (
            <TextForm
              onClose={() => {
                setWriting(false);
              }}
            />
          ) : (
            <>
              <div className={styles['heroDo']}>
                <Button
                  look="ink"
                  size="large"
                  icon={<FileUp size={16} strokeWidth={1.75} aria-hidden />}
                  onClick={add.openForCode}
                >
                  {t('codes.chooseFiles')}
                </Button>
                {bridge && (
                  <Button
                    size="large"
                    icon={<FolderUp size={16} strokeWidth={1.75} aria-hidden />}
                    onClick={() => {
                      void bridge.pickFolder().then((folder) => {
                        if (folder !== null) void codeSender.sendPaths([folder]);
                      });
                    }}
                  >
                    {t('codes.chooseFolder')}
                  </Button>
                )}
                <Button
                  size="large"
                  icon={<MessageSquareText size={16} strokeWidth={1.75} aria-hidden />}
                  onClick={() => {
                    setWriting(true);
                  }}
                >
                  {t('codes.writeText')}
                </Button>
              </div>
              <p className={text['meta']}>{t('codes.orDrop')}</p>
            </>
          )}
        </div>
      </div>
      <Options />
    </div>
  );
}

function Making() {
  const { t } = useTranslation();
  const format = useFormat();
  const { codeSender } = useApp();
  const { upload } = useStore(codeSender.state);
  const percent = upload ? format.percent(upload.bytesSent, upload.size) : '';
  const words = upload ? t('codes.copying', { percent }) : t('codes.making');
  return (
    <div className={styles['making']} role="status">
      <span>{words}</span>
      <Progress
        state={upload ? 'moving' : 'checking'}
        part={upload && upload.size > 0 ? upload.bytesSent / upload.size : 0}
        label={t('codes.making')}
        text={words}
      />
      <Button onClick={codeSender.cancel}>{t('common.cancel')}</Button>
    </div>
  );
}

function TextForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { codeSender } = useApp();
  const [typed, setTyped] = useState('');
  const id = useId();
  return (
    <form
      className={styles['textForm']}
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== '') void codeSender.sendText(typed);
      }}
    >
      <label htmlFor={id}>{t('codes.text')}</label>
      <textarea
        id={id}
        autoFocus
        dir="auto"
        rows={5}
        maxLength={maxCodeTextChars}
        placeholder={t('codes.textHint')}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
        }}
      />
      <div className={styles['heroDo']}>
        <Button look="ink" type="submit" disabled={typed.trim() === ''}>
          {t('codes.sendText')}
        </Button>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
      </div>
    </form>
  );
}

function Options() {
  const { t } = useTranslation();
  const toWords = (count: number): string => {
    if (count === 1) return t('codes.onePerson');
    return count === maxCodeReceivers ? t('codes.manyPeople') : t('codes.upToPeople', { count });
  };
  const { options } = useApp().codeSender;
  const { life, form, people } = useStore(options);
  return (
    <aside className={styles['aside']} aria-label={t('codes.rules')}>
      <section>
        <h3>{t('codes.rules')}</h3>
        <div className={styles['opt']}>
          <span aria-hidden>{t('codes.people')}</span>
          <Select
            label={t('codes.people')}
            value={String(people)}
            options={codePeople.map((count) => [String(count), toWords(count)] as const)}
            onChange={(chosen) => {
              options.setState({ people: codePeople.find((count) => String(count) === chosen) ?? 1 });
            }}
          />
        </div>
        <div className={styles['opt']}>
          <span aria-hidden>{t('codes.expires')}</span>
          <Select
            label={t('codes.expires')}
            value={life}
            options={codeLives.map(([name]) => [name, t(`codes.${name}`)] as const)}
            onChange={(next) => {
              options.setState({ life: next });
            }}
          />
        </div>
        <div className={styles['opt']}>
          <span aria-hidden>{t('codes.form')}</span>
          <Select
            label={t('codes.form')}
            value={form}
            options={codeForms.map(([name]) => [name, t(`codes.${name}`)] as const)}
            onChange={(next) => {
              options.setState({ form: next });
            }}
          />
        </div>
      </section>
    </aside>
  );
}
