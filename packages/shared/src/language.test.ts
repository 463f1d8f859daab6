import { describe, expect, it } from 'vitest';
import { pickLanguage } from './language.js';

describe('pickLanguage', () => {
  it.each([
    [['pt-BR', 'en'], 'pt-BR'],
    [['pt_BR.UTF-8'], 'pt-BR'],
    [['pt'], 'pt-BR'],
    [['PT-pt'], 'pt-BR'],
    [['en-GB', 'pt-BR'], 'en'],
    [['de', 'pt-BR', 'en'], 'pt-BR'],
    [['de'], 'en'],
    [['ptolemaic'], 'en'],
    [['C.UTF-8'], 'en'],
    [[], 'en'],
  ])('of %j is %s', (preferences, language) => {
    expect(pickLanguage(preferences)).toBe(language);
  });
});
