import type { AuditRecord } from '@enxame/shared/tracker/admin';
import type { Language } from '@enxame/shared/language';
import { createFormat } from '@enxame/ui/i18n/format';
import { createTranslator } from '@enxame/ui/i18n/create-translator';
import type { TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import { siteEn } from '../i18n/site.en.js';
import { sitePtBr } from '../i18n/site.pt-br.js';
import { toAuditActor, toAuditWords } from './audit-words.js';

const words = { en: siteEn, 'pt-BR': sitePtBr };
const wordsIn = (language: Language): TFunction => createTranslator(language, words).t;
const en = wordsIn('en');
const pt = wordsIn('pt-BR');
const say = (action: AuditRecord['action'], target: string, detail = ''): string[] =>
  [[en, createFormat('en')] as const, [pt, createFormat('pt-BR')] as const].map(([t, format]) =>
    toAuditWords({ by: 'Ana', action, target, detail }, t, format),
  );

describe('the log of the administration', () => {
  it.each([
    [
      'registration',
      'invitation',
      'New people: Only with an invitation code',
      'Pessoas novas: Só com código de convite',
    ],
    [
      'catalogue',
      'public',
      'Who sees the files in a browser: Anybody',
      'Quem vê os arquivos num navegador: Qualquer pessoa',
    ],
    ['hostedBytesPerUser', 5e9, 'Room for each person: 5.0 GB', 'Espaço de cada pessoa: 5,0 GB'],
    ['hostedBytesInAll', 0, 'Room for all together: 0 B', 'Espaço de todos juntos: 0 B'],
    [
      'hostedBytesForCache',
      1e9,
      'Room for copies kept for nobody: 1.0 GB',
      'Espaço de cópias guardadas para ninguém: 1,0 GB',
    ],
    ['nameBlockedDays', 90, 'Days that the name of a person who left stays blocked: 90', 'Dias em que o nome de quem saiu fica bloqueado: 90'], // prettier-ignore
  ])('says the setting %s in words', (name, value, english, portuguese) => {
    expect(say('configure', name, JSON.stringify({ [name]: value }))).toEqual([english, portuguese]);
  });

  it('says several settings, and the names of those that it cannot read', () => {
    const [both] = say('configure', 'x', JSON.stringify({ registration: 'open', nameBlockedDays: 1 }));
    expect(both).toBe('New people: Anybody can join · Days that the name of a person who left stays blocked: 1');
    expect(say('configure', 'registration', '{"registration":"wha')).toEqual(['registration', 'registration']);
  });

  it.each([
    ['quota', 'Bia', '2000000000', 'Bia · 2.0 GB', 'Bia · 2,0 GB'],
    ['quota', 'Bia', '', 'Bia · what everybody gets', 'Bia · o que todos recebem'],
    ['invite', 'for Bia', '1 uses', 'for Bia · for 1 person', 'for Bia · para 1 pessoa'],
    ['invite', '', '20 uses', 'for 20 people', 'para 20 pessoas'],
    ['ban', 'user Bia', 'spam', 'a person: Bia · spam', 'uma pessoa: Bia · spam'],
    ['unban', 'address 192.0.2.0/24', '', 'an address range: 192.0.2.0/24', 'uma faixa de endereços: 192.0.2.0/24'],
    ['ban', 'device abc', '', 'a computer: abc', 'um computador: abc'],
    ['register', 'Ana', 'administrator', 'Ana · as the first, and so as administrator', 'Ana · como a primeira pessoa, e por isso administra'], // prettier-ignore
    ['remove', 'Bia: user device.txt', 'no', 'Bia: user device.txt · no', 'Bia: user device.txt · no'],
  ] as const)('says of %s "%s" "%s"', (action, target, detail, english, portuguese) => {
    expect(say(action, target, detail)).toEqual([english, portuguese]);
  });

  it('says who did it', () => {
    const by = (name: string, t: TFunction): string =>
      toAuditActor({ by: name, action: 'ban', target: '', detail: '' }, t);
    expect([by('this computer', en), by('this computer', pt), by('Ana', pt)]).toEqual([
      'the computer of the network',
      'o computador da rede',
      'Ana',
    ]);
  });
});
