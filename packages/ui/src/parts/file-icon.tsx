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

export function FileIcon({ name, size = 16, folder = false }: { name: string; size?: number; folder?: boolean }) {
  const Icon = folder ? Folder : icons[kindOf(name)];
  return <Icon size={size} strokeWidth={1.75} aria-hidden />;
}
