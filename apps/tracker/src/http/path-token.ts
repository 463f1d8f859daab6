import type { IncomingMessage } from 'node:http';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { pathTokenSchema } from '@enxame/shared/tracker/path';

/** The token of a path that a request carries. Throws `unauthorized`. */
export function readPathToken({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const parsed = pathTokenSchema.safeParse(headers.authorization?.replace(/^Bearer /, ''));
  if (!parsed.success) throw new EnxameError('unauthorized');
  return parsed.data;
}
