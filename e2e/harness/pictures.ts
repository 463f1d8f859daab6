import { test } from '@playwright/test';

/** Whether this run is the one that takes the pictures of every screen and state: `npm run pictures`. */
export function takesPictures(): boolean {
  return test.info().project.metadata['takesPictures'] === true;
}
