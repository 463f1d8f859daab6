/** The words before a download: only said when something is worth telling. */
export const enPreflight = {
  preflight: {
    doesNotFit: '“{{name}}” does not fit',
    nameTaken: 'Something else is called “{{name}}” there',
    namesChange: 'Some names of “{{name}}” change on this computer',
    needs: 'It needs {{need}}, and {{free}} are free: {{missing}} are missing.',
    savedAs: 'What is there stays. The new one is saved as “{{name}}”.',
    renames_one: '{{count, number}} name cannot be kept on this system:',
    renames_other: '{{count, number}} names cannot be kept on this system:',
    renamesMore_one: 'and {{count, number}} more',
    renamesMore_other: 'and {{count, number}} more',
    becomes: 'becomes',
    filesHere: '{{done, number}} of {{total, number}} files are here already. {{size}} are fetched.',
    bytesHere: '{{done}} are here already. {{size}} are fetched.',
    allHere: '“{{name}}” is here already',
    folder: 'Into',
    otherFolder: 'Choose another folder',
    anyway: 'Download anyway',
  },
} as const;
