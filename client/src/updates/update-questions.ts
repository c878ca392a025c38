// Requests to the language server about systemd-sysupdate.
import type { Uri } from "vscode";
import {
  type MigrationPlan,
  type NewTransferParams,
  newTransferRequest,
  type PlanMigrationParams,
  type PlanUpdateParams,
  planMigrationRequest,
  planUpdateRequest,
  type RefreshAfterUpdateParams,
  refreshAfterUpdateRequest,
  type UpdatePlanReport,
  type VersionedLayoutParams,
  type VersionedLayoutResult,
  versionedLayoutRequest,
  type Written,
} from "../../../shared/src/update-requests.ts";

/** Each throws a UserError when the language server is not running. */
export interface UpdateQuestions {
  newTransfer(params: NewTransferParams): Promise<Written>;
  refreshAfterUpdate(params: RefreshAfterUpdateParams): Promise<Written>;
  versionedLayout(params: VersionedLayoutParams): Promise<VersionedLayoutResult>;
  /** Null for a file that is not a definition of systemd-sysupdate. */
  planUpdate(params: PlanUpdateParams): Promise<UpdatePlanReport | null>;
  /** Null for a file that is not in a folder of transfers. */
  planMigration(uri: Uri): Promise<MigrationPlan | null>;
}

export function createUpdateQuestions(
  ask: <Result>(method: string, params: object) => Promise<Result>,
): UpdateQuestions {
  return {
    newTransfer: (params) => ask(newTransferRequest, params),
    refreshAfterUpdate: (params) => ask(refreshAfterUpdateRequest, params),
    versionedLayout: (params) => ask(versionedLayoutRequest, params),
    planUpdate: (params) => ask(planUpdateRequest, params),
    planMigration: (uri) => ask(planMigrationRequest, { uri: uri.toString() } satisfies PlanMigrationParams),
  };
}
