import { readFile } from 'node:fs/promises';

const routesFile = '/proc/net/route';

/** The router of this computer (IPv4) where the system tells it in a file: on Linux. Undefined elsewhere, or without one. */
export async function findDefaultGateway(read = () => readFile(routesFile, 'utf8')): Promise<string | undefined> {
  let text: string;
  try {
    text = await read();
  } catch {
    return undefined; // another system, or one that hides it: UPnP finds the router by itself
  }
  for (const line of text.split('\n').slice(1)) {
    const [, destination, gateway] = line.split(/\s+/);
    if (destination === '00000000' && gateway !== undefined && gateway !== '00000000') return toAddress(gateway);
  }
  return undefined;
}

/** Eight hex digits in the order of the machine's bytes; all that Node runs Linux on begin with the lowest. */
function toAddress(hex: string): string {
  return [6, 4, 2, 0].map((at) => String(parseInt(hex.slice(at, at + 2), 16))).join('.');
}
