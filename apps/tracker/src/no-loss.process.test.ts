import { expect, it } from 'vitest';
import { runKillRounds } from './test-kit/kill-rounds.js';

it('T30: killed at random moments under load, the tracker has all that it acknowledged, and nothing half done', async () => {
  const report = await runKillRounds({ seed: 1, kills: 3 });
  expect(report.kills).toBe(3);
  expect(report.acknowledged).toBeGreaterThan(0);
  expect(report.unanswered).toBeGreaterThan(0);
});
