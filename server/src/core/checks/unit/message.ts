// Keeps messages to one readable line, whatever value they quote.

/** As much of a value as a message shows. */
const maxQuoteLength = 80;

/** The message with long quoted values cut, and with signs for characters that do not show. */
export function readableMessage(message: string): string {
  const cut = message.length <= maxQuoteLength ? message : message.replaceAll(/"[^"]*"/g, shortenQuote);
  return cut.replaceAll(/\p{Cc}+/gu, "\u2423");
}

function shortenQuote(quoted: string): string {
  return quoted.length <= maxQuoteLength ? quoted : `${quoted.slice(0, maxQuoteLength / 2).trimEnd()}…"`;
}
