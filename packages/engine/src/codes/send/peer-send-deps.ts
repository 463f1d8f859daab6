import type { Duplex } from 'node:stream';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import type { DeviceIdentity } from '../../identity/device-identity.js';
import type { SendLog } from '../../peer/send-log.js';
import type { CodeDeps } from '../code-deps.js';
import type { CodeReceiverRecord } from './code-records.js';
import type { CodeShelf } from './code-shelf.js';

/** What sending by the peer protocol needs, beside what every code does. */
export interface PeerSendDeps extends CodeDeps {
  readonly identity: Pick<DeviceIdentity, 'deviceId' | 'deviceKey' | 'grant'>;
  /** The tracker in use, `https://host:port`; undefined: none was chosen. */
  readonly trackerUrl: () => string | undefined;
  readonly deviceName: () => string;
  /** What this person is called, as others read it. */
  readonly personName: () => string;
  /** Where the peer server of this device can be reached. */
  readonly addresses: () => readonly DeviceAddress[];
  /** Serves who is at the other end of a pipe as a peer. */
  readonly serve: (pipe: Duplex) => void;
  readonly sends: Pick<SendLog, 'find'>;
  readonly shelf: CodeShelf;
  /** Behind what goes on; failures are logged. */
  readonly save: (record: CodeReceiverRecord) => void;
  /** Durable when it resolves. */
  readonly saved: (record: CodeReceiverRecord) => Promise<void>;
  readonly onChange: () => void;
}
