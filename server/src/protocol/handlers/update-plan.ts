// Our own request for what an update would do; shared has its contract.
import {
  type PlanUpdateParams,
  planUpdateRequest,
  type UpdatePlanReport,
} from "../../../../shared/src/update-requests.ts";
import { attempt, guard } from "../guard.ts";
import type { Session } from "../session.ts";
import type { UpdatePlans } from "../update-plans.ts";

export function handleUpdatePlan({ connection, log }: Session, plans: UpdatePlans, refreshesHints: boolean): void {
  connection.onRequest<UpdatePlanReport | null, void>(
    planUpdateRequest,
    guard<PlanUpdateParams, UpdatePlanReport | null>(planUpdateRequest, log, null, async (params, token) => {
      const abort = new AbortController();
      const subscription = token.onCancellationRequested(() => abort.abort());
      try {
        return (await plans.plan(params, abort.signal)) ?? null;
      } finally {
        subscription.dispose();
      }
    }),
  );
  // The hints beside patterns say which version is the newest.
  if (refreshesHints) {
    plans.onChange(
      () => void attempt("refreshing hints", log, undefined, () => connection.languages.inlayHint.refresh()),
    );
  }
}
