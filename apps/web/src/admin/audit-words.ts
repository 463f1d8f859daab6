import { adminSettingsSchema, type AdminSettings, type AuditRecord } from '@enxame/shared/tracker/admin';
import type { Format } from '@enxame/ui/i18n/format';
import type { TFunction } from 'i18next';
import type { z } from 'zod';

type Setting = keyof AdminSettings;
type Told = Pick<AuditRecord, 'by' | 'action' | 'target' | 'detail'>;

/** As the tracker writes itself, where the command line acts. */
const thisComputer = 'this computer';
const givenSettings = adminSettingsSchema.partial();
type Given = z.infer<typeof givenSettings>;

/** Who did it. */
export const toAuditActor = ({ by }: Told, t: TFunction): string =>
  by === thisComputer ? t('admin.audit.computer') : by;

/** What a line of the log says, in the reader's words; the names and texts that people gave stay as they are. */
export function toAuditWords({ action, target, detail }: Told, t: TFunction, format: Format): string {
  const parts = (): string[] => {
    switch (action) {
      case 'configure':
        return toSettings(detail, t, format) ?? [target];
      case 'quota':
        return [target, detail === '' ? t('admin.audit.quotaOfAll') : format.bytes(Number(detail))];
      case 'invite': {
        const count = Number(/^\d+/.exec(detail)?.[0]);
        return [target, Number.isNaN(count) ? detail : t('admin.audit.forPeople', { count })];
      }
      case 'ban':
      case 'unban': {
        const [, kind, label] = /^(user|device|address) (.*)$/s.exec(target) ?? [];
        return [kind ? `${t(`admin.ban.${kind as 'user' | 'device' | 'address'}`)}: ${label ?? ''}` : target, detail];
      }
      case 'register':
        return [target, detail === 'administrator' ? t('admin.audit.first') : detail];
      case 'uninvite':
      case 'remove':
      case 'restore':
      case 'announce':
      case 'appoint':
      case 'dismiss':
      case 'leave':
        return [target, detail];
    }
  };
  return parts().filter(Boolean).join(' · ');
}

/** Undefined for what is no list of settings: a line of another version, or one that was cut. */
function toSettings(detail: string, t: TFunction, format: Format): string[] | undefined {
  const given = givenSettings.safeParse(parseJson(detail)).data;
  return given && (Object.keys(given) as Setting[]).map((name) => toSetting(name, given, t, format));
}

function toSetting(name: Setting, given: Given, t: TFunction, format: Format): string {
  const said = (label: string, value: string): string => `${label}: ${value}`;
  const bytes = (label: string, amount = 0): string => said(label, format.bytes(amount));
  switch (name) {
    case 'registration':
      return said(t('admin.settings.registration'), t(`admin.settings.${given.registration ?? 'open'}`));
    case 'catalogue':
      return said(t('admin.settings.catalogue'), t(`admin.settings.${given.catalogue ?? 'members'}`));
    case 'hostedBytesPerUser':
      return bytes(t('admin.audit.perUser'), given.hostedBytesPerUser);
    case 'hostedBytesInAll':
      return bytes(t('admin.audit.inAll'), given.hostedBytesInAll);
    case 'hostedBytesForCache':
      return bytes(t('admin.audit.cache'), given.hostedBytesForCache);
    case 'nameBlockedDays':
      return said(t('admin.settings.blocked'), format.number(given.nameBlockedDays ?? 0));
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // the schema refuses it
  }
}
