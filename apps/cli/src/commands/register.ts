import type { CommandContext, Outcome } from '../command-context.js';
import { withEngine } from '../engine/engine-link.js';
import { untilConnected } from '../engine/tracker-ready.js';

export function runRegister(context: CommandContext, name: string, invitation?: string): Promise<Outcome> {
  return withEngine(context, async ({ client }) => {
    const { tracker } = await untilConnected(client, context.stop);
    const { user, device } = await client.call('user:register', {
      name,
      ...(invitation !== undefined && { invitation }),
    });
    return { document: { user, device }, text: () => context.words.registered(user.name, tracker?.name ?? '') };
  });
}
