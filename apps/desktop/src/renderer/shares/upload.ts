import { EnxameError, fromErrorInfo, errorInfoSchema } from '@enxame/shared/errors/enxame-error';
import { z } from 'zod';

const uploadedSchema = z.object({ path: z.string().min(1) });
const refusedSchema = z.object({ error: errorInfoSchema });

export type Upload = (file: File, onProgress: (bytesSent: number) => void, signal: AbortSignal) => Promise<string>;

/**
 * Streams a file of this browser to the engine, which keeps it in a folder of its own and answers its path there. By
 * XMLHttpRequest: `fetch` cannot tell how much it has sent. No deadline: a large file over a slow network is honest; the
 * person sees its progress and can stop it.
 */
export function createUpload(token: () => string | null): Upload {
  return (file, onProgress, signal) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const abort = (): void => {
        request.abort();
      };
      signal.addEventListener('abort', abort, { once: true });
      request.upload.addEventListener('progress', (event) => {
        onProgress(event.loaded);
      });
      request.addEventListener('load', () => {
        const uploaded = request.status < 300 ? uploadedSchema.safeParse(parseJson(request.responseText)) : null;
        if (uploaded?.success) resolve(uploaded.data.path);
        else reject(toUploadError(request));
      });
      request.addEventListener('error', () => {
        reject(new EnxameError('engine-stopped'));
      });
      request.addEventListener('abort', () => {
        reject(new EnxameError('cancelled'));
      });
      request.addEventListener('loadend', () => {
        signal.removeEventListener('abort', abort);
      });
      request.open('PUT', `/uploads/${encodeURIComponent(file.name)}`);
      request.setRequestHeader('authorization', `Bearer ${token() ?? ''}`);
      request.send(file);
    });
}

function toUploadError(request: XMLHttpRequest): EnxameError {
  const refused = refusedSchema.safeParse(parseJson(request.responseText));
  if (refused.success) return fromErrorInfo(refused.data.error);
  return new EnxameError(request.status === 401 || request.status === 403 ? 'unauthorized' : 'internal');
}

/** Undefined for what is not JSON, which no schema here accepts. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
