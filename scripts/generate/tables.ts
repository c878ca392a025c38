// Makes the tables of core and image from the facts in scripts/facts: one exported constant a file.
import { cell, header, literal, readFacts, words } from "./facts.ts";
import { generateUnitTables } from "./unit-tables.ts";

function releaseFields(): string {
  const rows = readFacts("release-fields").map((row) => {
    const values = words(row, "values");
    const fields = {
      name: cell(row, "name"),
      classes: cell(row, "classes"),
      valueClass: cell(row, "valueClass"),
      since: Number(cell(row, "since")),
      matching: cell(row, "matching") === "yes",
      description: cell(row, "description"),
      ...(values.length === 0 ? {} : { values }),
    };
    return `  ${literal(fields)},\n`;
  });
  return `${header("the keys of release files")}import type { ReleaseField } from "./release-field.ts";

export const releaseFields: readonly ReleaseField[] = [
${rows.join("")}];
`;
}

function architectures(): string {
  const rows = readFacts("architectures");
  const aliases = rows.flatMap((row) =>
    words(row, "aliases").map((alias) => `  [${literal(alias)}, ${literal(cell(row, "name"))}],\n`),
  );
  return `${header("systemd's names of architectures, and what other tools call them")}
export const architectures: readonly string[] = [
${rows.map((row) => `  ${literal(cell(row, "name"))},\n`).join("")}];

export const architectureAliases: ReadonlyMap<string, string> = new Map([
${aliases.join("")}]);
`;
}

function hostIds(): string {
  const rows = readFacts("host-ids").map((row) => `  ${literal({ id: cell(row, "id"), name: cell(row, "name") })},\n`);
  return `${header("IDs of well-known hosts")}
export const hostIds: readonly { readonly id: string; readonly name: string }[] = [
${rows.join("")}];
`;
}

function partitionRoles(): string {
  const rows = readFacts("partition-roles").map((row) => {
    const architecture = cell(row, "architecture");
    const facts = { role: cell(row, "role"), ...(architecture === "" ? {} : { architecture }) };
    return `  [${literal(cell(row, "uuid"))}, ${literal(facts)}],\n`;
  });
  return `${header("types of partitions by their GUIDs")}import type { Partition } from "./partition-table.ts";

export const partitionRoles: ReadonlyMap<string, Pick<Partition, "role" | "architecture">> = new Map<
  string,
  Pick<Partition, "role" | "architecture">
>([
${rows.join("")}]);
`;
}

function hosts(): string {
  const rows = readFacts("hosts").map((row) => {
    const text = (column: string, key: string) => (cell(row, column) === "" ? {} : { [key]: cell(row, column) });
    const host = {
      name: cell(row, "id"),
      title: cell(row, "title"),
      release: {
        id: cell(row, "ID"),
        idLike: words(row, "ID_LIKE"),
        ...text("VERSION_ID", "versionId"),
        ...text("SYSEXT_LEVEL", "sysextLevel"),
      },
      systemd: Number(cell(row, "systemd")),
      architectures: words(row, "architectures"),
      facts: {
        family: cell(row, "family"),
        mergedSbin: cell(row, "mergedSbin") === "yes",
        opt: cell(row, "opt"),
        usrLocal: cell(row, "usrLocal"),
        selinux: cell(row, "selinux") === "yes",
        fileSystems: words(row, "fileSystems"),
        known: cell(row, "known"),
      },
    };
    return `  ${literal(host)},\n`;
  });
  return `${header("systems that merge extensions, as they were known on a day")}import type { Host } from "./host.ts";

export const hosts: readonly Host[] = [
${rows.join("")}];
`;
}

/** The generated tables by their path in the project, not yet formatted. */
export function generateTables(): Record<string, string> {
  return {
    "server/src/core/tables/release-fields.ts": releaseFields(),
    "server/src/core/tables/architectures.ts": architectures(),
    "server/src/core/tables/host-ids.ts": hostIds(),
    "server/src/core/tables/hosts.ts": hosts(),
    "image/src/partitions/partition-roles.ts": partitionRoles(),
    ...generateUnitTables(),
  };
}
