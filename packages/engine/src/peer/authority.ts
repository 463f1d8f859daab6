import type { ContentId } from '@enxame/shared/ids';

/** By what a request is allowed. */
export interface Authority {
  readonly ticket: string;
  /** The content is a member of this collection, and the ticket is the collection's. */
  readonly collectionId?: ContentId;
}

/** Names the collection whose ticket a request for one of its members carries. (docs/spec/peer-protocol.md, P3) */
export const collectionHeader = 'enxame-collection';

export function toHeaders({ ticket, collectionId }: Authority): string[] {
  return [`authorization: Bearer ${ticket}`, ...(collectionId ? [`${collectionHeader}: ${collectionId}`] : [])];
}
