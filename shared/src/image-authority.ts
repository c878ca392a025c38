// The authority of the URI of a file inside an image: the image's own URI, in hexadecimal.
//
// There it stays when a link of a page is resolved, which only replaces the path; and editors write authorities in lower
// case, so that the URI cannot stand there as it is.

/** The authority for an image by its URI; with a fragment for a partition of a disk. */
export function imageAuthority(image: string): string {
  // URIs are ASCII already, unless they were written by hand.
  const ascii = image.toWellFormed().replace(/[^\0-\x7f]+/g, encodeURIComponent);
  return Array.from(ascii, (character) => character.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}

/** The URI of the image that an authority of `imageAuthority` names; undefined for any other. */
export function imageOfAuthority(authority: string): string | undefined {
  if (!/^(?:[0-7][0-9a-f])+$/i.test(authority)) return undefined;
  return authority.replace(/../g, (digits) => String.fromCharCode(Number.parseInt(digits, 16)));
}
