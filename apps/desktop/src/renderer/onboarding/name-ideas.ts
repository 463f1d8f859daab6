import { maxUserNameChars } from '@enxame/shared/identity/user-name';

/** Names near a taken one, to be checked and offered. Made of what is known: the name, the computer, a number. */
export function suggestNames(name: string, deviceName: string, year: number): string[] {
  const device = deviceName
    .split(/[\s.-]/u)
    .find((word) => word !== '' && !name.toLowerCase().includes(word.toLowerCase()));
  const [first = name, ...rest] = name.trim().split(/\s+/u);
  const ideas = [
    ...(rest.length > 0 ? [[first, ...rest].join('.').toLowerCase()] : []),
    ...(device === undefined ? [] : [`${name}-${device.toLowerCase()}`]),
    `${name}.2`,
    `${name}-${String(year)}`,
  ];
  return [...new Set(ideas)].filter((idea) => idea !== name && [...idea].length <= maxUserNameChars);
}
