import { splitExtension } from '@enxame/shared/content/file-name';
import styles from './file-name.module.css';

/** So many characters stay at the end when the rest is cut: the extension, and some of the stem before it. */
const keptEnd = 9;
/** A stem of at most this is never worth cutting apart. */
const shortStem = 8;

/** A name cut in the middle: the start may shrink, the extension never does. The whole of it is in the title. */
export function FileName({ name }: { name: string }) {
  const { stem, extension } = splitExtension(name);
  const letters = [...stem];
  const keptStem = Math.max(3, keptEnd - extension.length);
  const short = letters.length <= shortStem;
  // Right-to-left scripts join their letters, and a cut would reorder the halves: only the extension is set apart there.
  const joined = /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(name);
  const start = short ? name : joined ? stem : letters.slice(0, -keptStem).join('');
  const end = short ? '' : joined ? extension : letters.slice(-keptStem).join('') + extension;
  return (
    <span className={styles['name']} title={name} dir="auto">
      <span className={styles['start']}>{start}</span>
      {end !== '' && <span className={styles['end']}>{end}</span>}
    </span>
  );
}
