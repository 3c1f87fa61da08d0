/** Counter mode (线下接续): a case opened by its code, without a chat. */
import { Button, Input } from "antd";
import { useState, type SubmitEvent } from "react";

import type { SidePanel } from "../../../shared/api";
import { ask } from "../../../shared/staff/server";
import { Failure } from "../../../shared/staff/Failure";
import { Side } from "../parts/Side";

const nothing = () => undefined;

export function Counter() {
  const [code, setCode] = useState("");
  const [panel, setPanel] = useState<SidePanel | null>(null);
  const [failure, setFailure] = useState<unknown>();
  const tell = (asked: Promise<SidePanel>) => {
    setFailure(undefined);
    asked.then(setPanel, setFailure);
  };
  const open = (event: SubmitEvent) => {
    event.preventDefault();
    tell(ask<SidePanel>("/api/desk/counter", { method: "POST", body: { code } }));
  };
  const found = panel?.case;
  const giveBack = () => {
    if (found) tell(ask<SidePanel>(`/api/desk/cases/${found.id}/return`, { method: "POST", body: { version: found.version } }));
  };
  return (
    <main id="main" className="counter" tabIndex={0}>
      <h1>窗口接续</h1>
      <form className="row" onSubmit={open}>
        <label htmlFor="code">接续码</label>
        <Input
          id="code"
          autoFocus
          autoComplete="off"
          placeholder="例如 ABCD-EFGH-JKLM"
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        <Button type="primary" htmlType="submit" disabled={!code.trim()}>
          打开办件
        </Button>
      </form>
      <Failure failure={failure} />
      {!panel && <p className="empty">请市民出示接续码，输入后接着办，不用从头再说。打开会留下记录。</p>}
      {panel && (
        <div className="panel">
          {found && found.notice.length > 0 && found.is_open && (
            <p className="row">
              <Button type="primary" onClick={giveBack}>
                一次性告知并退回补正
              </Button>
            </p>
          )}
          <Side
            panel={panel}
            held={false}
            live={false}
            rejecting={null}
            reasons={[]}
            onRelease={nothing}
            onSend={nothing}
            onEdit={nothing}
            onReject={nothing}
            onReason={nothing}
            onText={(text) => void navigator.clipboard.writeText(text)}
          />
        </div>
      )}
    </main>
  );
}
