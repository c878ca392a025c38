// What an editor asks about the text at hand: completion, hover, links, references, renaming, formatting, colours.
export { complete } from "../features/complete.ts";
export type { Completion, CompletionKind } from "../features/completion.ts";
export { type Hover, hover } from "../features/hover.ts";
export { type OutlineEntry, outline } from "../features/outline.ts";
export { completeUnit } from "../features/unit/complete.ts";
export { type UnitFeatureContext, updateFeatureContext } from "../features/unit/context.ts";
export {
  definitionsOfFeature,
  featureAt,
  filesOfSet,
  planFeatureRename,
  referencesToFeature,
} from "../features/unit/features-of-set.ts";
export { type Fold, foldsOfUnit } from "../features/unit/folding.ts";
export { type Edit, formatUnit, formatUnitRange } from "../features/unit/format.ts";
export { type Highlight, highlightsInUnit } from "../features/unit/highlight.ts";
export { hoverUnit } from "../features/unit/hover.ts";
export { hintsInUnit, type InlayHint } from "../features/unit/inlay-hints.ts";
export { type Link, linksIn, pathInTree } from "../features/unit/links.ts";
export {
  definitionsOf,
  descriptionOf,
  isSameUnit,
  mentionsIn,
  mentionsInRelease,
  type Place,
  referencesTo,
  unitAt,
} from "../features/unit/mentions.ts";
export { outlineOfUnit, type SectionOutline } from "../features/unit/outline.ts";
export { planRename, type RenamePlan } from "../features/unit/rename.ts";
export { selectionsInUnit } from "../features/unit/selection.ts";
export {
  type Token,
  type TokenType,
  tokenModifiers,
  tokensOfUnit,
  tokenTypes,
} from "../features/unit/semantic-tokens.ts";
export { type Signature, signatureInUnit } from "../features/unit/signature.ts";
