/** The words of Ctrl/Cmd-K. */
export const enPalette = {
  palette: {
    title: 'Go to a file, a person or a command',
    hint: 'File, person or command',
    commands: 'Commands',
    none: 'Nothing is called “{{query}}”',
    historyWords: 'receipts, sent, received',
    codeWords: 'code, wormhole',
    addWords: 'share',
    limitsWords: 'schedule, slow',
  },
} as const;
