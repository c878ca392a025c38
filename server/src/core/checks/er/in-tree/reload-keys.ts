// The keys of release files by which an extension has systemd read its units.

export const reloadKeys = ["EXTENSION_RELOAD_MANAGER", "EXTENSION_RESTART_UNITS", "EXTENSION_RELOAD_OR_RESTART_UNITS"];
/** The first version that reads the key. */
export const reloadVersion = 255;
