import type { Page } from '@playwright/test';

/**
 * Makes the page one of a desktop window before it is opened: with a stand-in of the bridge, and a port to the engine as
 * the preload posts it. What the window would ask of its system is answered from `answers`, and noted in `window.asked`.
 */
export async function openInWindow(page: Page, token: string, answers: WindowAnswers = {}): Promise<void> {
  await page.addInitScript(putBridge, { token, answers });
}

export interface WindowAnswers {
  readonly files?: readonly string[];
  readonly update?: unknown;
  readonly hasTray?: boolean;
}

/** Runs in the page, handed over as text: it can use nothing from outside of itself. */
function putBridge({ token, answers }: { token: string; answers: WindowAnswers }): void {
  const asked: string[] = [];
  let tell: (message: unknown) => void = () => undefined;
  const bridge = {
    platform: 'linux',
    pathForFile: () => '',
    pickFiles: () => Promise.resolve([...(answers.files ?? [])]),
    pickFolder: () => Promise.resolve(null),
    showInFolder: () => Promise.resolve(),
    desktopState: () =>
      Promise.resolve({ hasTray: answers.hasTray ?? true, update: answers.update ?? { state: 'unavailable' } }),
    checkForUpdate: () => {
      asked.push('check');
      return Promise.resolve();
    },
    installUpdate: () => {
      asked.push('install');
      return Promise.resolve();
    },
    onMessage: (listener: (message: unknown) => void) => {
      tell = listener;
    },
  };
  Object.assign(window, {
    enxame: bridge,
    asked,
    tellWindow: (message: unknown) => {
      tell(message);
    },
  });
  window.addEventListener('load', () => {
    const socket = new WebSocket(`ws://${location.host}/engine`, ['enxame', `token.${token}`]);
    const { port1, port2 } = new MessageChannel();
    socket.onmessage = ({ data }) => {
      port2.postMessage(data);
    };
    port2.onmessage = ({ data }) => {
      socket.send(data as string);
    };
    socket.onopen = () => {
      window.postMessage('enxame:port', location.origin, [port1]);
    };
  });
}
