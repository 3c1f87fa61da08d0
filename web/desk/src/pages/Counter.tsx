/** Counter mode (线下接续): a case opened by its code, without a chat; given back, taken on or decided with a reason. */
import { Button, Input } from "antd";
import { useState, type SubmitEvent } from "react";

import type { DeskCase, PanelCase, SidePanel } from "../../../shared/api";
import { useLoaded } from "../../../shared/staff/loading";
import { ask } from "../../../shared/staff/server";
import { Failure } from "../../../shared/staff/Failure";
import { type Opened } from "../parts/Clause";
import { Side } from "../parts/Side";

const nothing = () => undefined;

export function Counter() {
  const [code, setCode] = useState("");
  const [panel, setPanel] = useState<SidePanel | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [failure, setFailure] = useState<unknown>();
  const [round, setRound] = useState(0);
  const mine = useLoaded(`cases ${String(round)}`, (signal) => ask<DeskCase[]>("/api/desk/cases", { signal }));
  const tell = (asked: Promise<SidePanel>) => {
    setFailure(undefined);
    setOpened(null);
    asked.then((found) => {
      setPanel(found);
      setRound((n) => n + 1);
    }, setFailure);
  };
  const open = (event: SubmitEvent) => {
    event.preventDefault();
    tell(ask<SidePanel>("/api/desk/counter", { method: "POST", body: { code } }));
  };
  const found = panel?.case;
  const step = (name: string, body: object) => {
    if (found) tell(ask<SidePanel>(`/api/desk/cases/${found.id}/${name}`, { method: "POST", body: { version: found.version, ...body } }));
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
      {!panel && mine.data && mine.data.length > 0 && (
        <section className="part" aria-label="我接过的办件">
          <h2>我接过的办件</h2>
          <ul className="my-cases">
            {mine.data.map((one) => (
              <li key={one.id}>
                <Button onClick={() => tell(ask<SidePanel>(`/api/desk/cases/${one.id}/panel`))}>
                  {one.name} <span className="state">{one.state_label}</span>
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {panel && (
        <div className="panel">
          <p className="row">
            <Button size="small" onClick={() => setPanel(null)}>
              换一件
            </Button>
          </p>
          {found && <Decide key={found.version} found={found} onStep={step} />}
          <Side
            panel={panel}
            held={false}
            live={false}
            rejecting={null}
            reasons={[]}
            opened={opened}
            onOpen={setOpened}
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

/** What can be done with the case now, each with its reason. */
function Decide({ found, onStep }: { found: PanelCase; onStep: (name: string, body: object) => void }) {
  const [words, setWords] = useState("");
  const reason = words.trim();
  const atOffice = found.state === "submitted";
  const taken = found.state === "accepted";
  if (!found.is_open && !atOffice && !taken) return null;
  const canReturn = found.notice.length > 0 || reason !== "";
  return (
    <section className="part decide" aria-label="处理这个办件">
      <label htmlFor="why">{taken ? "决定的内容（市民会看到）" : "退回的原因（可不写；预审查出的会自动带上，市民会看到）"}</label>
      <Input.TextArea id="why" rows={2} maxLength={500} value={words} onChange={(event) => setWords(event.target.value)} />
      <p className="row">
        {!taken && (
          <Button disabled={!canReturn} onClick={() => onStep("return", { reasons: reason ? [reason] : [] })}>
            一次性告知并退回补正
          </Button>
        )}
        {atOffice && (
          <Button type="primary" onClick={() => onStep("acceptance", {})}>
            受理
          </Button>
        )}
        {taken && (
          <>
            <Button type="primary" disabled={!reason} onClick={() => onStep("decision", { granted: true, result: reason })}>
              准予
            </Button>
            <Button danger disabled={!reason} onClick={() => onStep("decision", { granted: false, result: reason })}>
              不予
            </Button>
          </>
        )}
      </p>
      {!taken && !canReturn && <p className="quiet">现在不缺什么；要退回的话请写明原因。</p>}
    </section>
  );
}
