import type { Transfer } from '@enxame/shared/engine/transfer';
import { memo, useEffect, useRef, useState, type RefObject } from 'react';
import { FinishedItem } from './finished-item.js';
import { QueuedItem } from './queued-item.js';
import { isFinished, isQueued } from './transfer-facts.js';
import { TransferItem } from './transfer-item.js';
import type { TransferActions } from './use-transfer-actions.js';

interface Props {
  readonly transfer: Transfer;
  readonly actions: TransferActions;
  readonly now: number;
}

/** So much beyond the edge of the window counts as near: it is up to date before it is scrolled to. */
const margin = '400px 0px';

/** A transfer in its form. Hundreds may change ten times a second: only those near the window are rendered again. */
export function NearItem(props: Props) {
  const ref = useRef<HTMLDivElement>(null);
  const near = useNear(ref);
  return (
    <div ref={ref} role="listitem">
      <Item {...props} near={near} />
    </div>
  );
}

const Item = memo(
  function Item({ transfer, actions, now }: Props & { readonly near: boolean }) {
    const Form = isFinished(transfer) ? FinishedItem : isQueued(transfer) ? QueuedItem : TransferItem;
    return <Form transfer={transfer} actions={actions} now={now} />;
  },
  ({ transfer: before, ...rest }, { transfer, now, actions, near }) =>
    near
      ? before === transfer && rest.now === now && rest.actions === actions
      : // far away only what a search in the page or a screen reader would miss
        before.state === transfer.state && before.queue?.position === transfer.queue?.position,
);

function useNear(ref: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(true);
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        setNear(entries.at(-1)?.isIntersecting ?? true);
      },
      { rootMargin: margin },
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [ref]);
  return near;
}
