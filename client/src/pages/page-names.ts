// The table of pages: for each the folder below client/src whose folder "page" holds its entry, style sheet and messages.

/** A page is bundled as `dist/pages/NAME.js` and `dist/pages/NAME.css`. */
export const pageNames = ["overview", "compare", "verdicts", "updates"] as const;

export type PageName = (typeof pageNames)[number];
