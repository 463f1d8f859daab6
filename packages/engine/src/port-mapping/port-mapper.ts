import type { DeviceAddress } from '@enxame/shared/tracker/person';

/** A port of a router that leads to one of this computer's, until it is given back or its time is over. */
export interface PortMapping {
  /** Where others reach it. */
  readonly address: DeviceAddress;
  /** For so long; mapping again before prolongs it. */
  readonly lifeMs: number;
}

/** The routers around this computer, as far as they let themselves be told. */
export interface PortMapper {
  /** Undefined when there is no router that does this. Takes seconds. Throws what a router said against it. */
  map(port: number, signal: AbortSignal): Promise<PortMapping | undefined>;
  /** Gives back all that was mapped; what does not answer forgets it when its time is over. */
  close(): Promise<void>;
}
