// Names of features are taken as they are written, and offered from the files around.
import { test } from "node:test";
import { assertOffers, assertReadings } from "../../../../test/support/value-reading.ts";

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Transfer.Features", {
    "a b": ["feature a", "feature b"],
    '"a b"': ['feature "a b"'],
    '"a': ['0-2 transfer/value: the quote in "a" is not closed, so systemd ignores the setting; remove it'],
    "a\\b": ["feature a\\b"],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Transfer.Features", {
    "‸": '""; features',
    "a ‸": '""; features',
    "ab‸c": '"abc"; features',
  });
});
