// The table of value classes: what each name in the catalogue of settings stands for.
import { protectHostname, refreshOnReload } from "./boolean-or.ts";
import { calendar } from "./calendar-events.ts";
import { boolean, oneOf, tristate } from "./choices.ts";
import { command } from "./commands.ts";
import { condition } from "./conditions.ts";
import { cpuList } from "./cpu-lists.ts";
import * as credentials from "./credentials.ts";
import * as devices from "./devices.ts";
import { directories } from "./directories.ts";
import { environment, logFields, variables, variablesOrAssignments } from "./environment.ts";
import { exitStatuses } from "./exit-statuses.ts";
import { featureNames } from "./feature-names.ts";
import type { Grammar } from "./grammar.ts";
import { busName, fdName, logNamespace, rebootArgument } from "./identifiers.ts";
import { imagePolicy } from "./image-policy.ts";
import { type LimitKind, limit } from "./limits.ts";
import { matchPatterns } from "./match-patterns.ts";
import * as mounts from "./mounts.ts";
import * as network from "./network.ts";
import { bytes, cpuQuota, integer, memory, mode, percent, quota, tasksMax } from "./numbers.ts";
import * as partitions from "./partitions.ts";
import * as paths from "./paths.ts";
import * as sandbox from "./sandbox.ts";
import { signal } from "./signals.ts";
import { messageQueue, netlink, socketAddress } from "./sockets.ts";
import { base64, escapedText, execInput, execOutput, openFile } from "./streams.ts";
import { errno, syscalls } from "./syscalls.ts";
import { timeout, timeSpan } from "./times.ts";
import { installUnits, instance, unit, units } from "./unit-names.ts";
import { instancesMax, unsigned64 } from "./unsigned.ts";
import * as updatePaths from "./update-paths.ts";
import { updateVersion } from "./update-versions.ts";
import { uris } from "./uris.ts";
import { user, users } from "./users.ts";

/** A text that systemd takes as it is. */
const text: Grammar = {
  syntax: "text",
  read() {
    // Nothing about it can be wrong.
  },
};

const largest = 2 ** 32 - 1;

/** Makes the grammar of a class from the arguments behind its name. */
const makers: Readonly<Record<string, (...args: readonly string[]) => Grammar>> = {
  text: () => text,
  ignored: () => text,
  boolean: () => boolean,
  tristate: () => tristate,
  "boolean-or": (list = "") => oneOf(list, { boolean: true }),
  enum: (list = "", min, max) =>
    oneOf(list, min === undefined || max === undefined ? {} : { range: [Number(min), Number(max)] }),
  integer: (min, max, ...words) =>
    integer({
      ...(min === undefined ? {} : { min: Number(min) }),
      ...(max === undefined ? {} : { max: Number(max) }),
      words,
    }),
  unsigned: (...words) => integer({ min: 0, max: largest, words }),
  mode: () => mode,
  bytes: () => bytes,
  memory: () => memory,
  percent: () => percent,
  "cpu-quota": () => cpuQuota,
  "tasks-max": () => tasksMax,
  quota: () => quota,
  signal: () => signal,
  command: () => command,
  condition: (kind) => condition(kind),
  path: () => paths.path,
  paths: () => paths.paths,
  "flagged-paths": () => paths.flaggedPaths,
  "colon-paths": () => paths.colonPaths,
  "working-directory": () => paths.workingDirectory,
  "pid-file": () => paths.pidFile,
  "condition-path": () => paths.conditionPath,
  "root-hash": () => paths.rootHash,
  "root-hash-signature": () => paths.rootHashSignature,
  "mount-node": () => paths.mountNode,
  "environment-file": () => paths.environmentFile,
  units: (...types) => units(...types),
  unit: (...types) => unit(...types),
  "install-units": () => installUnits,
  instance: () => instance,
  environment: () => environment,
  variables: () => variables,
  "variables-or-assignments": () => variablesOrAssignments,
  "log-fields": () => logFields,
  "protect-hostname": () => protectHostname,
  "refresh-on-reload": () => refreshOnReload,
  timespan: (unit) => timeSpan(unit),
  timeout: () => timeout,
  calendar: () => calendar,
  uris: () => uris,
  "exit-statuses": () => exitStatuses,
  "bus-name": () => busName,
  "fd-name": () => fdName,
  "log-namespace": () => logNamespace,
  "reboot-argument": () => rebootArgument,
  "exec-input": () => execInput,
  "exec-output": () => execOutput,
  "escaped-text": () => escapedText,
  base64: () => base64,
  "open-file": () => openFile,
  user: () => user,
  users: () => users,
  limit: (kind) => limit(kind as LimitKind),
  "cpu-list": (keyword) => cpuList(keyword),
  "device-allow": () => devices.deviceAllow,
  "device-latency": () => devices.deviceLatency,
  "device-limit": () => devices.deviceLimit,
  "device-weight": () => devices.deviceWeight,
  words: (list = "") => sandbox.wordsOf(list),
  capabilities: () => sandbox.capabilities,
  "address-families": () => sandbox.addressFamilies,
  namespaces: () => sandbox.namespaces,
  filesystems: () => sandbox.filesystems,
  "coredump-filter": () => sandbox.coredumpFilter,
  delegate: () => sandbox.delegate,
  bpf: (list = "") => sandbox.bpf(list),
  syscalls: (purpose) => syscalls(purpose === "log" ? purpose : undefined),
  errno: () => errno,
  "ip-prefixes": () => network.ipPrefixes,
  interfaces: () => network.interfaces,
  interface: (also) => network.networkInterface(also),
  "socket-bind": () => network.socketBind,
  "nft-set": () => network.nftSet,
  "bpf-program": () => network.bpfProgram,
  "image-policy": () => imagePolicy,
  "bind-paths": () => mounts.bindPaths,
  "mount-images": () => mounts.mountImages,
  "extension-images": () => mounts.extensionImages,
  "image-options": () => mounts.imageOptions,
  "temporary-filesystems": () => mounts.temporaryFilesystems,
  directories: () => directories,
  "load-credential": () => credentials.loadCredential,
  "set-credential": () => credentials.setCredential,
  "import-credential": () => credentials.importCredential,
  "socket-address": (only) => socketAddress(only === "unix" ? only : undefined),
  netlink: () => netlink,
  "message-queue": () => messageQueue,
  "update-version": () => updateVersion,
  "http-url": () => updatePaths.httpUrl,
  "source-path": () => updatePaths.sourcePath,
  "target-path": () => updatePaths.targetPath,
  "symlink-path": () => updatePaths.symlinkPath,
  "feature-names": () => featureNames,
  "match-patterns": (side) => matchPatterns(side === "target" ? side : "source"),
  "partition-type": () => partitions.partitionType,
  uuid: () => partitions.uuid,
  hexadecimal: () => partitions.flags,
  unsigned64: () => unsigned64,
  "instances-max": () => instancesMax,
};

const made = new Map<string, Grammar>();

/** The grammar of a class as the catalogue writes it: its name and arguments. A class without one is text. */
export function findGrammar(description: string): Grammar {
  const known = made.get(description);
  if (known !== undefined) return known;
  const [name = "", ...args] = description.split(" ");
  const grammar = makers[name]?.(...args) ?? text;
  made.set(description, grammar);
  return grammar;
}

/** Whether the class that the catalogue names is known here. */
export function hasGrammar(description: string): boolean {
  return Object.hasOwn(makers, description.split(" ")[0] ?? "");
}
