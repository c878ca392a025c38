// Panels with the verdicts on an extension, one a tree, that follow its changes.
import { randomBytes } from "node:crypto";
import { Disposable, env, l10n, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import type { Analysis } from "../analysis.ts";
import { verdictWord } from "../views/extension-words.ts";
import { type PageWords, verdictPage } from "./verdict-page.ts";

export interface VerdictPanels extends Disposable {
  /** Shows what hosts make of the tree in a folder; false when there is no such tree. */
  show(tree: Uri): Promise<boolean>;
}

const viewType = "sysext.verdicts";

export function createVerdictPanels(analysis: Analysis): VerdictPanels {
  const panels = new Map<string, WebviewPanel>();

  /** False when there is no such tree any more; then the panel keeps what it shows. */
  async function fill(tree: string, panel: WebviewPanel): Promise<boolean> {
    const state = await analysis.treeState(Uri.parse(tree));
    if (state === null) return false;
    panel.title = l10n.t("{0}: hosts", state.name);
    const words = pageWords(l10n.t("Which hosts merge {0}", state.name));
    panel.webview.html = verdictPage(state.verdicts, words, randomBytes(16).toString("base64"));
    return true;
  }

  function refresh(): void {
    for (const [tree, panel] of panels) fill(tree, panel).catch(() => undefined); // it keeps what it shows
  }

  const subscription = Disposable.from(analysis.onDidReadTrees(refresh), analysis.onDidChangeTrees(refresh));

  return {
    async show(tree) {
      const id = tree.toString();
      const open = panels.get(id);
      if (open !== undefined) {
        open.reveal();
        return await fill(id, open);
      }
      if ((await analysis.treeState(tree)) === null) return false;
      const column = { viewColumn: ViewColumn.Beside, preserveFocus: false };
      const panel = window.createWebviewPanel(viewType, l10n.t("Hosts"), column, { enableFindWidget: true });
      panels.set(id, panel);
      panel.onDidDispose(() => panels.delete(id));
      return await fill(id, panel);
    },
    dispose() {
      subscription.dispose();
      for (const panel of panels.values()) panel.dispose();
    },
  };
}

function pageWords(title: string): PageWords {
  return {
    language: env.language,
    title,
    comparison: l10n.t("Comparison"),
    verdict: l10n.t("Verdict"),
    repair: l10n.t("What to do"),
    log: l10n.t("In systemd's log"),
    outcomes: {
      passed: l10n.t("passed"),
      match: verdictWord({ verdict: "match" }),
      reject: verdictWord({ verdict: "reject" }),
      error: verdictWord({ verdict: "error" }),
      ignored: verdictWord({ verdict: "ignored" }),
      none: l10n.t("not compared"),
    },
    rules: {
      class: l10n.t("Class of the extension"),
      "host-id": l10n.t("ID of the host"),
      "release-file": l10n.t("Release file"),
      name: l10n.t("Name"),
      "os-release": "usr/lib/os-release",
      scope: "SYSEXT_SCOPE",
      architecture: "ARCHITECTURE",
      id: "ID",
      rolling: l10n.t("Host without a version"),
      level: "SYSEXT_LEVEL",
      "version-id": "VERSION_ID",
    },
    values(extension, host) {
      if (extension === undefined && host === undefined) return "";
      return extension === host ? `${extension}` : l10n.t("extension {0}, host {1}", extension ?? "–", host ?? "–");
    },
    subtitle: ({ systemd, architecture }) =>
      architecture === undefined ? `systemd ${systemd}` : `systemd ${systemd}, ${architecture}`,
  };
}
