// Entry of the page of a comparison.
import { connectToExtension } from "../../pages/browser/connect.ts";
import { createComparison } from "./draw-comparison.ts";
import type { FromPage, ToPage } from "./messages.ts";

const receive = createComparison(document.body, (message) => extension.send(message));
const extension = connectToExtension<ToPage, FromPage>(receive);
extension.send({ kind: "ready" });
