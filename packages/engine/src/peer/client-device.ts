import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { toCertificateDeviceId } from '@enxame/identity/certificate';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { DeviceId } from '@enxame/shared/ids';

/** What TLS has proven of a connection does not change; reading the certificate takes a millisecond. */
const known = new WeakMap<Socket, DeviceId>();

/** The device whose key the client of this connection proved. Throws `unauthorized` when it has none. (P2) */
export function clientDevice(socket: Socket): DeviceId {
  const before = known.get(socket);
  if (before) return before;
  const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  if (!certificate) throw new EnxameError('unauthorized');
  const deviceId = toCertificateDeviceId(certificate);
  known.set(socket, deviceId);
  return deviceId;
}
