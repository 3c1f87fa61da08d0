/** 「答得不对」: one press, one reason, and editors look at the answer. */
import { Button } from "antd";
import { useState } from "react";

import type { ReportReason } from "../../../shared/client";
import { useSettings } from "../settings";
import { Icon } from "./Icon";

export type OnReport = (clientId: string, reason: ReportReason) => Promise<boolean>;

const REASONS = ["wrong", "outdated", "not_my_question", "incomplete"] as const;

export function Report({ clientId, onReport }: { clientId: string; onReport: OnReport }) {
  const { words } = useSettings();
  const [state, setState] = useState<"closed" | "open" | "sending" | "done" | "failed">("closed");
  const send = async (reason: ReportReason) => {
    setState("sending");
    setState((await onReport(clientId, reason)) ? "done" : "failed");
  };
  if (state === "done" || state === "failed")
    return (
      <span className="told" role="status">
        {state === "done" ? words.reported : words.reportFailed}
      </span>
    );
  return (
    <>
      <Button
        type="text"
        icon={<Icon name="flag" />}
        aria-expanded={state !== "closed"}
        onClick={() => setState(state === "closed" ? "open" : "closed")}
      >
        {words.report}
      </Button>
      {state !== "closed" && (
        <div className="reasons" role="group" aria-label={words.reportWhy}>
          {REASONS.map((reason) => (
            <Button key={reason} size="small" disabled={state === "sending"} onClick={() => void send(reason)}>
              {words.reportReasons[reason]}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}
