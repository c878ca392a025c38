// Finds a text or a regular expression in texts, and gives up on an expression that would never end.
import { createContext, Script } from "node:vm";

export interface TextQuery {
  readonly text: string;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
  readonly regex: boolean;
}

/** A place in one of several texts, in UTF-16 units. */
export interface TextMatch {
  /** Which of the texts. */
  readonly text: number;
  readonly start: number;
  readonly length: number;
}

export interface TextMatcher {
  /** Matches in each text in their order, `most` of each at most. */
  find(texts: readonly string[], most: number): readonly TextMatch[];
  /** How many texts were given up because the expression took too long. */
  readonly givenUp: number;
}

/** Milliseconds for one call; several give-ups end the search, see `maxGivenUp`. */
const callTimeoutMs = 700;
/** As often an expression may take too long before nothing more is looked for. */
export const maxGivenUp = 3;

// Runs apart, since only what runs apart can be stopped in the middle of a regular expression.
const script = new Script(`
  for (; at < texts.length; at++) {
    const text = texts[at];
    let left = most;
    regex.lastIndex = 0;
    for (let found = regex.exec(text); found !== null && left > 0; found = regex.exec(text)) {
      if (found[0] === "") {
        regex.lastIndex++;
        continue;
      }
      out.push(at, found.index, found[0].length);
      left--;
    }
  }
`);

/** Throws a SyntaxError whose message says what is wrong with a regular expression. */
export function createTextMatcher(query: TextQuery): TextMatcher {
  const regex = compile(query);
  let givenUp = 0;
  return {
    get givenUp() {
      return givenUp;
    },
    find(texts, most) {
      const out: number[] = [];
      const context = createContext({ regex, texts, most, out, at: 0 });
      while (context["at"] < texts.length && givenUp < maxGivenUp) {
        try {
          script.runInContext(context, { timeout: callTimeoutMs });
        } catch (error) {
          // What runs apart has its own Error, so that instanceof does not know it.
          if ((error as { code?: unknown }).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
          givenUp += 1;
          context["at"] += 1;
        }
      }
      const matches: TextMatch[] = [];
      for (let at = 0; at + 2 < out.length; at += 3) {
        matches.push({ text: out[at] ?? 0, start: out[at + 1] ?? 0, length: out[at + 2] ?? 0 });
      }
      return matches;
    },
  };
}

/** With all of Unicode's letters where the expression allows; some old ways of escaping do not. */
function compile({ text, matchCase, wholeWord, regex }: TextQuery): RegExp {
  const source = regex ? text : text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  const flags = matchCase ? "gm" : "gim";
  const word = (letters: string): string => (wholeWord ? `(?<!${letters})(?:${source})(?!${letters})` : source);
  try {
    return new RegExp(word("[\\p{L}\\p{N}_]"), `${flags}u`);
  } catch {
    return new RegExp(word("\\w"), flags);
  }
}
