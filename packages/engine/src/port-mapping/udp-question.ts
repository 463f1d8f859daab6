import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';

/** A router answers in milliseconds, a busy one in hundreds of them: asked twice, some do everything twice. */
const firstAgainMs = 1000;

/**
 * Asks one computer one thing by UDP, again and again until it answers. What somebody else sends does not come here: the
 * socket is connected. Throws what the system said, or an `AbortError` with the signal.
 */
export async function askByUdp<T>(options: {
  readonly host: string;
  readonly port: number;
  /** Where it is sent from; the system chooses when not given. */
  readonly localHost?: string | undefined;
  /** The question, given where it is sent from. */
  readonly ask: (localHost: string) => Buffer;
  /** Undefined for what is no answer. */
  readonly parse: (answer: Buffer) => T | undefined;
  readonly signal: AbortSignal;
}): Promise<T> {
  const { host, port, localHost, ask, parse, signal } = options;
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
  let again: NodeJS.Timeout | undefined;
  try {
    socket.bind(0, localHost);
    await once(socket, 'listening', { signal });
    socket.connect(port, host);
    await once(socket, 'connect', { signal });
    const question = ask(socket.address().address);
    const send = (waitMs: number): void => {
      socket.send(question);
      again = setTimeout(() => { send(waitMs * 2); }, waitMs); // prettier-ignore
    };
    send(firstAgainMs);
    for (;;) {
      const [message] = (await once(socket, 'message', { signal })) as [Buffer];
      const answer = parse(message);
      if (answer !== undefined) return answer;
    }
  } finally {
    clearTimeout(again);
    socket.close();
  }
}
