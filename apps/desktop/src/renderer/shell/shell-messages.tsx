import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PageCommand, ShellMessage } from '../../bridge/shell-messages.js';
import { useAddFiles } from '../shares/add-files.js';
import { useApp } from './app-context.js';
import { OpenedQuestion, type Opened } from './opened-question.js';
import { goTo } from './route.js';
import { showShortcuts } from './shortcut-events.js';

/** Does what the menus, the tray and notifications ask of the page, and asks about what was opened with Enxame. */
export function ShellMessages() {
  const { t } = useTranslation();
  const { bridge, desktop, toasts, typedCode } = useApp();
  const { open, openFolder } = useAddFiles();
  const [questions, setQuestions] = useState<readonly Opened[]>([]);
  useEffect(() => {
    const ask = (opened: Opened): void => {
      setQuestions((waiting) => [...waiting, opened]);
    };
    const run = (command: PageCommand): void => {
      switch (command) {
        case 'share-files':
          open();
          break;
        case 'share-folder':
          openFolder();
          break;
        case 'send':
          goTo('send', 'new');
          break;
        case 'receive':
          goTo('send', 'receive');
          break;
        case 'search':
          pressKey('f');
          break;
        case 'commands':
          pressKey('k');
          break;
        case 'shortcuts':
          showShortcuts();
          break;
      }
    };
    bridge?.onMessage((message: ShellMessage) => {
      switch (message.kind) {
        case 'go':
          goTo(message.page);
          break;
        case 'command':
          run(message.command);
          break;
        case 'link':
          if (message.link.kind === 'code') {
            // Where it is received, the code is shown and waits for the button.
            typedCode.setState({ typed: message.link.link });
            goTo('send', 'receive');
          } else ask({ kind: 'link', link: message.link });
          break;
        case 'paths':
          ask({ kind: 'paths', paths: message.paths });
          break;
        case 'link-refused':
          toasts.getState().show({ kind: 'plain', title: t('opened.refused'), text: t('opened.refusedHow') });
          break;
        case 'page-restarted':
          toasts.getState().show({ kind: 'plain', title: t('opened.restarted'), text: t('opened.restartedHow') });
          break;
        case 'update':
          desktop.setState(({ state }) => ({ state: state && { ...state, update: message.update } }));
          break;
      }
    });
  }, [bridge, desktop, open, openFolder, t, toasts, typedCode]);
  const [first] = questions;
  if (!first) return null;
  return (
    <OpenedQuestion
      key={questions.length}
      opened={first}
      onClose={() => {
        setQuestions((waiting) => waiting.filter((one) => one !== first));
      }}
    />
  );
}

/** What the key does, the menu does: one place knows how. */
function pressKey(key: string): void {
  window.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: true, cancelable: true }));
}
