/** The sign of Enxame: three cells, one of them full of honey. */
export function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 28 28" strokeWidth="1.2" aria-hidden>
      <polygon
        points="14,2.1 19.3,5.2 19.3,11.2 14,14.3 8.7,11.2 8.7,5.1"
        fill="var(--honey-cell)"
        stroke="var(--honey-edge)"
      />
      <polygon points="8,12.5 13.3,15.6 13.3,21.7 8,24.7 2.7,21.7 2.7,15.6" fill="var(--ink)" stroke="var(--ink)" />
      <polygon points="20,12.5 25.3,15.6 25.3,21.7 20,24.7 14.7,21.7 14.7,15.6" fill="none" stroke="var(--ink)" />
    </svg>
  );
}
