import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type axeCore from 'axe-core';
import type { RunOnly } from 'axe-core';

// axe in the page itself, put there once per load: @axe-core/playwright puts it there anew for each look, and takes a
// second page to add up its findings.

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ruleSets: Readonly<Record<'all' | 'colours', RunOnly>> = {
  all: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  colours: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
};

export interface AxeFinding {
  readonly id: string;
  /** Each place, with what is wrong there. */
  readonly where: readonly string[];
}

/** Ends what is on its way: a colour half way between two is none that was chosen. What never ends goes on. */
async function endTransitions(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const running = (): Animation[] =>
      document
        .getAnimations()
        .filter(({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity);
    for (let left = running(); left.length > 0; left = running()) {
      for (const animation of left) animation.finish();
      await new Promise(requestAnimationFrame);
    }
  });
}

/** What axe objects to in the page as it is now: in all of its rules, or in colours alone. */
export async function askAxe(page: Page, rules: 'all' | 'colours' = 'all'): Promise<AxeFinding[]> {
  await endTransitions(page);
  for (const frame of page.frames()) {
    if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(source);
  }
  const violations = await page.evaluate(async (runOnly) => {
    const { axe } = window as unknown as { axe: typeof axeCore };
    return (await axe.run(document, { runOnly, resultTypes: ['violations'] })).violations;
  }, ruleSets[rules]);
  return violations.map(({ id, nodes }) => ({
    id,
    where: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary ?? ''}`),
  }));
}
