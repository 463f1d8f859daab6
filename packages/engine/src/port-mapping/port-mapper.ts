import type { DeviceAddress } from '@enxame/shared/tracker/person';

/** A port of a router that leads to one of this computer's, until it is given back or its time is over. */
export interface PortMapping {
  /** Where others reach it. */
  readonly address: DeviceAddress;
  /** For so long; mapping again before prolongs it. */
  readonly lifeMs: number;
}

/** What others are to reach. */
export interface PortToMap {
  readonly port: number;
  /** Only this device has it, and has the same after a restart: by what comes of it a router knows whose a mapping is. */
  readonly secret: Uint8Array;
}

/** The routers around this computer, as far as they let themselves be told. */
export interface PortMapper {
  /**
   * One of each network that a router opened: of IPv4 at most one, of IPv6 one for each address of this computer. None
   * when there is no router that does this. Takes seconds. Throws what a router said against it when none did.
   */
  map(wanted: PortToMap, signal: AbortSignal): Promise<readonly PortMapping[]>;
  /** Gives back all that was mapped; what does not answer forgets it when its time is over. */
  close(): Promise<void>;
}
