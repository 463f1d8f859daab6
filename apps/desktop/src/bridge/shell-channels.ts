/** Preload to main, answered: `(name, payload)` of `shellCalls`. The answer is an `Answer`. */
export const shellCallChannel = 'shell:call';

/** Main to preload: carries the page's MessagePort to the engine. */
export const enginePortChannel = 'engine:port';

/** Main to preload: a `ShellMessage` for the page. */
export const shellMessageChannel = 'shell:message';
