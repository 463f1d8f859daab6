import type { DeviceAddress } from '@enxame/shared/tracker/person';
import type { OpenedPeer } from '../peer/open-peer.js';
import type { DevicePaths } from '../peer/paths/device-paths.js';
import type { People } from '../people/people.js';
import type { SettingsStore } from '../settings/settings-store.js';
import type { TrackerBook } from '../tracker/tracker-book.js';
import type { TrackerConnection } from '../tracker/tracker-connection.js';
import { createDoctor, type Doctor, type DoctorDeps } from './doctor.js';

/** The doctor of an engine, joined with the parts that it looks at. */
export function openDoctor(
  deps: Pick<DoctorDeps, 'openFeed' | 'onChange' | 'logger'> & {
    readonly connection: Pick<TrackerConnection, 'session'>;
    readonly people: Pick<People, 'list'>;
    readonly book: Pick<TrackerBook, 'current'>;
    readonly settings: Pick<SettingsStore, 'settings'>;
    readonly paths: Pick<DevicePaths, 'toSources'>;
    readonly peer: () => Pick<OpenedPeer, 'port' | 'router'>;
    readonly addresses: () => readonly DeviceAddress[];
  },
): Doctor {
  return createDoctor({
    ...deps,
    session: () => deps.connection.session,
    paths: deps.paths.toSources,
    people: () => deps.people.list.people,
    ownUserId: () => deps.book.current?.user?.id,
    port: () => deps.peer().port,
    router: () => deps.peer().router(),
    downloadsFolder: () => deps.settings.settings.downloadsFolder,
    monotonic: () => performance.now(),
    now: Date.now,
  });
}
