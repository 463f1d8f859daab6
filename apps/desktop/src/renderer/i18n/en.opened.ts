/** What was opened with Enxame from outside: files, links. */
export const enOpened = {
  opened: {
    files_one: 'Share {{count, number}} file?',
    files_other: 'Share {{count, number}} files?',
    more_one: 'and {{count, number}} more',
    more_other: 'and {{count, number}} more',
    share: 'Share',
    byCode: 'Send with a code',
    notNow: 'Not now',
    network: 'A link to the network at {{address}}',
    networkSeal: 'Its seal should be “{{seal}}”. Compare it before you join.',
    networkHow: 'To join, write this address under “Use another network”.',
    shareLink: 'A link to a file in the network at {{address}}',
    shareLinkHow: 'Open it in a browser: https://{{address}}/f/{{id}}',
    copyAddress: 'Copy the address',
    toConnection: 'Go to Connection',
    refused: 'This link is not one that Enxame knows',
    refusedHow: 'Nothing was opened. Ask whoever gave it to you for a new one.',
    restarted: 'The page was opened again',
    restartedHow: 'It had stopped by mistake. Transfers were not interrupted.',
  },
};
