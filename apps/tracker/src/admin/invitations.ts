import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { maxInvitations, type Invitation } from '@enxame/shared/tracker/admin';
import { addRecord } from '../domain/records.js';
import { keyOf, recordOf, recordsOf, type AdminRecords } from './admin-records.js';

/** Codes by which people may register where not everybody may. */
export interface Invitations {
  /** Those that still let somebody in, the latest last. */
  list(): Invitation[];
  /** Throws `too-large` past `maxInvitations`. */
  add(invitation: Invitation): Promise<void>;
  remove(code: string): Promise<void>;
  /**
   * Lets one more in while `register` runs; a use that came to nothing is given back. On disk before anybody is let in:
   * a crash may cost a use, and never makes one. Throws `invitation-invalid`.
   */
  use<T>(code: string | undefined, register: () => Promise<T>): Promise<T>;
}

export function createInvitations(records: AdminRecords, now: () => number): Invitations {
  const isOpen = ({ usesLeft, expiresAt }: Invitation): boolean =>
    usesLeft > 0 && (expiresAt === null || expiresAt > now());
  const list = (): Invitation[] => recordsOf(records, 'invitation').map(({ invitation }) => invitation).filter(isOpen); // prettier-ignore
  const put = (invitation: Invitation): Promise<void> =>
    records.set(keyOf('invitation', invitation.code), { kind: 'invitation', invitation });

  function change(code: string, by: 1 | -1): Promise<void> {
    // Read and changed in one step: of two who come with the last use, one gets it.
    const invitation = recordOf(records, 'invitation', code)?.invitation;
    if (!invitation || (by === -1 && !isOpen(invitation))) throw new EnxameError('invitation-invalid');
    return put({ ...invitation, usesLeft: invitation.usesLeft + by });
  }

  return {
    list,
    add: async (invitation) => {
      for (const { invitation: old } of recordsOf(records, 'invitation')) {
        if (!isOpen(old)) await records.delete(keyOf('invitation', old.code));
      }
      if (list().length >= maxInvitations) throw new EnxameError('too-large');
      await addRecord(records, keyOf('invitation', invitation.code), { kind: 'invitation', invitation });
    },
    remove: (code) => records.delete(keyOf('invitation', code)),
    use: async (code, register) => {
      if (code === undefined) throw new EnxameError('invitation-invalid');
      await change(code, -1);
      try {
        return await register();
      } catch (error) {
        if (recordOf(records, 'invitation', code)) await change(code, 1);
        throw error;
      }
    },
  };
}
