import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { StandInApp } from '../testing/stand-in-app.js';
import { MemoryFiles } from '../testing/memory-files.js';
import { autostartEntry } from './autostart-entry.js';
import { createLoginItem } from './login-item.js';

describe('the entry that starts the program with the session', () => {
  it('is one that desktops read', () => {
    expect(autostartEntry('/opt/Enxame/enxame-desktop', ['--hidden']).split('\n')).toEqual([
      '[Desktop Entry]',
      'Type=Application',
      'Name=Enxame',
      'Exec="/opt/Enxame/enxame-desktop" "--hidden"',
      'Icon=enxame-desktop',
      'Terminal=false',
      'X-GNOME-Autostart-enabled=true',
      '',
    ]);
  });

  it.runIf(process.platform === 'linux')('starts exactly that program, whatever is in its name', () => {
    const program = '/home/ana/My "Apps"/$HOME `x` \\ 100%/Enxame.AppImage';
    const [, line] = /^Exec=(.*)$/m.exec(autostartEntry(program, ['--data=/a b'])) ?? [];
    // As a desktop reads it: first the escapes of the file, then the fields, then the quotes, as a shell would.
    const unescaped = (line ?? '').replace(/\\(.)/g, '$1').replaceAll('%%', '%');
    const read = execFileSync('/bin/sh', ['-c', `printf '%s\\n' ${unescaped}`], { encoding: 'utf8' });
    expect(read.split('\n')).toEqual([program, '--data=/a b', '']);
  });
});

describe('the item of Windows', () => {
  it('keeps an argument with a space together', async () => {
    const app = new StandInApp();
    const item = createLoginItem({
      app,
      files: new MemoryFiles(),
      platform: 'win32',
      program: 'C:\\Enxame\\Enxame.exe',
      args: ['--hidden', '--data=C:\\Ana B'],
      configFolder: '',
    });
    await item.begin(true);
    await item.change(true);
    expect(app.loginItems).toEqual([
      { openAtLogin: true, path: 'C:\\Enxame\\Enxame.exe', args: ['--hidden', '"--data=C:\\Ana B"'] },
    ]);
  });
});
