import { readFile } from 'node:fs/promises';
import type { SelfSigned } from '@enxame/identity/certificate';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { toDiskError } from '@enxame/storage/disk-error';
import type { Clock } from '../domain/clock.js';

/** How late a renewed certificate may be seen. */
export const certificateLookMs = 60_000;

export interface CertificatePaths {
  readonly tls: { readonly certificatePath: string; readonly keyPath: string } | undefined;
  readonly proxyCertificatePath: string | undefined;
}

/** What the files hold: PEM. */
export interface Certificates {
  readonly certificate: SelfSigned | undefined;
  readonly proxyCertificatePem: string | undefined;
}

/** Throws `path-not-found`, `path-unreadable`. */
export async function readCertificates({ tls, proxyCertificatePath }: CertificatePaths): Promise<Certificates> {
  return {
    certificate: tls && {
      certificatePem: await readText(tls.certificatePath),
      privateKeyPem: await readText(tls.keyPath),
    },
    proxyCertificatePem: proxyCertificatePath === undefined ? undefined : await readText(proxyCertificatePath),
  };
}

/**
 * Calls `show` when what the files hold is something else. Where that throws (a certificate whose key is not written yet),
 * or the files cannot be read, what was shown stays, `onFailure` is told, and it is tried again. Returns how to end it.
 */
export function watchCertificates(deps: {
  readonly paths: CertificatePaths;
  readonly first: Certificates;
  readonly clock: Pick<Clock, 'after'>;
  readonly show: (certificates: Certificates) => void;
  readonly onFailure: (error: unknown) => void;
}): () => void {
  const { paths, clock } = deps;
  let shown = JSON.stringify(deps.first);
  let isOver = false;
  let cancel = clock.after(certificateLookMs, look);

  async function lookOnce(): Promise<void> {
    const now = await readCertificates(paths);
    const text = JSON.stringify(now);
    if (isOver || text === shown) return;
    deps.show(now);
    shown = text;
  }

  function look(): void {
    void lookOnce()
      .catch(deps.onFailure)
      .finally(() => {
        if (!isOver) cancel = clock.after(certificateLookMs, look);
      });
  }

  return () => {
    isOver = true;
    cancel();
  };
}

export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const cause = toDiskError(error, path);
    const code = cause instanceof EnxameError && cause.code === 'folder-missing' ? 'path-not-found' : 'path-unreadable';
    throw new EnxameError(code, { path }, { cause: error });
  }
}
