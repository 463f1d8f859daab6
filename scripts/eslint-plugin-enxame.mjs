// Rules of this project that no published plugin has. Kept small: what a type or a layer can say is said there.

const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.(ts|tsx|js|mjs|cjs)$/;

const kebabCaseFile = {
  meta: { type: 'suggestion', schema: [], messages: { name: 'File names are kebab-case: {{name}}' } },
  create: (context) => ({
    Program(node) {
      const name = context.filename.split(/[\\/]/).at(-1) ?? '';
      if (!kebabCase.test(name) && !name.startsWith('.')) context.report({ node, messageId: 'name', data: { name } });
    },
  }),
};

const suppressionReason = {
  meta: { type: 'suggestion', schema: [], messages: { reason: 'A suppression carries its reason: "-- why".' } },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        if (/^\s*eslint-disable/.test(comment.value) && !/\s--\s+\S.{9,}/.test(comment.value)) {
          context.report({ loc: comment.loc, messageId: 'reason' });
        }
      }
    },
  }),
};

export const enxamePlugin = {
  meta: { name: 'enxame' },
  rules: { 'kebab-case-file': kebabCaseFile, 'suppression-reason': suppressionReason },
};
