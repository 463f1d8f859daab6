import { fileScreens } from './file-screens.js';
import { otherScreens } from './other-screens.js';
import { expect, look, looks, putOn, test } from './screen-test.js';

for (const screen of [...fileScreens, ...otherScreens]) {
  test(screen.name, async ({ page, open }) => {
    const server = await open(screen.options ?? {});
    for (const [index, one] of looks.entries()) {
      if (index === 0 || screen.again) {
        if (index > 0) {
          server.start();
          await page.reload();
        }
        await putOn(page, server, one);
        await screen.go(page, server);
      } else {
        await putOn(page, server, one);
      }
      await look(page, screen.name, one);
    }
  });
}

test('files-loading', async ({ page, open }) => {
  const server = await open({ registered: false });
  await expect(page.getByRole('textbox')).toBeFocused();
  const { handlers, silent } = server.engine;
  const session = { id: 0, emit: () => undefined };
  silent.add('catalogue:watch');
  await handlers['tracker:use']({ url: '127.0.0.1', trust: false }, session);
  await handlers['user:register']({ name: 'Ana Andrade' }, session);
  await expect(page.locator('main [aria-busy]').last()).toBeVisible();
  for (const one of looks) {
    await putOn(page, server, one);
    await look(page, 'files-loading', one);
  }
});
