// Findings as one JSON array.
import type { Report } from "./finding.ts";

export const jsonReport: Report = (findings) => `${JSON.stringify(findings, null, 2)}\n`;
