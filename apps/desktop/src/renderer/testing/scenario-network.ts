import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import type { networkCalls } from '@enxame/shared/engine/network-calls';
import { EnxameError } from '@enxame/shared/errors/enxame-error';

/** The person of the scenario runs no network: whatever only an administrator may is refused. */
export function createNetworkCalls(): Pick<EngineHandlers, keyof typeof networkCalls> {
  const refuse = (): never => {
    throw new EnxameError('forbidden');
  };
  return {
    'announcements:list': () => ({ announcements: [] }),
    'stats:read': refuse,
    'account:export': refuse,
    'account:leave': refuse,
    'admin:read': refuse,
    'admin:configure': refuse,
    'admin:quota': refuse,
    'admin:appoint': refuse,
    'admin:dismiss': refuse,
    'admin:invite': refuse,
    'admin:invitations': refuse,
    'admin:uninvite': refuse,
    'admin:ban': refuse,
    'admin:bans': refuse,
    'admin:unban': refuse,
    'admin:remove': refuse,
    'admin:removals': refuse,
    'admin:restore': refuse,
    'admin:announce': refuse,
    'admin:audit': refuse,
  };
}
