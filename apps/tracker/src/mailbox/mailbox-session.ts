import { EnxameError, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import { mailboxClientMessageSchema, type MailboxClientMessage } from '@enxame/shared/mailbox/client-messages';
import type { MailboxServerMessage } from '@enxame/shared/mailbox/server-messages';
import type { MailboxApplication, MailboxApplications } from '../domain/mailbox-applications.js';
import type { OpenMailbox } from '../domain/mailboxes.js';

/** One connection of a Magic Wormhole client, as its server's protocol has it. Knows no sockets. */
export interface MailboxSession {
  /** One message as it came. Never throws. */
  receive(text: string): Promise<void>;
  /** The connection is gone. Twice without harm. */
  end(): void;
}

/** What other clients of the protocol understand; ours go by the code behind it. */
const sayings: Readonly<Partial<Record<string, string>>> = { 'rate-limited': 'crowded', 'too-large': 'too large' };

interface Bound {
  readonly side: string;
  readonly application: MailboxApplication;
}

export function createMailboxSession(deps: {
  readonly applications: MailboxApplications;
  /** Of nameplates: what somebody does who guesses them. Throws `rate-limited`. */
  readonly countClaim: () => Promise<void>;
  readonly send: (message: MailboxServerMessage) => void;
  readonly onInternal: (error: unknown) => void;
}): MailboxSession {
  const { send } = deps;
  let bound: Bound | undefined;
  let nameplate: string | undefined;
  let mailbox: OpenMailbox | undefined;

  function requireBound(): Bound {
    if (!bound) throw new EnxameError('bad-request');
    return bound;
  }

  const onKnock = (knocked: string): void => {
    send({ type: 'knocked', mailbox: knocked });
  };

  async function claim(message: { readonly nameplate: string; readonly many?: boolean | undefined }): Promise<void> {
    const { application, side } = requireBound();
    if (nameplate !== undefined && nameplate !== message.nameplate) throw new EnxameError('bad-request');
    await deps.countClaim();
    const many = message.many === true;
    const claimed = application.nameplates.claim(message.nameplate, side, many ? onKnock : undefined);
    nameplate = message.nameplate;
    send({ type: 'claimed', mailbox: claimed, ...(many && { many }) });
  }

  async function allocate(many: boolean): Promise<void> {
    const { application, side } = requireBound();
    if (nameplate !== undefined) throw new EnxameError('bad-request');
    await deps.countClaim();
    nameplate = application.nameplates.allocate(side, many ? onKnock : undefined);
    send({ type: 'allocated', nameplate, ...(many && { many }) });
  }

  async function handle(message: MailboxClientMessage): Promise<void> {
    switch (message.type) {
      case 'submit-permissions':
        return;
      case 'ping':
        send({ type: 'pong', pong: message.ping });
        return;
      case 'bind':
        if (bound) throw new EnxameError('bad-request');
        bound = { side: message.side, application: deps.applications.get(message.appid) };
        return;
      case 'list':
        requireBound();
        send({ type: 'nameplates', nameplates: [] });
        return;
      case 'allocate':
        await allocate(message.many === true);
        return;
      case 'claim':
        await claim(message);
        return;
      case 'release':
        releaseNameplate(message.nameplate);
        return;
      case 'open':
        openMailbox(message.mailbox);
        return;
      case 'add':
        if (!mailbox) throw new EnxameError('bad-request');
        mailbox.add(message.phase, message.body);
        return;
      case 'close':
        mailbox?.close();
        mailbox = undefined;
        send({ type: 'closed' });
    }
  }

  function releaseNameplate(named: string | undefined): void {
    const { application, side } = requireBound();
    const released = named ?? nameplate;
    if (released !== undefined) application.nameplates.release(released, side);
    nameplate = undefined;
    send({ type: 'released' });
  }

  function openMailbox(id: string): void {
    const { application, side } = requireBound();
    if (mailbox) throw new EnxameError('bad-request');
    mailbox = application.mailboxes.open(id, side, (said) => {
      send({ type: 'message', ...said });
    });
  }

  return {
    receive: async (text) => {
      let original: unknown;
      try {
        original = parseJson(text);
        const parsed = mailboxClientMessageSchema.safeParse(original);
        if (!parsed.success) throw new EnxameError('bad-request');
        // Some clients take an acknowledgement without its id for one of another message.
        send({ type: 'ack', ...(parsed.data.id !== undefined && { id: parsed.data.id }) });
        await handle(parsed.data);
      } catch (error) {
        if (!(error instanceof EnxameError)) deps.onInternal(error);
        const { code } = toErrorInfo(error);
        // The protocol asks for the message that was refused. What did not parse is nobody's message to send back.
        send({ type: 'error', error: sayings[code] ?? code, orig: code === 'bad-request' ? undefined : original });
      }
    },
    end: () => {
      mailbox?.leave();
      if (bound && nameplate !== undefined) bound.application.nameplates.leave(nameplate, bound.side);
      mailbox = undefined;
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new EnxameError('bad-request', undefined, { cause: error });
  }
}
