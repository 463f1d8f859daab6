import type { ContextBridge, IpcRenderer, WebUtils } from 'electron';
import type { Answer, PayloadIn, ReplyOf, RequestName } from '@enxame/shared/messages/request-table';
import { bridgeName, portMessage, type DesktopBridge } from '../bridge/desktop-bridge.js';
import type { ShellCalls } from '../bridge/shell-calls.js';
import { enginePortChannel, shellCallChannel, shellMessageChannel } from '../bridge/shell-channels.js';
import type { ShellMessage } from '../bridge/shell-messages.js';

/**
 * Gives the page the bridge, and its ports to the engine as they come. Nothing generic crosses: no channel name, no
 * event object of Electron, no way to ask main for what the bridge does not list.
 */
export function exposeBridge(deps: {
  readonly contextBridge: Pick<ContextBridge, 'exposeInMainWorld'>;
  readonly ipcRenderer: Pick<IpcRenderer, 'invoke' | 'on'>;
  readonly webUtils: Pick<WebUtils, 'getPathForFile'>;
  readonly platform: string;
  readonly page: Pick<Window, 'postMessage'> & { readonly location: Pick<Location, 'origin'> };
}): void {
  const { ipcRenderer, page } = deps;

  async function call<N extends RequestName<ShellCalls>>(
    name: N,
    payload: PayloadIn<ShellCalls, N>,
  ): Promise<ReplyOf<ShellCalls, N>> {
    const answer = (await ipcRenderer.invoke(shellCallChannel, name, payload)) as Answer;
    // Across the context bridge an error keeps nothing but its message: the code.
    if (!answer.ok) throw new Error(answer.error.code);
    return answer.reply as ReplyOf<ShellCalls, N>;
  }

  const early: ShellMessage[] = [];
  let tell = (message: ShellMessage): void => void early.push(message);
  ipcRenderer.on(shellMessageChannel, (_event, message: ShellMessage) => {
    tell(message);
  });

  const bridge: DesktopBridge = {
    platform: deps.platform,
    pathForFile: (file) => deps.webUtils.getPathForFile(file),
    pickFiles: () => call('files:pick', {}),
    pickFolder: (current) => call('folder:pick', current === undefined ? {} : { current }),
    showInFolder: async (path) => {
      await call('path:show', { path });
    },
    desktopState: () => call('desktop:get', {}),
    checkForUpdate: async () => {
      await call('update:check', {});
    },
    installUpdate: async () => {
      await call('update:install', {});
    },
    onMessage: (listener) => {
      tell = listener;
      for (const message of early.splice(0)) listener(message);
    },
  };
  deps.contextBridge.exposeInMainWorld(bridgeName, bridge);
  ipcRenderer.on(enginePortChannel, (event) => {
    page.postMessage(portMessage, page.location.origin, [...event.ports]);
  });
}
