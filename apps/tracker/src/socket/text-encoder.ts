import { Encoder, type Packet } from 'socket.io-parser';
import { toJsonText } from '../domain/known-texts.js';

/**
 * What the tracker says is text, always. Socket.IO's own encoder looks through every value of a message for bytes first,
 * which takes longer than to write it down.
 */
export class TextEncoder extends Encoder {
  override encode({ type, nsp, id, data }: Packet): string[] {
    const namespace = nsp && nsp !== '/' ? `${nsp},` : '';
    const body = data === undefined ? '' : toJsonText(data);
    return [`${String(type)}${namespace}${String(id ?? '')}${body}`];
  }
}
