// Values that take rights away from a service: capabilities, address families, namespaces, file systems and the like.
import { filesystemGroups } from "../tables/filesystem-groups.ts";
import { findWords } from "../tables/find-unit-setting.ts";
import { readBoolean } from "./choices.ts";
import { type Choice, type Grammar, pieceWord, type Reader } from "./grammar.ts";
import { readInteger } from "./integers.ts";
import { type NameList, names } from "./names.ts";
import { bareWords, plainWords, relaxedWords, type Splitting } from "./words.ts";

/** How the lists of a few settings are split; the others are split at blanks, without quotes. */
const splittings: Readonly<Record<string, Splitting>> = {
  SyscallArchitecture: relaxedWords,
  SecureBits: relaxedWords,
};

/** A list of the words of a table. */
export function wordsOf(list: string): Grammar {
  const words = findWords(list);
  const examples = words.slice(0, 3).map(({ word }) => `\`${word}\``);
  return names(`names such as ${examples.join(", ")}, separated by spaces`, {
    words,
    splitting: splittings[list] ?? plainWords,
  });
}

/** Bits in a set of capabilities. */
const capabilityNumbers = 62;

/** Capabilities by name; systemd takes numbers as well. */
export const capabilities: Grammar = names("capabilities (`CAP_NET_ADMIN`), with `~` first, all except these", {
  words: findWords("Capability"),
  splitting: relaxedWords,
  invertible: true,
  anyCase: true,
  open: { shape: /^cap_[a-z_]+$/i, kind: "capability" },
  isNumber(text) {
    const bit = readInteger(text);
    return bit !== undefined && bit >= 0 && bit <= capabilityNumbers;
  },
});

const booleans: readonly Choice[] = [{ text: "yes" }, { text: "no" }];

/** What a list offers, and where its first word stands alone what may be written in place of a list. */
function offerBeside(list: Grammar, others: readonly Choice[]): NonNullable<Grammar["offer"]> {
  return (value, at, reader) => {
    const offer = list.offer?.(value, at, reader);
    const alone = offer !== undefined && offer.from === 0 && offer.to === value.text.length;
    return alone ? { ...offer, choices: [...others, ...offer.choices] } : offer;
  };
}

const families: NameList = {
  words: findWords("AddressFamily").filter(({ word }) => word !== "none" && word !== "AF_UNSPEC"),
  splitting: relaxedWords,
  invertible: true,
  anyCase: true,
  open: { shape: /^af_(?!unspec$)[a-z0-9]+$/i, kind: "address family" },
};
const familyList = names("address families (`AF_UNIX`), with `~` first, all except these", families);

/** Address families, or none at all. */
export const addressFamilies: Grammar = {
  syntax: "address families (`AF_UNIX`), with `~` first, all except these, or `none`",
  read(value, reader) {
    if (value.text === "none") pieceWord(reader, value, "keyword", "no sockets of any address family");
    else familyList.read(value, reader);
  },
  offer: offerBeside(familyList, [{ text: "none", since: 249 }]),
};

const namespaceTypes = findWords("NamespaceType");
const namespaceList = listOfNamespaces(namespaceTypes);
/** A user namespace is what the others belong to when they are delegated, and is none of them. */
const delegableList = listOfNamespaces(namespaceTypes.filter(({ word }) => word !== "user"));

function listOfNamespaces(words: NameList["words"]): Grammar {
  return names("namespace types", { words, splitting: plainWords, invertible: true });
}

function listFor({ setting }: Reader): Grammar {
  return setting.name === "DelegateNamespaces" ? delegableList : namespaceList;
}

/** A boolean, or types of namespaces. */
export const namespaces: Grammar = {
  syntax: "a boolean, or namespace types (`net mnt`), with `~` first, all except these",
  read(value, reader) {
    const truth = readBoolean(value.text);
    if (truth !== undefined) pieceWord(reader, value, "keyword", truth ? "yes" : "no");
    else listFor(reader).read(value, reader);
  },
  offer: (value, at, reader) => offerBeside(listFor(reader), booleans)(value, at, reader),
};

const filesystemNames: NameList = {
  words: [...findWords("FilesystemGroup"), ...findWords("FilesystemName")],
  splitting: relaxedWords,
  invertible: true,
  open: { shape: /^[a-z0-9][a-z0-9_.-]*$/, kind: "file system" },
  meaning: ({ word, description }) => {
    const members = filesystemGroups.get(word);
    return members === undefined ? description : members.split(" ").join(", ");
  },
};

/** File systems and groups of them. */
export const filesystems: Grammar = names(
  "file systems (`ext4`) and groups (`@basic-api`), with `~` first, all except these",
  filesystemNames,
);

/** Kinds of memory by name, or a mask of their bits. */
export const coredumpFilter: Grammar = names(
  "memory mapping types (`private-anonymous`), `default`, `all`, or a hexadecimal mask",
  {
    words: findWords("CoredumpFilter"),
    splitting: bareWords,
    isNumber: (text) => /^\+?(?:0x)?0*[0-9a-f]{1,16}$/i.test(text),
  },
);

const controllers: NameList = { words: findWords("CGroupController"), splitting: relaxedWords };
const controllerList = names("controllers", controllers);

/** Whether the control group is handed over, or which of its controllers. */
export const delegate: Grammar = {
  syntax: "a boolean, or controllers (`cpu memory`)",
  read(value, reader) {
    const truth = readBoolean(value.text);
    if (truth !== undefined) pieceWord(reader, value, "keyword", truth ? "yes" : "no");
    else controllerList.read(value, reader);
  },
  offer: offerBeside(controllerList, booleans),
};

/** What of BPF is handed over: names separated by commas, or all. */
export function bpf(list: string): Grammar {
  const allowed: NameList = {
    words: findWords(list),
    splitting: { quotes: false, backslash: "kept", separators: ", \t\r\n" },
    open: { shape: /^BPF[A-Za-z0-9]+$/, kind: "part of BPF" },
  };
  return names(`names such as \`${allowed.words[0]?.word ?? ""}\` separated by commas, or \`any\``, allowed);
}
