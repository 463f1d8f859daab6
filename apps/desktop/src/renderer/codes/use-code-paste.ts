import { useEffect } from 'react';
import { useApp } from '../shell/app-context.js';
import { goTo } from '../shell/route.js';
import { findPastedCode } from './code-text.js';

/** A code or a link that is pasted anywhere but into a text opens where it is received. */
export function useCodePaste(): void {
  const { typedCode } = useApp();
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const { target } = event;
      const inText = target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]') !== null;
      if (inText || document.querySelector('dialog[open]')) return;
      const code = findPastedCode(event.clipboardData?.getData('text/plain') ?? '');
      if (code === null) return;
      event.preventDefault();
      typedCode.setState({ typed: code });
      goTo('send', 'receive');
    };
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('paste', paste);
    };
  }, [typedCode]);
}
