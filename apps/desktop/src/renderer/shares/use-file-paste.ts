import { useEffect } from 'react';
import { useApp } from '../shell/app-context.js';
import { goTo, useRoute } from '../shell/route.js';
import { useLastVisibility } from '../visibility/use-last-visibility.js';

/** Files that are pasted anywhere are shared, for whom the last ones were; on the page of codes they are sent by one. */
export function useFilePaste(): void {
  const { bridge, adder, codeSender } = useApp();
  const { page } = useRoute();
  const [visibility] = useLastVisibility();
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0 || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      const byCode = page === 'send';
      goTo(byCode ? 'send' : 'files', byCode ? 'new' : undefined);
      const paths = bridge ? files.map((file) => bridge.pathForFile(file)) : [];
      // A picture from another program is no file yet: it has no path, and goes the way of a browser's files.
      const unsaved = files.filter((_file, index) => !paths[index]);
      const saved = paths.filter(Boolean);
      if (saved.length > 0) void (byCode ? codeSender.sendPaths(saved) : adder.sharePaths(saved, visibility));
      if (unsaved.length > 0) void (byCode ? codeSender.sendFiles(unsaved) : adder.uploadFiles(unsaved, visibility));
    };
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('paste', paste);
    };
  }, [bridge, adder, codeSender, page, visibility]);
}
