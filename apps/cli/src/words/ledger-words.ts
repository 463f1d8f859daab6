import type { HistoryRecord } from '@enxame/shared/engine/history';
import type { Language } from '@enxame/shared/language';

/** What the commands about limits, history and the check of the library say. */
export interface LedgerWords {
  readonly always: string;
  readonly now: string;
  readonly schedule: string;
  readonly slots: (upload: number, download: number) => string;
  readonly rates: (send: string, receive: string) => string;
  readonly unlimited: string;
  readonly until: (time: string) => string;
  /** Sunday first. */
  readonly days: readonly string[];
  readonly columns: Readonly<Record<'when' | 'result' | 'size' | 'person' | 'name', string>>;
  readonly results: Readonly<Record<HistoryRecord['result'], string>>;
  readonly noHistory: string;
  readonly exported: (records: number, path: string) => string;
  readonly verifying: string;
  readonly verified: (files: number, size: string) => string;
  readonly broken: (count: number) => string;
}

const en: LedgerWords = {
  always: 'Always',
  now: 'Now',
  schedule: 'Schedule',
  slots: (upload, download) => `Sending to ${String(upload)} at a time, receiving ${String(download)} at a time`,
  rates: (send, receive) => `send ${send}, receive ${receive}`,
  unlimited: 'as fast as it goes',
  until: (time) => `until ${time}`,
  days: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
  columns: { when: 'WHEN', result: 'RESULT', size: 'SIZE', person: 'PERSON', name: 'NAME' },
  results: {
    verified: 'Received and verified',
    arrived: 'Received from another program',
    received: 'Sent, received and verified there',
    sent: 'Sent, not confirmed',
    failed: 'Failed',
    cancelled: 'Removed',
  },
  noHistory: 'Nothing in the history.',
  exported: (records, path) =>
    records === 1 ? `1 record written to ${path}` : `${String(records)} records written to ${path}`,
  verifying: 'Checking',
  verified: (files, size) => (files === 1 ? `1 file checked (${size}).` : `${String(files)} files checked (${size}).`),
  broken: (count) =>
    count === 0
      ? 'All of it is what it was.'
      : count === 1
        ? '1 file is not what it was; it is no longer served.'
        : `${String(count)} files are not what they were; they are no longer served.`,
};

const ptBr: LedgerWords = {
  always: 'Sempre',
  now: 'Agora',
  schedule: 'Horários',
  slots: (upload, download) => `Enviando para ${String(upload)} por vez, recebendo ${String(download)} por vez`,
  rates: (send, receive) => `envio ${send}, recebimento ${receive}`,
  unlimited: 'sem limite',
  until: (time) => `até ${time}`,
  days: ['dom', 'seg', 'ter', 'qua', 'qui', 'sex', 'sáb'],
  columns: { when: 'QUANDO', result: 'RESULTADO', size: 'TAMANHO', person: 'PESSOA', name: 'NOME' },
  results: {
    verified: 'Recebido e conferido',
    arrived: 'Recebido de outro programa',
    received: 'Enviado, recebido e conferido lá',
    sent: 'Enviado, sem confirmação',
    failed: 'Falhou',
    cancelled: 'Removido',
  },
  noHistory: 'Nada no histórico.',
  exported: (records, path) =>
    records === 1 ? `1 registro gravado em ${path}` : `${String(records)} registros gravados em ${path}`,
  verifying: 'Conferindo',
  verified: (files, size) =>
    files === 1 ? `1 arquivo conferido (${size}).` : `${String(files)} arquivos conferidos (${size}).`,
  broken: (count) =>
    count === 0
      ? 'Tudo está como era.'
      : count === 1
        ? '1 arquivo não é mais o que era; não é mais servido.'
        : `${String(count)} arquivos não são mais o que eram; não são mais servidos.`,
};

export const ledgerWords: Readonly<Record<Language, LedgerWords>> = { en, 'pt-BR': ptBr };
