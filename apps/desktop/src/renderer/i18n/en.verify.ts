/** The words about checking again what is on the disk. */
export const enVerify = {
  verify: {
    title: 'Check my files',
    how: 'Reads every file that you share or received again, and compares it with what it was. Nothing is changed or removed.',
    start: 'Check now',
    again: 'Check again',
    stop: 'Stop',
    running: 'Checking',
    progress: '{{done, number}} of {{total, number}} files, {{bytes}} of {{totalBytes}}',
    allOk_one: '{{count, number}} file checked: it is as it was.',
    allOk_other: '{{count, number}} files checked: all are as they were.',
    nothing: 'There is nothing to check yet: nothing is shared, and nothing was received.',
    stopped: 'Stopped after {{done, number}} of {{total, number}} files.',
    broken_one: '{{count, number}} file is not what it was',
    broken_other: '{{count, number}} files are not what they were',
    brokenHow: 'They are not sent to anyone as they are. Share them again, or download them again.',
    brokenMore_one: 'and {{count, number}} more',
    brokenMore_other: 'and {{count, number}} more',
    finished: 'Last check: {{when}}.',
    list: 'Broken files',
    saidDone: 'Check finished',
  },
} as const;
