// Samples of environment variables and fields of log entries.
import type { ValueSample } from "../../support/value-sample.ts";

export const samples: readonly ValueSample[] = [
  {
    setting: "Service.Environment",
    valid: ["A=b", "A=b C=d", "\"A=b c\" 'D=e f'", 'A="b c"', "A=", "_a1=%i", "A=\\n\\x41", "A=ä", "A=$B,C=d", "A=b=c"],
    invalid: [
      ["«A»", "unit/environment-entry"],
      ["A=b «c» «d»", "unit/environment-entry"],
      ["«1A=b»", "unit/environment-entry"],
      ["«A-B=c» D=e", "unit/environment-entry"],
      ["«ä=b»", "unit/environment-entry"],
      ["«=b»", "unit/environment-entry"],
      ["«A-B=%i» %p=c", "unit/environment-entry"],
      ["«$A=b»", "unit/environment-entry"],
      ["«export» A=b", "unit/environment-entry"],
      ['«"export A=b"»', "unit/environment-entry"],
      ['«"A=b»', "unit/unbalanced-quotes"],
      ["A=b «'C=d»", "unit/unbalanced-quotes"],
      ["A=b«\\d»", "unit/exec-escape"],
      ["A=«%Z»", "unit/unknown-specifier"],
    ],
  },
  {
    setting: "Service.PassEnvironment",
    valid: ["A", "A B C", '"A" _b1'],
    invalid: [
      ["«A=b»", "unit/environment-entry"],
      ["A «$B» «C-D»", "unit/environment-entry"],
      ["«A,B»", "unit/environment-entry"],
      ['A «"B»', "unit/unbalanced-quotes"],
    ],
  },
  {
    setting: "Service.UnsetEnvironment",
    valid: ["A", "A=b C", '"A=b c"', "A="],
    invalid: [
      ["«A-B» C", "unit/environment-entry"],
      ["«A-B=c»", "unit/environment-entry"],
      ["«=b»", "unit/environment-entry"],
      ["A=b«\\x»", "unit/exec-escape"],
      ['«"A=b»', "unit/unbalanced-quotes"],
    ],
  },
  {
    setting: "Service.LogExtraFields",
    valid: ["A=b", "A_1=b C=d", '"A=b c"', "A=%i"],
    invalid: [
      ["«A»", "unit/environment-entry"],
      ["«a=b»", "unit/environment-entry"],
      ["«_A=b» B=c", "unit/environment-entry"],
      ["«1A=b»", "unit/environment-entry"],
      ["«A.B=c»", "unit/environment-entry"],
      ['«"A=b»', "unit/unbalanced-quotes"],
    ],
  },
];
