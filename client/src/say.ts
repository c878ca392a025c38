// What texts are made with: the editor's translations, or in a test the words as they are.

export interface Say {
  t(message: string, ...values: (string | number)[]): string;
}

/** Puts values in place of {0}, {1} …, without a translation. */
export const plainWords: Say = {
  t: (message, ...values) => message.replaceAll(/\{(\d+)\}/g, (_, at: string) => String(values[Number(at)] ?? "")),
};
