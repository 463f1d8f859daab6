import type { Page } from '@playwright/test';
import type { ScenarioOptions } from '../../apps/desktop/src/renderer/testing/scenario-engine.js';
import type { ScenarioServer } from './scenario-server.js';
import type { WindowAnswers } from './window.js';

/** A screen in one of its states. */
export interface Screen {
  readonly name: string;
  readonly options?: Partial<ScenarioOptions>;
  /** In a window of the desktop, which answers so. */
  readonly window?: WindowAnswers;
  /** It does not survive a change of the settings: it is gone to anew for each look. */
  readonly again?: boolean;
  /** Goes to the state; resolves when it is there. */
  readonly go: (page: Page, server: ScenarioServer) => Promise<void>;
}

export const rows = (page: Page) => page.getByRole('grid').getByRole('row');

/** By its address, as a link does. */
export const goTo = (page: Page, name: string): Promise<void> =>
  page.evaluate((to) => {
    location.hash = `#/${to}`;
  }, name);
