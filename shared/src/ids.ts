// Names that the editor's manifest, the extension and the language server must agree on.

export const extensionId = "sysext-workbench.sysext-workbench";

export const commands = {
  buildImage: "sysext.buildImage",
  openImage: "sysext.openImage",
  closeImage: "sysext.closeImage",
  refreshImages: "sysext.refreshImages",
  copyImagePath: "sysext.copyImagePath",
  revealImage: "sysext.revealImage",
  browseImage: "sysext.browseImage",
  openTarget: "sysext.openTarget",
  copyPathInImage: "sysext.copyPathInImage",
  showEffectiveUnit: "sysext.showEffectiveUnit",
} as const;

/** Keys that the extension sets for `when` clauses. */
export const contextKeys = { trees: "sysext.trees" } as const;

export const views = { container: "sysext", images: "sysext.images" } as const;

export const languages = { release: "sysext-release", unit: "sysext-unit" } as const;

/** URI scheme of files inside images; see client/src/images/image-uri.ts for its form. */
export const imageScheme = "sysext-image";

/** URI scheme of effective units, which are made and not stored; see client/src/units/effective-unit-uri.ts for its form. */
export const unitViewScheme = "sysext-unit-view";

export const taskType = "sysext";
export const problemMatcher = "$sysext";
export const diagnosticSource = "sysext";
export const configurationSection = "sysext";

/** The project file in a tree's folder, beside `usr/`. */
export const projectFileName = "sysext.json";
