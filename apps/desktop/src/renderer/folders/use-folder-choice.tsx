import { useState } from 'react';
import { useApp } from '../shell/app-context.js';
import { FolderPicker } from './folder-picker.js';

/** Choosing a folder: by the system's picker in a window, by the engine's in a browser. */
export function useFolderChoice(folder: string, onChoose: (folder: string) => void) {
  const { bridge } = useApp();
  const [picking, setPicking] = useState(false);
  const change = (): void => {
    if (!bridge) setPicking(true);
    else
      void bridge.pickFolder(folder).then((chosen) => {
        if (chosen !== null) onChoose(chosen);
      });
  };
  const picker = picking && (
    <FolderPicker
      kind="folder"
      start={folder}
      onClose={() => {
        setPicking(false);
      }}
      onChoose={([chosen]) => {
        setPicking(false);
        if (chosen !== undefined) onChoose(chosen);
      }}
    />
  );
  return { change, picker };
}
