/**
 * Notices a peer that holds a request up, by silence or by a trickle: in each stretch of time at least so many bytes
 * must come. A stretch in which this side asked for no more does not count. (docs/spec/peer-protocol.md, P12)
 */
export interface StallWatch {
  /** A request begins. */
  begin(): void;
  received(bytes: number): void;
  /** This side takes no more for now. */
  hold(): void;
  release(): void;
  /** The request ended. Twice without harm. */
  end(): void;
}

export function createStallWatch(options: {
  readonly stretchMs: number;
  readonly minBytes: number;
  readonly onStalled: () => void;
}): StallWatch {
  let timer: NodeJS.Timeout | undefined;
  let bytes = 0;
  let isHeld = false;
  let isExcused = false;

  function check(): void {
    const isStalled = bytes < options.minBytes && !isExcused;
    bytes = 0;
    isExcused = isHeld;
    if (isStalled) options.onStalled();
  }

  return {
    begin: () => {
      clearInterval(timer);
      bytes = 0;
      isExcused = isHeld;
      timer = setInterval(check, options.stretchMs);
    },
    received: (more) => {
      bytes += more;
    },
    hold: () => {
      isHeld = true;
      isExcused = true;
    },
    release: () => {
      isHeld = false;
    },
    end: () => {
      clearInterval(timer);
      timer = undefined;
    },
  };
}
