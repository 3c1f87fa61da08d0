/** Whether a clerk takes conversations, and how many they have. */
import { Button } from "antd";

import type { DeskQueue } from "../../../shared/api";
import { DUTIES } from "../words";

export function Duty({ me, onDuty, onCommands }: { me: DeskQueue["me"]; onDuty: (duty: "on" | "break") => void; onCommands: () => void }) {
  return (
    <div className="duty">
      <span className={`state is-${me.duty === "on" ? "good" : "warn"}`}>{DUTIES[me.duty]}</span>
      <span className="num quiet">
        {me.load}/{me.skills.capacity}
      </span>
      {me.duty === "on" ? (
        <Button size="small" onClick={() => onDuty("break")}>
          小休
        </Button>
      ) : (
        <Button size="small" type="primary" onClick={() => onDuty("on")}>
          上岗
        </Button>
      )}
      <Button size="small" type="text" onClick={onCommands}>
        <kbd>Ctrl K</kbd>
        <span className="sr-only">命令</span>
      </Button>
    </div>
  );
}
