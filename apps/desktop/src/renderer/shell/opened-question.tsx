import type { AppLink } from '../../bridge/app-link.js';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@enxame/ui/parts/button';
import { CopyButton } from '@enxame/ui/parts/copy-button';
import { Dialog } from '@enxame/ui/parts/dialog';
import { useLastVisibility } from '../visibility/use-last-visibility.js';
import { toChoice, toVisibility, VisibilityPicker } from '../visibility/visibility-picker.js';
import { useApp } from './app-context.js';
import { goTo } from './route.js';

/** What waits for the person's word before anything is done with it. */
export type Opened =
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  | { readonly kind: 'link'; readonly link: Exclude<AppLink, { kind: 'code' }> };

/** Names that are listed; the count is of all. */
const maxNames = 5;

/** Files were opened with Enxame, or a link that leads somewhere else: says what it would do, and waits. */
export function OpenedQuestion({ opened, onClose }: { readonly opened: Opened; readonly onClose: () => void }) {
  return opened.kind === 'paths' ? (
    <PathsQuestion paths={opened.paths} onClose={onClose} />
  ) : (
    <LinkQuestion link={opened.link} onClose={onClose} />
  );
}

function PathsQuestion({ paths, onClose }: { readonly paths: readonly string[]; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { adder, codeSender } = useApp();
  const [last, keep] = useLastVisibility();
  const [choice, setChoice] = useState(() => toChoice(last));
  const visibility = toVisibility(choice);
  const others = paths.length - maxNames;
  return (
    <Dialog
      title={t('opened.files', { count: paths.length })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('opened.notNow')}</Button>
          <Button
            onClick={() => {
              onClose();
              goTo('send');
              void codeSender.sendPaths(paths);
            }}
          >
            {t('opened.byCode')}
          </Button>
          <Button
            look="ink"
            disabled={visibility === null}
            onClick={() => {
              if (!visibility) return;
              keep(visibility);
              onClose();
              goTo('files');
              void adder.sharePaths(paths, visibility);
            }}
          >
            {t('opened.share')}
          </Button>
        </>
      }
    >
      <ul>
        {paths.slice(0, maxNames).map((path) => (
          <li key={path} dir="auto" title={path}>
            {path.split(/[/\\]/).at(-1)}
          </li>
        ))}
        {others > 0 && <li>{t('opened.more', { count: others })}</li>}
      </ul>
      <VisibilityPicker choice={choice} onChange={setChoice} />
    </Dialog>
  );
}

function LinkQuestion({
  link,
  onClose,
}: {
  readonly link: Exclude<AppLink, { kind: 'code' }>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const isNetwork = link.kind === 'tracker';
  const address = isNetwork ? link.address : link.tracker;
  return (
    <Dialog
      title={t(isNetwork ? 'opened.network' : 'opened.shareLink', { address })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('opened.notNow')}</Button>
          <CopyButton text={isNetwork ? address : `https://${address}/f/${link.id}`} label={t('opened.copyAddress')} />
          {isNetwork && (
            <Button
              look="ink"
              onClick={() => {
                onClose();
                goTo('connection');
              }}
            >
              {t('opened.toConnection')}
            </Button>
          )}
        </>
      }
    >
      {isNetwork ? (
        <>
          {link.seal !== null && <p>{t('opened.networkSeal', { seal: link.seal })}</p>}
          <p>{t('opened.networkHow')}</p>
        </>
      ) : (
        <p>{t('opened.shareLinkHow', { address, id: link.id })}</p>
      )}
    </Dialog>
  );
}
