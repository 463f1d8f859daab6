/** The words about looking at a file. */
export const enPreview = {
  preview: {
    open: 'Preview',
    fetch: 'Download and preview',
    openName: 'Preview {{name}}',
    loading: 'Loading the preview',
    coming: '{{percent}} of it is here. What you look at is fetched first.',
    waiting: 'Waiting for a source. {{percent}} of it is here.',
    paused: 'The download is paused at {{percent}}. What is not here cannot be shown.',
    cannotShow: 'This file cannot be shown here',
    cannotShowWhy:
      'It is damaged, or of a kind that this window does not know. It can be opened with another program, from its folder.',
    pdf: 'PDF files are not shown in this window',
    pdfTab: 'Open it in a tab of its own, where the browser shows or saves it.',
    pdfFolder: 'Open it with another program, from its folder.',
    openTab: 'Open in a new tab',
    firstOf: 'The first {{part}} of {{size}}',
    empty: 'This file is empty.',
    text: 'Text of {{name}}',
    picture: 'Picture: {{name}}',
    player: 'Player: {{name}}',
    inFolder: 'In this folder',
    moreInFolder_one: 'and {{count, number}} more in the folder itself',
    moreInFolder_other: 'and {{count, number}} more in the folder itself',
  },
} as const;
