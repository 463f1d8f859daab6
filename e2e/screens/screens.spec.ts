import { fileScreens } from './file-screens.js';
import { otherScreens } from './other-screens.js';
import { expect, look, looks, test } from './screen-test.js';

for (const screen of [...fileScreens, ...otherScreens]) {
  for (const one of looks) {
    test(`${screen.name}, ${one.language}, ${one.theme}, ${String(one.width)}`, async ({ page, open }) => {
      const server = await open({ ...screen.options, look: one });
      await screen.go(page, server);
      await look(page, screen.name, one);
    });
  }
}

for (const one of looks) {
  test(`files-loading, ${one.language}, ${one.theme}, ${String(one.width)}`, async ({ page, open }) => {
    const server = await open({ registered: false, suggestedTracker: null, look: one });
    await expect(page.getByRole('textbox')).toBeFocused();
    server.engine.silent.add('catalogue:watch');
    await server.engine.handlers['tracker:use']({ url: '127.0.0.1', trust: false }, { id: 0, emit: () => undefined });
    await server.engine.handlers['user:register']({ name: 'Ana Andrade' }, { id: 0, emit: () => undefined });
    await expect(page.locator('[aria-busy]').last()).toBeVisible();
    await look(page, 'files-loading', one);
  });
}
