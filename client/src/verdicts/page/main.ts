// Entry of the page of verdicts.
import { connectToExtension } from "../../pages/browser/connect.ts";
import { createVerdicts } from "./draw-verdicts.ts";
import type { FromPage, ToPage } from "./messages.ts";

const show = createVerdicts(document.body);
const extension = connectToExtension<ToPage, FromPage>(({ verdicts }) => show(verdicts));
extension.send({ kind: "ready" });
