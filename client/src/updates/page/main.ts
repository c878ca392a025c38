// Entry of the page of an update plan.
import { connectToExtension } from "../../pages/browser/connect.ts";
import { createPlan } from "./draw-plan.ts";
import type { FromPage, ToPage } from "./messages.ts";

const show = createPlan(document.body, (message) => extension.send(message));
const extension = connectToExtension<ToPage, FromPage>(({ plan }) => show(plan));
extension.send({ kind: "ready" });
