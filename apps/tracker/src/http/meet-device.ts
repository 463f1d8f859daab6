import { connect } from 'node:tls';
import { toCertificateDeviceId } from '@enxame/identity/certificate';
import type { DeviceId } from '@enxame/shared/ids';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import { reachDialMs } from '@enxame/shared/tracker/reach';

/** Whether this very device answers at an address: its key is proven by TLS, and nothing is said beyond that. */
export type MeetDevice = (address: DeviceAddress, deviceId: DeviceId) => Promise<boolean>;

export const meetDevice: MeetDevice = ({ host, port }, deviceId) =>
  new Promise((resolve) => {
    const socket = connect({ host, port, minVersion: 'TLSv1.3', rejectUnauthorized: false });
    const timer = setTimeout(() => socket.destroy(), reachDialMs);
    let isMet = false;
    socket.on('error', () => socket.destroy()); // `close` follows: it was not met
    socket.on('secureConnect', () => {
      try {
        const certificate = socket.getPeerX509Certificate();
        isMet = certificate !== undefined && toCertificateDeviceId(certificate) === deviceId;
      } catch {
        isMet = false; // a certificate that cannot be read is nobody's
      }
      socket.destroy();
    });
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(isMet);
    });
  });
