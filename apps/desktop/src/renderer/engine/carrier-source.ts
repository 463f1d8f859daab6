import type { Carrier } from '@enxame/shared/engine/carrier';

/** Where carriers to the engine come from: a window hands over ports, a browser dials. */
export interface CarrierSource {
  /** Whoever listens gets every carrier from now on. Called once. */
  start(onCarrier: (carrier: Carrier) => void): void;
  /**
   * Asks for a carrier now; false when that is not possible. A source that is handed its carriers has nothing to do: a new
   * one comes by itself.
   */
  dial(): boolean;
  /** Whether `dial` brings one, so that a next try can be announced. */
  readonly dials: boolean;
  close(): void;
}
