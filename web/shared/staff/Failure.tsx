/** A failure in the place where something should be: what happened, and trying again. */
import { Button } from "antd";

import { sentenceOf } from "./server";

export function Failure({ failure, onRetry }: { failure: unknown; onRetry?: () => void }) {
  if (failure === undefined || failure === null) return null;
  return (
    <div className="failure" role="alert">
      <p>{sentenceOf(failure)}</p>
      {onRetry && (
        <Button size="small" onClick={onRetry}>
          再试一次
        </Button>
      )}
    </div>
  );
}
