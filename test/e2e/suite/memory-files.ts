// A file system in memory that tells nobody of its changes, as network file systems do.
import * as vscode from "vscode";

export interface MemoryFiles extends vscode.FileSystemProvider {
  readonly scheme: string;
  /** How often a whole file was read. */
  readonly reads: number;
  write(path: string, bytes: Uint8Array): vscode.Uri;
  remove(path: string): void;
}

let count = 0;

/** Each has a scheme of its own. */
export function createMemoryFiles(): MemoryFiles {
  const scheme = `sysext-test-${++count}`;
  const files = new Map<string, { readonly bytes: Uint8Array; readonly mtime: number }>();
  let clock = 1000;
  let reads = 0;
  const refuse = (): never => {
    throw vscode.FileSystemError.NoPermissions();
  };
  const fileAt = (uri: vscode.Uri) => {
    const file = files.get(uri.path);
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  };
  return {
    scheme,
    get reads() {
      return reads;
    },
    write(path, bytes) {
      files.set(path, { bytes, mtime: ++clock });
      return vscode.Uri.from({ scheme, path });
    },
    remove: (path) => void files.delete(path),
    onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
    watch: () => ({ dispose: () => undefined }),
    stat(uri) {
      const { bytes, mtime } = fileAt(uri);
      return { type: vscode.FileType.File, ctime: 0, mtime, size: bytes.length };
    },
    readFile(uri) {
      reads += 1;
      return fileAt(uri).bytes;
    },
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
}
