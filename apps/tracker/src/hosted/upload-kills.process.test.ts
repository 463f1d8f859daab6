import { expect, it } from 'vitest';
import { runUploadKills } from '../test-kit/upload-kills.js';

it('H27: killed during uploads, the tracker keeps what it answered, and nothing of the rest', async () => {
  const report = await runUploadKills({ seed: 3, kills: 4 });
  expect(report.acknowledged).toBeGreaterThan(0);
});
