// How much a test with very many cases tries: some that stand for all in `npm test`, and all in `npm run test:long`.

/** Set to "1" where all cases are wanted. */
export const longVariable = "SYSEXT_TEST_LONG";

/** One of two sizes: of what `npm test` has time for, and of the whole campaign. */
export function campaign<Size>(few: Size, all: Size): Size {
  return process.env[longVariable] === "1" ? all : few;
}
