import assert from "node:assert/strict";
import { test } from "node:test";
import {
  assertOffers,
  assertReadings,
  offerAt,
  piecesIn,
  readSetting,
  repair,
  textsOf,
} from "../../../../test/support/value-reading.ts";

const setting = "Service.RootImagePolicy";

test("colours partitions apart from what is asked of them", () => {
  assert.deepEqual(piecesIn(setting, "root=verity+signed:=ignore"), [
    "property root",
    "operator =",
    "keyword verity",
    "keyword signed",
    "operator =",
    "keyword ignore",
  ]);
});

test("repairs partitions and flags", () => {
  assert.equal(repair(setting, "rot=verify:user=absnt"), "root=verity:usr=absent");
});

test("reports the second of two rules for the same partition", () => {
  const [fault] = readSetting(setting, "root=verity : root=open").faults;
  assert.deepEqual([fault?.start, fault?.end], [14, 23]);
  assert.match(fault?.message ?? "", /two rules of "root"/);
});

test("knows since when a flag is known", () => {
  assert.equal(readSetting(setting, "root=squashfs", 256).faults[0]?.check, "unit/too-new");
  assert.equal(readSetting(setting, "root=squashfs", 260).faults.length, 0);
});

test("offers partitions before the sign and flags behind it", () => {
  assert.ok(textsOf(offerAt(setting, "‸")).includes("*"));
  assert.ok(textsOf(offerAt(setting, "root=verity:u‸")).includes("usr"));
  assert.ok(textsOf(offerAt(setting, "root=verity+s‸:usr=absent")).includes("signed"));
  assert.equal(offerAt(setting, "root=verity+s‸:usr=absent")?.replaced, "s");
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Service.RootImagePolicy", {
    "*": ["keyword * = all partitions can be used, with any protection"],
    "-": ["keyword - = all partitions are ignored"],
    "~": ["keyword ~ = an image with any known partition is refused"],
    "root=verity": ["property root = …", "operator =", "keyword verity = protected by dm-verity"],
    "root=verity+signed:usr=absent:=ignore": [
      "property root = …",
      "operator =",
      "keyword verity = protected by dm-verity",
      "keyword signed = protected by dm-verity, with a signature of the root hash",
      "property usr = …",
      "operator =",
      "keyword absent = …",
      "operator =",
      "keyword ignore = ignored, whether it exists or not",
    ],
    root: [
      '0-4 unit/invalid-value: "root" is not a rule; use a partition, "=" and what is allowed, such as "root=verity"',
    ],
    "root=": ["property root = …", "operator ="],
    "root=x": [
      "property root = …",
      "operator =",
      '5-6 unit/invalid-value: "x" is not an image policy flag; use for example "verity", "signed", "encrypted"',
    ],
    "rot=verity": [
      "operator =",
      "keyword verity = protected by dm-verity",
      '0-3 unit/invalid-value: "rot" is not a partition type; did you mean "root"? → root',
    ],
    "root=verty": [
      "property root = …",
      "operator =",
      '5-10 unit/invalid-value: "verty" is not an image policy flag; did you mean "verity"? → verity',
    ],
    "root=verity:root=signed": [
      "property root = …",
      "operator =",
      "keyword verity = protected by dm-verity",
      "property root = …",
      "operator =",
      "keyword signed = protected by dm-verity, with a signature of the root hash",
      '12-23 unit/invalid-value: there are two rules of "root", so systemd ignores the setting; remove one',
    ],
    "=open:=absent": [
      "operator =",
      "keyword open = anything goes",
      "operator =",
      "keyword absent = …",
      "6-13 unit/invalid-value: there are two rules for all other partitions, so systemd ignores the setting; remove one",
    ],
    " root = verity + signed : usr = absent ": [
      "property root = …",
      "operator =",
      "keyword verity = protected by dm-verity",
      "keyword signed = protected by dm-verity, with a signature of the root hash",
      "property usr = …",
      "operator =",
      "keyword absent = …",
    ],
    "bogus=verity": [
      "operator =",
      "keyword verity = protected by dm-verity",
      '0-5 unit/invalid-value: "bogus" is not a partition type; use for example "root", "usr", "home"',
    ],
    "root=verity+": ["property root = …", "operator =", "keyword verity = protected by dm-verity"],
    "": ['0-0 unit/invalid-value: "" is not a rule; use a partition, "=" and what is allowed, such as "root=verity"'],
    "swap=encrypted+encryptedwithintegrity+unprotected+unused": [
      "property swap = …",
      "operator =",
      "keyword encrypted = encrypted with LUKS",
      "keyword encryptedwithintegrity = encrypted with LUKS, with integrity data",
      "keyword unprotected = neither encrypted nor protected by dm-verity",
      "keyword unused = there, and ignored",
    ],
    "x y=verity": [
      "operator =",
      "keyword verity = protected by dm-verity",
      '0-3 unit/invalid-value: "x y" is not a partition type; use for example "root", "usr", "home"',
    ],
  });
  assertReadings(
    "Service.RootImagePolicy",
    {
      "root=encryptedwithintegrity": [
        "property root = …",
        "operator =",
        "keyword encryptedwithintegrity = encrypted with LUKS, with integrity data",
      ],
      "root-verity-sig=open": ["property root-verity-sig = …", "operator =", "keyword open = anything goes"],
    },
    250,
  );
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Service.RootImagePolicy", {
    "‸": '""; root = … | usr = … | home = … | …',
    "r‸": '"r"; root = … | usr = … | home = … | …',
    "root=‸":
      '""; verity = protected by dm-verity | signed = protected by dm-verity, with a signature of the root hash | encrypted = encrypted with LUKS | …',
    "root=verity+‸":
      '""; verity = protected by dm-verity | signed = protected by dm-verity, with a signature of the root hash | encrypted = encrypted with LUKS | …',
    "root=ver‸ity+x":
      '"verity"; verity = protected by dm-verity | signed = protected by dm-verity, with a signature of the root hash | encrypted = encrypted with LUKS | …',
    "root=verity:‸": '""; root = … | usr = … | home = … | …',
    "root=verity:usr‸=x": '"usr"; root = … | usr = … | home = … | …',
    "root=a:usr=b+‸c:x":
      '"c"; verity = protected by dm-verity | signed = protected by dm-verity, with a signature of the root hash | encrypted = encrypted with LUKS | …',
  });
});
