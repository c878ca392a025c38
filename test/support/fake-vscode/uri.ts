// The editor's URIs: parsed, joined and written as VS Code does on Linux.
import path from "node:path";
import type * as vscode from "vscode";

interface Components {
  readonly scheme: string;
  readonly authority?: string;
  readonly path?: string;
  readonly query?: string;
  readonly fragment?: string;
}

const shape = /^(?:([^:/?#]+?):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?/s;

export class Uri implements vscode.Uri {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;

  constructor({ scheme, authority = "", path: given = "", query = "", fragment = "" }: Components) {
    this.scheme = scheme;
    this.authority = authority;
    this.path = ["file", "http", "https"].includes(scheme) && !given.startsWith("/") ? `/${given}` : given;
    this.query = query;
    this.fragment = fragment;
    if (authority !== "" && this.path !== "" && !this.path.startsWith("/")) {
      throw new Error("[UriError]: a path after an authority begins with a slash");
    }
  }

  /** Throws for a text without a scheme when `strict`; without that such a text is a path of the scheme `file`. */
  static parse(text: string, strict = false): Uri {
    const [, scheme, authority = "", inside = "", query = "", fragment = ""] = shape.exec(text) ?? [];
    if (scheme === undefined && strict) throw new Error(`[UriError]: Scheme is missing: ${text}`);
    return new Uri({
      scheme: scheme ?? "file",
      authority: decoded(authority),
      path: decoded(inside),
      query: decoded(query),
      fragment: decoded(fragment),
    });
  }

  static file(file: string): Uri {
    return new Uri({ scheme: "file", path: file });
  }

  static from(components: Components): Uri {
    return new Uri(components);
  }

  static joinPath(base: vscode.Uri, ...segments: string[]): Uri {
    return new Uri({ ...partsOf(base), path: path.posix.join(base.path, ...segments) });
  }

  get fsPath(): string {
    return this.authority !== "" && this.scheme === "file" ? `//${this.authority}${this.path}` : this.path;
  }

  with(change: { [Key in keyof Components]?: string | null }): Uri {
    const changed = Object.entries(change).filter(([, value]) => value !== undefined);
    return new Uri({ ...partsOf(this), ...Object.fromEntries(changed.map(([key, value]) => [key, value ?? ""])) });
  }

  toString(skipEncoding = false): string {
    const encoded = skipEncoding ? (text: string) => text : encode;
    const { scheme, authority, query, fragment } = this;
    const front = authority !== "" || scheme === "file" ? "//" : "";
    const host = encoded(authority.toLowerCase()).replaceAll("%3A", ":");
    return [
      `${scheme}:${front}${host}${encoded(this.path).replaceAll("%2F", "/")}`,
      query === "" ? "" : `?${encoded(query).replaceAll("%2F", "/")}`,
      fragment === "" ? "" : `#${encoded(fragment).replaceAll("%2F", "/")}`,
    ].join("");
  }

  toJSON(): Components {
    return partsOf(this);
  }
}

function partsOf({ scheme, authority, path: inside, query, fragment }: vscode.Uri): Components {
  return { scheme, authority, path: inside, query, fragment };
}

function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run; // bytes that are no text stay as they are
    }
  });
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
