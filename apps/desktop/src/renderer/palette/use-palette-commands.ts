import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddFiles } from '../shares/add-files.js';
import { useApp } from '../shell/app-context.js';
import { goTo } from '../shell/route.js';
import { showShortcuts } from '../shell/shortcut-events.js';
import { canPause } from '../transfers/transfer-facts.js';
import { useTransferActions } from '../transfers/use-transfer-actions.js';
import type { Command } from './palette-commands.js';

/** Everything that can be done from anywhere. */
export function usePaletteCommands(): readonly Command[] {
  const { t } = useTranslation();
  const { transfers } = useApp();
  const add = useAddFiles();
  const actions = useTransferActions();
  return useMemo(() => {
    const page = (to: Parameters<typeof goTo>[0], title: string, words = '', id?: string): Command => ({
      id: id === undefined ? to : `${to}/${id}`,
      title,
      words,
      run: () => {
        goTo(to, id);
      },
    });
    return [
      page('files', t('nav.files')),
      page('transfers', t('nav.transfers')),
      page('send', t('codes.newSend'), t('palette.codeWords'), 'new'),
      page('send', t('codes.receive'), t('palette.codeWords'), 'receive'),
      page('send', t('links.title'), '', 'links'),
      page('people', t('nav.people')),
      page('connection', t('nav.connection')),
      page('history', t('history.title'), t('palette.historyWords')),
      page('settings', t('nav.settings')),
      { id: 'add', title: t('files.add'), words: t('palette.addWords'), run: add.open },
      {
        id: 'pause',
        title: t('transfers.pauseAll'),
        words: '',
        run: () => {
          for (const transfer of transfers.getState().transfers.values())
            if (canPause(transfer)) actions.pause(transfer);
        },
      },
      {
        id: 'resume',
        title: t('transfers.resumeAll'),
        words: '',
        run: () => {
          for (const transfer of transfers.getState().transfers.values())
            if (transfer.state === 'paused') actions.resume(transfer);
        },
      },
      page('settings', t('limits.title'), t('palette.limitsWords'), 'limits'),
      page('settings', t('verify.title'), '', 'check'),
      page('settings', t('settings.languageTheme'), '', 'looks'),
      { id: 'shortcuts', title: t('shortcuts.title'), words: '', run: showShortcuts },
    ];
  }, [t, transfers, add, actions]);
}
