import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { toRefusal } from '../api/tracker-api.js';
import type { SendFile } from './upload-store.js';

/** No byte went out for so long, nor an answer came: the connection is lost. Checking a large file takes its time. */
const stallMs = 120_000;

/** `POST /upload` by XMLHttpRequest: `fetch` does not tell how much of a body went out. */
export function createSendFile(token: () => string | null): SendFile {
  return (file, onSent, signal) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      let timer = setTimeout(() => request.abort(), stallMs);
      const alive = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => request.abort(), stallMs);
      };
      const stop = (): void => request.abort();
      signal.addEventListener('abort', stop, { once: true });
      request.upload.onprogress = ({ loaded }) => {
        alive();
        // The form around the file is some hundred bytes.
        onSent(Math.min(loaded, file.size));
      };
      request.onload = () => {
        if (request.status === 200) resolve(request.response);
        else reject(toRefusal(request.response));
      };
      request.onabort = () => {
        reject(new EnxameError(signal.aborted ? 'cancelled' : 'timed-out'));
      };
      request.onerror = () => {
        reject(new EnxameError('tracker-unreachable'));
      };
      request.onloadend = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
      };
      request.open('POST', '/upload');
      request.responseType = 'json';
      const secret = token();
      if (secret !== null) request.setRequestHeader('authorization', `Bearer ${secret}`);
      const form = new FormData();
      form.append('file', file);
      request.send(form);
    });
}
