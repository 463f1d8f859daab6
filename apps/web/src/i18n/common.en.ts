/** What both pages say. */
export const commonEn = {
  common: {
    close: 'Close',
    copied: 'Copied',
    copyDetails: 'Copy details',
    tryAgain: 'Try again',
    cancel: 'Cancel',
    language: 'Language',
    toDark: 'Dark theme',
    toLight: 'Light theme',
    skip: 'Skip to the content',
    loading: 'Loading',
    folder: 'Folder',
    files_one: '{{count, number}} file',
    files_other: '{{count, number}} files',
    copySha: 'Copy SHA-256',
  },
  presence: { online: 'online', offline: 'offline', unknown: 'presence not known' },
};
