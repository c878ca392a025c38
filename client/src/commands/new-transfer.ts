// "New Transfer": the transfer with which systemd-sysupdate keeps an extension up to date, in the folder for the host.
import { l10n, type Memento, type QuickPickItem, Uri, window, workspace } from "vscode";
import { UserError } from "../messages.ts";
import type { Services } from "../services.ts";
import { hostFolderName, writeHostFiles } from "../updates/host-files.ts";
import { type ChosenExtension, chooseExtension } from "./updated-extension.ts";

/** What the user is asked for; a key binding may bring some of it as the second argument. */
interface Answers {
  readonly address?: string;
  readonly set?: "component" | "system";
  readonly verify?: boolean;
  readonly folder?: Uri;
}

interface Choice<Value> extends QuickPickItem {
  readonly value: Value;
}

const steps = 4;
/** Where the last address is kept. */
const lastAddress = "updates.address";

/** Returns the transfer's URI; undefined when the user changed their mind. */
export async function newTransfer(services: Services, args: readonly unknown[]): Promise<Uri | undefined> {
  const chosen = await chooseExtension(services, args);
  if (chosen === undefined) return undefined;
  const given = readAnswers(args[1]);
  const title = (step: number) => l10n.t("New transfer for {0} ({1} of {2})", chosen.name, step, steps);

  const address = given.address ?? (await askAddress(title(1), services.memory, chosen));
  if (address === undefined) return undefined;
  const set = given.set ?? (await askSet(title(2), chosen));
  if (set === undefined) return undefined;
  const verify = given.verify ?? (await askVerify(title(3)));
  if (verify === undefined) return undefined;
  const folder = given.folder ?? (await askFolder(title(4), chosen));
  if (folder === undefined) return undefined;

  const written = await services.analysis.updates.newTransfer({ extension: chosen.extension, address, set, verify });
  if ("fault" in written) throw new UserError(l10n.t("No transfer was written: {0}.", written.fault));
  await services.memory.update(lastAddress, address);
  const [transfer] = (await writeHostFiles(written.files, folder)) ?? [];
  if (transfer === undefined) return undefined;
  await window.showTextDocument(transfer);
  void tell(written.files.length);
  return transfer;
}

function readAnswers(value: unknown): Answers {
  if (typeof value !== "object" || value === null) return {};
  const { address, set, verify, folder } = value as Readonly<Record<string, unknown>>;
  return {
    ...(typeof address === "string" ? { address } : {}),
    ...(set === "component" || set === "system" ? { set } : {}),
    ...(typeof verify === "boolean" ? { verify } : {}),
    ...(folder instanceof Uri ? { folder } : {}),
  };
}

/** Extensions of one publisher mostly lie beside each other, each in a folder of its name. */
async function askAddress(title: string, memory: Memento, { name }: ChosenExtension): Promise<string | undefined> {
  const last = memory.get<string>(lastAddress, "");
  const value = last === "" ? "https://" : last.replace(/[^/]+\/?$/, `${encodeURIComponent(name)}/`);
  const typed = await window.showInputBox({
    title,
    prompt: l10n.t("Web address of the folder with the images and SHA256SUMS"),
    placeHolder: `https://example.com/${name}/`,
    value,
    valueSelection: [value.length, value.length],
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^https?:\/\/[^/?#\s]+[^?#\s]*$/.test(text.trim())
        ? undefined
        : l10n.t(
            "An address begins with https:// and contains no whitespace, ? or #, such as {0}",
            `https://example.com/${name}/`,
          ),
  });
  return typed?.trim();
}

async function askSet(title: string, { name }: ChosenExtension): Promise<Answers["set"]> {
  return await pick<"component" | "system">(title, l10n.t("Which set of transfers does it belong to?"), [
    {
      value: "component",
      label: l10n.t("A separate component"),
      description: `sysupdate.${name}.d`,
      detail: l10n.t("The extension has its own versions and is updated separately."),
    },
    {
      value: "system",
      label: l10n.t("The system's set"),
      description: "sysupdate.d",
      detail: l10n.t("A version counts only when every transfer of the set has it."),
    },
  ]);
}

async function askVerify(title: string): Promise<boolean | undefined> {
  return await pick(title, l10n.t("Do hosts check who published the images?"), [
    {
      value: true,
      label: l10n.t("Check the signature"),
      detail: l10n.t("SHA256SUMS.gpg lies beside SHA256SUMS, and the hosts have the key."),
    },
    {
      value: false,
      label: l10n.t("Trust the address"),
      detail: l10n.t("Whoever can change the files on the server can change what the hosts run."),
    },
  ]);
}

/** The folder that stands for the root of the host. */
export async function askFolder(
  title: string,
  { hostFolder }: Pick<ChosenExtension, "hostFolder">,
): Promise<Uri | undefined> {
  const choice = await pick(title, l10n.t("Where is it written?"), [
    {
      value: "own",
      label: `$(folder) ${hostFolderName}/`,
      description: workspace.asRelativePath(hostFolder),
      detail: l10n.t("The folder for files that belong on the host; it is not part of the image."),
    },
    {
      value: "other",
      label: l10n.t("$(folder-opened) Another folder…"),
      detail: l10n.t("It represents the root of the host."),
    },
  ]);
  if (choice !== "other") return choice === undefined ? undefined : hostFolder;
  const picked = await window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false, title });
  return picked?.[0];
}

async function pick<Value>(
  title: string,
  placeHolder: string,
  items: readonly Choice<Value>[],
): Promise<Value | undefined> {
  return (await window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true }))?.value;
}

async function tell(count: number): Promise<void> {
  await window.showInformationMessage(
    count === 1
      ? l10n.t("The transfer was written; copy the folder's content to the root of the host.")
      : l10n.t("The transfer and what it needs were written; copy the folder's content to the root of the host."),
  );
}
