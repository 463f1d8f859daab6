import {
  Archive,
  AudioLines,
  Box,
  Database,
  Disc3,
  File,
  FileCode,
  FileSpreadsheet,
  FileText,
  Film,
  Folder,
  Image,
  type LucideIcon,
} from 'lucide-react';
import { kindOf, type FileKind } from '../files/file-kind.js';

const icons: Readonly<Record<FileKind, LucideIcon>> = {
  file: File,
  text: FileText,
  sheet: FileSpreadsheet,
  image: Image,
  video: Film,
  audio: AudioLines,
  archive: Archive,
  disc: Disc3,
  code: FileCode,
  data: Database,
  model: Box,
};

const draw = (Icon: LucideIcon, size: number) => <Icon size={size} strokeWidth={1.75} aria-hidden />;
/** Of a row: made once, so that a row that shows another file of the same kind changes nothing here. */
const rowSize = 16;
const drawnFolder = draw(Folder, rowSize);
const drawn = new Map(Object.entries(icons).map(([kind, Icon]) => [kind, draw(Icon, rowSize)]));

export function FileIcon({ name, size = rowSize, folder = false }: { name: string; size?: number; folder?: boolean }) {
  if (size === rowSize) return folder ? drawnFolder : drawn.get(kindOf(name));
  return draw(folder ? Folder : icons[kindOf(name)], size);
}
