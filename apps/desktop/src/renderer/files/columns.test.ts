import { describe, expect, it } from 'vitest';
import { createListLayout, defaultLayout, toggleColumn, toTemplates } from './columns.js';

function createShelf(text: string | null = null) {
  const shelf = {
    text,
    getItem: () => shelf.text,
    setItem: (_key: string, next: string) => {
      shelf.text = next;
    },
  };
  return shelf;
}

describe('the columns of a list', () => {
  it('come and go in their own order, and are there again the next time', () => {
    const shelf = createShelf();
    const layout = createListLayout(shelf);
    expect(layout.getState()).toEqual(defaultLayout);
    layout.setState((state) => toggleColumn(toggleColumn(state, 'sha256'), 'owner'));
    layout.setState((state) => toggleColumn(state, 'type'));
    expect(layout.getState().columns).toEqual(['size', 'type', 'sources', 'addedAt', 'sha256']);
    expect(createListLayout(shelf).getState()).toEqual(layout.getState());
    expect(toTemplates(['size'])).toEqual({ narrow: 'minmax(0, 1fr) 60px 36px', wide: 'minmax(0, 1fr) 80px 36px' });
  });

  it.each([['{'], ['null'], ['{"columns":["weight"],"grouped":true}'], ['{"columns":[]}']])(
    'are the usual ones where %s was kept',
    (text) => {
      expect(createListLayout(createShelf(text)).getState()).toEqual(defaultLayout);
    },
  );
});
