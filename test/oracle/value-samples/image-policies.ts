// Samples of policies of images.
import type { ValueSample } from "../../support/value-sample.ts";

const wrong = "unit/invalid-value";

export const samples: readonly ValueSample[] = [
  {
    setting: "Service.RootImagePolicy",
    systemd: 254,
    valid: [
      "*",
      "-",
      "~",
      "root=verity",
      "root=verity+signed:usr=absent",
      "root=verity : usr = absent",
      "=ignore",
      "root=open:=ignore",
      "root=read-only-on+growfs-off",
    ],
    invalid: [
      ["«root»", wrong],
      ["«root»:usr=absent", wrong],
      ["«rot»=verity", wrong],
      ["root=«verify»", wrong],
      ["root=verity+«foo»", wrong],
      ["root=verity:«root=signed»", wrong],
      ["=open:«=ignore»", wrong],
      ["root=«squashfs»+verity", "unit/too-new"],
    ],
  },
  {
    setting: "Service.ExtensionImagePolicy",
    systemd: 260,
    valid: ["root=squashfs+verity", "root=verity+unprotected"],
    invalid: [],
  },
];
