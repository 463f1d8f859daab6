import { pieceCell } from '@enxame/shared/engine/piece-cells';
import type { Transfer } from '@enxame/shared/engine/transfer';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTokens } from '@enxame/ui/theme/use-tokens';
import { drawCells, drawKey, type CellInk } from './draw-cells.js';
import { groupCells, layOut } from './piece-grid.js';
import styles from './piece-map.module.css';
import { usePieces } from './use-pieces.js';

const legend = [
  [pieceCell.verified, 'pieceVerified'],
  [pieceCell.moving, 'pieceArriving'],
  [pieceCell.partly, 'piecePartial'],
  [pieceCell.missing, 'pieceMissing'],
] as const;

/** The pieces of a download as a honeycomb: one drawing, whatever their number; the same in words for the ear. */
export function PieceMap({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation();
  const map = usePieces(transfer);
  const canvas = useRef<HTMLCanvasElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const tokens = useTokens('--honey-cell', '--honey-edge', '--control');
  const cells = useMemo(() => (map ? groupCells(map) : []), [map]);
  const grid = useMemo(() => layOut(cells.length, width), [cells.length, width]);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      setWidth(Math.floor(entry?.contentRect.width ?? 0));
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  useEffect(() => {
    if (canvas.current) drawCells(canvas.current, cells, grid, toInk(tokens));
  }, [cells, grid, tokens]);
  const arriving = cells.filter((cell) => cell === pieceCell.moving).length;
  const said = { done: transfer.piecesVerified, total: transfer.pieceCount, arriving };
  return (
    <figure className={styles['map']}>
      <figcaption className={styles['label']}>
        {t('transfers.pieces')}{' '}
        <span>{t('transfers.piecesOf', { done: transfer.piecesVerified, total: transfer.pieceCount })}</span>
      </figcaption>
      <div ref={box}>
        <canvas ref={canvas} role="img" aria-label={t('transfers.pieceMap', said)} />
      </div>
      <ul className={styles['legend']} aria-hidden>
        {legend.map(([cell, word]) => (
          <li key={cell}>
            <Key cell={cell} ink={toInk(tokens)} />
            {t(`transfers.${word}`)}
          </li>
        ))}
      </ul>
    </figure>
  );
}

function Key({ cell, ink }: { cell: (typeof legend)[number][0]; ink: CellInk }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) drawKey(canvas.current, cell, ink);
  });
  return <canvas ref={canvas} />;
}

const toInk = (tokens: Readonly<Record<'--honey-cell' | '--honey-edge' | '--control', string>>): CellInk => ({
  fill: tokens['--honey-cell'],
  edge: tokens['--honey-edge'],
  missing: tokens['--control'],
});
