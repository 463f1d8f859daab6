import type { ShellFiles } from '../shell-files.js';

export class MemoryFiles implements ShellFiles {
  readonly texts = new Map<string, string>();
  readonly writes: string[] = [];
  failure: Error | undefined;
  read(path: string): Promise<string | undefined> {
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(this.texts.get(path));
  }
  write(path: string, text: string): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    this.writes.push(path);
    this.texts.set(path, text);
    return Promise.resolve();
  }
  remove(path: string): Promise<void> {
    this.texts.delete(path);
    return Promise.resolve();
  }
}
