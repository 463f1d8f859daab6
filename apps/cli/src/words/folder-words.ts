/** Folders, and what is told before a download. */
export interface FolderWords {
  /** How much a folder has in it. */
  readonly files: (count: number) => string;
  readonly receivedFolder: (path: string, size: string, files: number) => string;
  /** Hidden files are in shared folders. */
  readonly hidden: (count: number) => string;
  readonly renamed: (count: number, firstFrom: string, firstTo: string) => string;
  readonly refusedMore: (count: number) => string;
  readonly preflight: (told: {
    readonly name: string;
    readonly size: string;
    readonly files: number | null;
    readonly toFetch: string;
    readonly here: string | null;
    readonly folder: string;
    readonly free: string;
  }) => string;
  readonly savedAs: (name: string, taken: string) => string;
  readonly noRoom: string;
  readonly askGet: string;
}

export const folderWordsEn: FolderWords = {
  files: (count) => (count === 1 ? '1 file' : `${String(count)} files`),
  receivedFolder: (path, size, files) =>
    `Received and verified: ${path} (${size}, ${folderWordsEn.files(files)})\nEvery file was verified by itself.`,
  hidden: (count) =>
    count === 1
      ? '1 hidden file is shared with the folder.'
      : `${String(count)} hidden files are shared with the folder.`,
  renamed: (count, from, to) =>
    `Other systems cannot have ${count === 1 ? 'this name' : `${String(count)} of the names`}: ${from} is shared as ${to}${count === 1 ? '' : ', and so on'}.`,
  refusedMore: (count) => `${String(count)} more cannot be shared.`,
  preflight: ({ name, size, files, toFetch, here, folder, free }) =>
    [
      `${name}: ${files === null ? size : `${size}, ${folderWordsEn.files(files)}`}`,
      here === null ? null : `${here} of it are on this computer already; ${toFetch} will be fetched.`,
      `To ${folder}, where ${free} are free.`,
    ]
      .filter((line) => line !== null)
      .join('\n'),
  savedAs: (name, taken) => `There is a “${taken}” already, which stays: this one will be “${name}”.`,
  noRoom: 'There is not enough room for it.',
  askGet: 'Fetch it? [y/N] ',
};

export const folderWordsPtBr: FolderWords = {
  files: (count) => (count === 1 ? '1 arquivo' : `${String(count)} arquivos`),
  receivedFolder: (path, size, files) =>
    `Recebido e conferido: ${path} (${size}, ${folderWordsPtBr.files(files)})\nCada arquivo foi conferido.`,
  hidden: (count) =>
    count === 1
      ? '1 arquivo oculto é compartilhado com a pasta.'
      : `${String(count)} arquivos ocultos são compartilhados com a pasta.`,
  renamed: (count, from, to) =>
    `Outros sistemas não aceitam ${count === 1 ? 'este nome' : `${String(count)} dos nomes`}: ${from} é compartilhado como ${to}${count === 1 ? '' : ', e assim por diante'}.`,
  refusedMore: (count) => `Mais ${String(count)} não podem ser compartilhados.`,
  preflight: ({ name, size, files, toFetch, here, folder, free }) =>
    [
      `${name}: ${files === null ? size : `${size}, ${folderWordsPtBr.files(files)}`}`,
      here === null ? null : `${here} já estão neste computador; ${toFetch} serão buscados.`,
      `Para ${folder}, onde há ${free} livres.`,
    ]
      .filter((line) => line !== null)
      .join('\n'),
  savedAs: (name, taken) => `Já existe “${taken}”, que fica como está: este será “${name}”.`,
  noRoom: 'Não há espaço para isso.',
  askGet: 'Buscar? [s/N] ',
};
