import { codeScreens } from './code-screens.js';
import { fileScreens } from './file-screens.js';
import { otherScreens } from './other-screens.js';
import { peopleScreens } from './people-screens.js';
import { previewScreens } from './preview-screens.js';
import { look, looks, putOn, test } from './screen-test.js';
import { token } from './scenario-server.js';
import { transferScreens } from './transfer-screens.js';
import { openInWindow } from './window.js';

// What is looked at here stands still; a trace of it costs as much as the look.
test.use({ trace: 'off' });

const screens = [
  ...fileScreens,
  ...transferScreens,
  ...codeScreens,
  ...peopleScreens,
  ...previewScreens,
  ...otherScreens,
];
for (const screen of screens) {
  test(screen.name, async ({ page, open }) => {
    if (screen.window) await openInWindow(page, token, screen.window);
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
