// What the benchmark of activation and its part inside VS Code agree on.

/** Names the file in which the times are wanted, as JSON: milliseconds to load the code, and to activate. */
export const timesVariable = "SYSEXT_ACTIVATION_TIMES";
