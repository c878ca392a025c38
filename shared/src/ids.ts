// Names that the editor's manifest, the extension and the language server must agree on.

export const extensionId = "sysext-workbench.sysext-workbench";

export { commands } from "./command-ids.ts";

/** A command of the language server: gives files of trees other permission bits. */
export const setModesCommand = "sysext.setModes";

/** Keys that the extension sets for `when` clauses. */
export const contextKeys = {
  trees: "sysext.trees",
  imageFolders: "sysext.imageFolders",
  /** Whether the Images view lists any. */
  hasImages: "sysext.hasImages",
  /** The order of the Images view, see `EntryOrder`. */
  imagesOrder: "sysext.imagesOrder",
  imagesFiltered: "sysext.imagesFiltered",
  /** The context value of what is selected in the Images view. */
  imagesSelected: "sysext.imagesSelected",
  /** Set while the user types what to find in an image. */
  findingInImage: "sysext.findingInImage",
} as const;

export const views = {
  container: "sysext",
  extensions: "sysext.extensions",
  images: "sysext.images",
  merged: "sysext.merged",
} as const;

/** Editors of whole files, see `customEditors` in package.json. */
export const viewTypes = {
  overview: "sysext.imageOverview",
  /** The same for an image that came compressed. */
  packedOverview: "sysext.packedImageOverview",
} as const;

export const languages = {
  release: "sysext-release",
  unit: "sysext-unit",
  /** Transfers, and the drop-ins of one. */
  transfer: "sysext-transfer",
  /** Features and components, and the drop-ins of one. */
  feature: "sysext-feature",
  /** Of hosts' os-release files, which have colours only. */
  osRelease: "sysext-os-release",
} as const;

/** URI scheme of files inside images; see client/src/images/image-uri.ts for its form. */
export const imageScheme = "sysext-image";

/** URI scheme of files as bytes in hexadecimal; see client/src/hex/hex-uri.ts for its form. */
export const hexScheme = "sysext-hex";

/** URI scheme of effective units, which are made and not stored; see client/src/units/effective-unit-uri.ts for its form. */
export const unitViewScheme = "sysext-unit-view";

export const taskType = "sysext";
export const problemMatcher = "$sysext";
export const diagnosticSource = "sysext";
export const configurationSection = "sysext";

/** What the machine itself is called among the hosts. */
export const thisMachine = "this-machine";

/** The project file in a tree's folder, beside `usr/`. */
export const projectFileName = "sysext.json";
