import { isIPv4 } from 'node:net';
import { fromIpBytes, toIpBytes } from './ip-bytes.js';

// What is said on the wire: RFC 6887, sections 7 and 11. Numbers are big-endian.

export const pcpPort = 5351;
export const nonceBytes = 12;

const version = 2;
const mapOpcode = 1;
const answerBit = 0x80;
const tcp = 6;
const headerBytes = 24;
const mapBytes = 36;
/** No message is longer. (7) */
const maxBytes = 1100;

export interface MapRequest {
  /** The address that the request is sent from: a router refuses any other. */
  readonly clientHost: string;
  /** The same whenever this mapping is asked for again. */
  readonly nonce: Uint8Array;
  readonly internalPort: number;
  /** What is wished for, or was had before; the router may give another. */
  readonly external?: { readonly host: string; readonly port: number };
  /** 0 gives it back. */
  readonly lifeSeconds: number;
}

export type MapAnswer =
  | { readonly kind: 'mapped'; readonly host: string; readonly port: number; readonly lifeSeconds: number }
  | { readonly kind: 'refused'; readonly reason: string }
  /** The router speaks only the protocol before (NAT-PMP), or one that nobody knows yet. */
  | { readonly kind: 'other-version' };

/** 7.4, in their order. */
const results = [
  'success', 'unsupported-version', 'not-authorized', 'malformed-request', 'unsupported-opcode', 'unsupported-option',
  'malformed-option', 'network-failure', 'no-resources', 'unsupported-protocol', 'too-many-mappings',
  'cannot-provide-external', 'address-mismatch', 'excessive-remote-peers',
] as const; // prettier-ignore

export function toMapRequest(request: MapRequest): Buffer {
  const { clientHost, nonce, internalPort, external, lifeSeconds } = request;
  const bytes = Buffer.alloc(headerBytes + mapBytes);
  bytes.writeUInt8(version, 0);
  bytes.writeUInt8(mapOpcode, 1);
  bytes.writeUInt32BE(lifeSeconds, 4);
  toIpBytes(clientHost).copy(bytes, 8);
  bytes.set(nonce, headerBytes);
  bytes.writeUInt8(tcp, headerBytes + 12);
  bytes.writeUInt16BE(internalPort, headerBytes + 16);
  bytes.writeUInt16BE(external?.port ?? 0, headerBytes + 18);
  toIpBytes(external?.host ?? (isIPv4(clientHost) ? '0.0.0.0' : '::')).copy(bytes, headerBytes + 20);
  return bytes;
}

/** Undefined for what does not answer this request: it is passed over, and the answer may still come. (8.3, 11.4) */
export function parseMapAnswer(bytes: Buffer, request: MapRequest): MapAnswer | undefined {
  if (bytes.length < 8 || bytes.length > maxBytes) return undefined;
  if ((bytes.readUInt8(1) & answerBit) === 0) return undefined;
  // One of NAT-PMP is shorter, and says so in its own form. (9)
  if (bytes.readUInt8(0) !== version) return { kind: 'other-version' };
  if (bytes.length < headerBytes + mapBytes || bytes.length % 4 !== 0) return undefined;
  if (bytes.readUInt8(1) !== (mapOpcode | answerBit)) return undefined;
  const isOurs =
    bytes.subarray(headerBytes, headerBytes + nonceBytes).equals(request.nonce) &&
    bytes.readUInt8(headerBytes + 12) === tcp &&
    bytes.readUInt16BE(headerBytes + 16) === request.internalPort;
  if (!isOurs) return undefined;
  const result = bytes.readUInt8(3);
  if (result === 1) return { kind: 'other-version' };
  if (result !== 0) return { kind: 'refused', reason: results[result] ?? `result ${String(result)}` };
  return {
    kind: 'mapped',
    host: fromIpBytes(bytes.subarray(headerBytes + 20, headerBytes + 36)),
    port: bytes.readUInt16BE(headerBytes + 18),
    lifeSeconds: bytes.readUInt32BE(4),
  };
}
