import type { PayloadIn, ReplyOf } from '../messages/request-table.js';
import type { EngineCalls } from './calls.js';
import type { Share } from './share.js';

type ListShares = (
  name: 'shares:list',
  payload: PayloadIn<EngineCalls, 'shares:list'>,
) => Promise<ReplyOf<EngineCalls, 'shares:list'>>;

/**
 * All shares, page by page: each as it was when its page was answered, so put a page to use before `shares:changed` tells
 * more. A share that changes places meanwhile can come twice.
 */
export async function* sharePages(client: { readonly call: ListShares }): AsyncGenerator<readonly Share[]> {
  let page = await client.call('shares:list', {});
  yield page.shares;
  while (page.next !== undefined) {
    page = await client.call('shares:list', { after: page.next });
    yield page.shares;
  }
}
