import { expect, it } from 'vitest';
import { findCommands, type Command } from './palette-commands.js';

const command = (title: string, words = ''): Command => ({ id: title, title, words, run: () => undefined });
const all = [command('Transferências'), command('Limites de velocidade', 'horários'), command('Histórico', 'recibos')];

it.each([
  ['', ['Transferências', 'Limites de velocidade', 'Histórico']],
  ['transferen', ['Transferências']],
  ['velo lim', ['Limites de velocidade']],
  ['HORARIOS', ['Limites de velocidade']],
  ['ites', []],
])('%j finds %j', (typed, titles) => {
  expect(findCommands(all, typed).map(({ title }) => title)).toEqual(titles);
});
