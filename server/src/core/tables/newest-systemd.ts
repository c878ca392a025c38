// Which systemd the tables describe.

/** The newest version of systemd that the catalogue knows. */
export const newestSystemd = 262;
