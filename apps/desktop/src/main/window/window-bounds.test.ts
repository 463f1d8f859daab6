import { describe, expect, it } from 'vitest';
import { fitBounds } from './window-bounds.js';

const first = { x: 0, y: 0, width: 1920, height: 1040 };
const right = { x: 1920, y: 0, width: 2560, height: 1400 };
const left = { x: -1280, y: 100, width: 1280, height: 984 };
const window = { x: 200, y: 100, width: 1180, height: 760 };

describe('where the window goes', () => {
  it('is where it was, on any display', () => {
    expect(fitBounds(window, [first])).toEqual(window);
    for (const at of [
      { ...window, x: 2400 },
      { ...window, x: -1200, y: 120 },
    ]) {
      expect(fitBounds(at, [first, right, left])).toEqual(at);
    }
  });

  it('is undecided when the display that it was on is gone', () => {
    expect(fitBounds({ ...window, x: 2400 }, [first])).toBeUndefined();
    expect(fitBounds({ ...window, x: -1200 }, [first])).toBeUndefined();
    expect(fitBounds({ ...window, y: 1200 }, [first])).toBeUndefined();
    expect(fitBounds(window, [])).toBeUndefined();
  });

  it('is undecided where a hand could not take hold of its upper edge', () => {
    expect(fitBounds({ ...window, y: -30 }, [first])).toBeUndefined();
    expect(fitBounds({ ...window, x: 1850 }, [first])).toBeUndefined();
    expect(fitBounds({ ...window, x: 1700 }, [first])).toEqual({ ...window, x: 1700 });
  });

  it('is no larger than the display', () => {
    const huge = { x: -5, y: 0, width: 2560, height: 1400 };
    expect(fitBounds(huge, [first])).toEqual(first);
    expect(fitBounds({ ...huge, x: 300, y: 20 }, [first])).toEqual({ x: 0, y: 20, width: 1920, height: 1040 });
  });

  it('is on the display that holds most of it', () => {
    const between = { ...window, x: 1500, height: 1300 };
    expect(fitBounds(between, [first, right])).toEqual(between);
  });
});
