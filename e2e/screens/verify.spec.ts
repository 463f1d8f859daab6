import { goTo } from './screen.js';
import { expect, test } from './screen-test.js';

test('files are checked again: how far, what is broken, and that the rest is well', async ({ page, open }) => {
  const { engine } = await open({});
  await goTo(page, 'settings/check');
  const section = page.getByRole('region', { name: 'Check my files' });
  await expect(section.getByRole('button')).toBeInViewport();
  await section.getByRole('button', { name: 'Check now' }).click();
  await expect(section.getByRole('progressbar')).toHaveAttribute('aria-valuetext', '0 of 1,200 files, 0 B of 214 GB');
  engine.setVerify({
    ...engine.verify,
    filesDone: 600,
    bytesDone: 107_000_000_000,
    brokenCount: 1,
    broken: [
      {
        path: '/home/ana/Documents/poster-sbpc-2026.ai',
        contentId: [...engine.shares.values()][0]?.contentId ?? ('' as never),
        error: { code: 'file-changed', params: { name: 'poster-sbpc-2026.ai' } },
      },
    ],
  });
  await expect(section.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '50');
  await expect(section.getByText('1 file is not what it was')).toBeVisible();
  await expect(section.getByRole('listitem')).toContainText('/home/ana/Documents/poster-sbpc-2026.ai');
  await section.getByRole('button', { name: 'Stop' }).click();
  await expect(section.getByRole('status')).toContainText('Stopped after 600 of 1,200 files.');
  engine.setVerify({ ...engine.verify, filesDone: 1200, brokenCount: 0, broken: [] });
  await expect(section.getByRole('status')).toContainText('1,200 files checked: all are as they were.');
  engine.failures.set('verify:start', { code: 'internal' });
  await section.getByRole('button', { name: 'Check again' }).click();
  await expect(section.getByRole('alert')).toBeVisible();
});
