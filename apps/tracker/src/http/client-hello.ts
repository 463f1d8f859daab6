/** A record of type handshake, and in it a message of type client hello (RFC 8446, 5.1 and 4.1.2). */
const handshakeRecord = 0x16;
const clientHello = 0x01;
const serverNameExtension = 0;
const hostName = 0;
const recordHeadBytes = 5;
/** Of a record: more is no TLS. */
const maxRecordBytes = 16 * 1024;

/** Undefined where there is none, or it is none that could be read. */
interface ClientHello {
  readonly serverName: string | undefined;
}

/**
 * The server name that a TLS connection begins with, before anybody has spoken TLS with it. Undefined: its first record
 * has not all come yet. Looks at no more than that record.
 */
export function readClientHello(start: Buffer): ClientHello | undefined {
  if (start.length < recordHeadBytes) return start[0] === handshakeRecord ? undefined : { serverName: undefined };
  const recordBytes = start.readUInt16BE(3);
  if (start[0] !== handshakeRecord || recordBytes > maxRecordBytes) return { serverName: undefined };
  if (start.length < recordHeadBytes + recordBytes) return undefined;
  try {
    return { serverName: findServerName(start.subarray(recordHeadBytes, recordHeadBytes + recordBytes)) };
  } catch (error) {
    if (error instanceof RangeError) return { serverName: undefined }; // a length led out of it
    throw error;
  }
}

/** Throws `RangeError` where a length leads out of the message. */
function findServerName(hello: Buffer): string | undefined {
  if (hello[0] !== clientHello) return undefined;
  let at = 4 + 2 + 32; // type and length, version, random
  at += 1 + hello.readUInt8(at); // session
  at += 2 + hello.readUInt16BE(at); // ciphers
  at += 1 + hello.readUInt8(at); // compressions
  const end = at + 2 + hello.readUInt16BE(at);
  at += 2;
  while (at < end) {
    const [type, bytes] = [hello.readUInt16BE(at), hello.readUInt16BE(at + 2)];
    at += 4;
    if (type === serverNameExtension) {
      // A list, of which only one kind of entry was ever defined.
      if (hello.readUInt8(at + 2) !== hostName) return undefined;
      const length = hello.readUInt16BE(at + 3);
      if (length + 5 > bytes) return undefined;
      return hello.toString('latin1', at + 5, at + 5 + length);
    }
    at += bytes;
  }
  return undefined;
}
