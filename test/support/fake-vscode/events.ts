// The editor's events, disposables and cancellation.
import type * as vscode from "vscode";

export class Disposable implements vscode.Disposable {
  readonly #call: () => void;

  constructor(call: () => void) {
    this.#call = call;
  }

  static from(...all: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const one of all) one.dispose();
    });
  }

  dispose(): void {
    this.#call();
  }
}

export class EventEmitter<Value> implements vscode.EventEmitter<Value> {
  readonly #listeners = new Set<(value: Value) => void>();

  readonly event: vscode.Event<Value> = (listener, self?, disposables?) => {
    const call = (value: Value): void => void listener.call(self, value);
    this.#listeners.add(call);
    const subscription = new Disposable(() => this.#listeners.delete(call));
    disposables?.push(subscription);
    return subscription;
  };

  fire(value: Value): void {
    for (const listener of [...this.#listeners]) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

export class CancellationTokenSource implements vscode.CancellationTokenSource {
  readonly #cancelled = new EventEmitter<undefined>();
  #isCancelled = false;

  readonly token: vscode.CancellationToken = cancellationToken(() => this.#isCancelled, this.#cancelled.event);

  cancel(): void {
    this.#isCancelled = true;
    this.#cancelled.fire(undefined);
  }

  dispose(): void {
    this.#cancelled.dispose();
  }
}

function cancellationToken(isCancelled: () => boolean, event: vscode.Event<undefined>): vscode.CancellationToken {
  return {
    get isCancellationRequested() {
      return isCancelled();
    },
    onCancellationRequested: event,
  };
}
