import type { EntryId, UserId } from '@enxame/shared/ids';
import { testCatalogueStore } from '../domain/catalogue-store-contract.js';
import type { StoredEntry } from '../domain/stored-entry.js';
import type { User } from '../domain/user.js';
import { testUserStore } from '../domain/user-store-contract.js';
import { createMemoryCatalogueStore } from './memory-catalogue-store.js';
import { createMemoryUserStore } from './memory-user-store.js';

testUserStore('memory', () => {
  const users = new Map<UserId, User>();
  return Promise.resolve({ open: () => createMemoryUserStore(users), remove: () => Promise.resolve() });
});

testCatalogueStore('memory', () => {
  const catalogues = new Map<UserId, Map<EntryId, StoredEntry>>();
  return Promise.resolve({ open: () => createMemoryCatalogueStore(catalogues), remove: () => Promise.resolve() });
});
