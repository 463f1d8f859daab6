import { splitExtension } from '@enxame/shared/content/file-name';

export type FileKind =
  'file' | 'text' | 'sheet' | 'image' | 'video' | 'audio' | 'archive' | 'disc' | 'code' | 'data' | 'model';

const extensions: Readonly<Record<Exclude<FileKind, 'file'>, string>> = {
  text: 'pdf doc docx odt rtf txt md epub mobi tex pages ps djvu log',
  sheet: 'xls xlsx ods csv tsv numbers',
  image: 'png jpg jpeg gif webp avif heic heif tif tiff bmp svg raw cr2 nef arw dng psd ai xcf ico',
  video: 'mp4 mkv mov avi webm m4v mpg mpeg wmv flv ogv mts',
  audio: 'mp3 flac wav ogg opus m4a aac aiff wma mid',
  archive: 'zip tar gz tgz bz2 xz zst 7z rar lz4 cpio',
  disc: 'iso img dmg vhd vhdx vmdk qcow2',
  code: 'js ts tsx jsx py rs go c h cpp cc java kt rb php sh html css json xml yaml yml toml qgz ipynb r m',
  data: 'db sqlite sqlite3 nc hdf hdf5 h5 parquet npz npy mat fits shp gpkg grib dat bin',
  model: 'glb gltf obj stl fbx blend step stp 3mf ply dwg',
};

const kinds = new Map<string, FileKind>(
  Object.entries(extensions).flatMap(([kind, list]) => list.split(' ').map((ext) => [ext, kind as FileKind] as const)),
);

/** What a file seems to be, by its extension: for an icon and a word, never for a decision. */
export function kindOf(name: string): FileKind {
  return kinds.get(splitExtension(name).extension.slice(1).toLowerCase()) ?? 'file';
}
