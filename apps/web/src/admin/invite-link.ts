const httpsPort = '443';

/** What leads the app to this tracker with the code in hand (docs/spec/app-links.md, K1): the port is always written out. */
export function toInviteLink({ hostname, port }: Pick<Location, 'hostname' | 'port'>, code: string): string {
  return `enxame://tracker/${hostname}:${port === '' ? httpsPort : port}?invitation=${encodeURIComponent(code)}`;
}
