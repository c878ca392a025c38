// "Filter Images View…": narrows the view while somebody types; "Clear Filter" shows everything again.
import { l10n, window } from "vscode";
import { sentenceOf, showProblem } from "../messages.ts";
import type { Services } from "../services.ts";

/** Milliseconds without a key after which the view follows. */
const debounceMs = 120;

/** The text may be handed over as an argument, and then nobody is asked. */
export async function filterImages(services: Services, args: readonly unknown[]): Promise<void> {
  const { filter } = services.imagesView;
  const [given] = args;
  if (typeof given === "string") return await filter.set(given);
  const before = filter.text;
  const input = window.createInputBox();
  input.title = l10n.t("Filter Images View");
  input.placeholder = l10n.t("A part of a name, or of a path with a slash");
  input.prompt = l10n.t("Press Enter to keep the filter, Escape to restore the previous one");
  input.value = before;
  let timer: NodeJS.Timeout | undefined;
  const show = (text: string): void => {
    filter.set(text).catch((error: unknown) => {
      void showProblem(services.log, sentenceOf(l10n.t("The view cannot be filtered"), error), error);
    });
  };
  await new Promise<void>((resolve) => {
    let accepted = false;
    input.onDidChangeValue((text) => {
      clearTimeout(timer);
      timer = setTimeout(() => show(text), debounceMs);
    });
    input.onDidAccept(() => {
      accepted = true;
      input.hide();
    });
    input.onDidHide(() => {
      clearTimeout(timer);
      const wanted = accepted ? input.value : before;
      if (wanted !== filter.text) show(wanted);
      input.dispose();
      resolve();
    });
    input.show();
  });
}

export async function clearImagesFilter({ imagesView }: Services): Promise<void> {
  await imagesView.filter.set("");
}
