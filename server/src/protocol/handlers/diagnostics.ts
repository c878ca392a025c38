// Diagnostics: asked for by the editor where it can, else sent a moment after each change.
import { type DocumentDiagnosticReport, DocumentDiagnosticReportKind } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { guard } from "../guard.ts";
import { checkedDocument, type Session } from "../session.ts";
import { toDiagnostic } from "../to-lsp.ts";

/** Milliseconds without a change after which findings are sent. */
const pause = 150;

const nothing: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };

/** Answers requests for diagnostics. */
export function handleDiagnosticRequests(session: Session): void {
  session.connection.languages.diagnostics.on(
    guard("diagnostics", session.log, nothing, async ({ textDocument }) => {
      const document = checkedDocument(session, textDocument.uri);
      if (document === undefined) return nothing;
      const findings = await session.analysis.findings(document);
      return {
        kind: DocumentDiagnosticReportKind.Full,
        items: findings.map((finding) => toDiagnostic(document, finding)),
      };
    }),
  );
}

export interface DiagnosticSender {
  /** Sends the findings of all open documents anew. */
  sendAll(): void;
  stop(): void;
}

/** Sends diagnostics to an editor that does not ask for them. */
export function sendDiagnostics(session: Session): DiagnosticSender {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  function schedule(document: TextDocument): void {
    clearTimeout(timers.get(document.uri));
    timers.set(
      document.uri,
      setTimeout(() => void send(document.uri), pause),
    );
  }

  async function send(uri: string): Promise<void> {
    timers.delete(uri);
    const document = checkedDocument(session, uri);
    if (document === undefined) return;
    try {
      const { version } = document;
      const diagnostics = (await session.analysis.findings(document)).map((finding) => toDiagnostic(document, finding));
      // Whoever changed or closed the document meanwhile has scheduled what is to be sent.
      if (session.documents.get(uri)?.version !== version) return;
      await session.connection.sendDiagnostics({ uri, version, diagnostics });
    } catch (error) {
      session.log.error(`diagnostics failed: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
    }
  }

  session.documents.onDidChangeContent(({ document }) => schedule(document));
  session.documents.onDidClose(({ document: { uri } }) => {
    clearTimeout(timers.get(uri));
    timers.delete(uri);
    void session.connection.sendDiagnostics({ uri, diagnostics: [] });
  });
  return {
    sendAll: () => session.documents.all().forEach(schedule),
    stop() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
