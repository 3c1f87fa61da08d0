/** Counter mode (线下接续): who comes by appointment; a case by its code, given back, taken on or decided with a reason. */
import { Button, Input } from "antd";
import { useEffect, useState, type SubmitEvent } from "react";

import type { DeskCase, PanelCase, SidePanel, TicketStory, VisitList, WireVisit } from "../../../shared/api";
import { useLoaded } from "../../../shared/staff/loading";
import { ask } from "../../../shared/staff/server";
import { Failure } from "../../../shared/staff/Failure";
import { type Opened } from "../parts/Clause";
import { Side } from "../parts/Side";
import { Before } from "../parts/Talk";
import { Visits } from "../parts/Visits";

const nothing = () => undefined;
/** Who chose a window a moment ago is on the list within a minute. */
const EVERY = 60_000;

export function Counter() {
  const [code, setCode] = useState("");
  const [panel, setPanel] = useState<SidePanel | null>(null);
  const [story, setStory] = useState<TicketStory | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [failure, setFailure] = useState<unknown>();
  const [round, setRound] = useState(0);
  const mine = useLoaded(`cases ${String(round)}`, (signal) => ask<DeskCase[]>("/api/desk/cases", { signal }));
  const visits = useLoaded(`visits ${String(round)}`, (signal) => ask<VisitList>("/api/desk/visits", { signal }));
  const tell = (asked: Promise<SidePanel>, told: TicketStory | null = null) => {
    setFailure(undefined);
    setOpened(null);
    asked.then((found) => {
      setPanel(found);
      setStory(told);
    }, setFailure);
  };
  const look = () => setRound((n) => n + 1);
  const another = () => {
    setPanel(null);
    look();
    document.getElementById("code")?.focus();
  };
  useEffect(() => {
    if (panel) return;
    const timer = window.setInterval(look, EVERY);
    return () => window.clearInterval(timer);
  }, [panel]);
  const openVisit = async (visit: WireVisit) => {
    try {
      const told = await ask<TicketStory>(`/api/desk/tickets/${visit.ticket}`);
      tell(ask<SidePanel>(`/api/desk/tickets/${visit.ticket}/panel`), told);
    } catch (refused) {
      setFailure(refused);
    }
  };
  const mark = (visit: WireVisit, how: "came" | "not-come") => {
    setFailure(undefined);
    const refused = (why: unknown) => {
      setFailure(why);
      look();
    };
    ask<WireVisit>(`/api/desk/visits/${visit.ticket}/${how}`, { method: "POST" }).then(how === "came" ? openVisit : look, refused);
  };
  const open = (event: SubmitEvent) => {
    event.preventDefault();
    openByCode(code);
  };
  const openByCode = (which: string) => tell(ask<SidePanel>("/api/desk/counter", { method: "POST", body: { code: which } }));
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
      {!panel && <Failure failure={visits.failure} />}
      {!panel && visits.data && (
        <Visits list={visits.data} onCame={(one) => mark(one, "came")} onOpen={(one) => void openVisit(one)} onNotCome={(one) => mark(one, "not-come")} />
      )}
      {panel && (
        <div className="panel">
          <p className="row">
            <Button size="small" autoFocus onClick={another}>
              换一件
            </Button>
            {story && found && (
              <Button size="small" type="primary" onClick={() => openByCode(found.code)}>
                接着办这个办件
              </Button>
            )}
          </p>
          {story && <Told story={story} />}
          {found && !story && <Decide key={found.version} found={found} onStep={step} />}
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

/** What the citizen said before coming: they tell it once. */
function Told({ story }: { story: TicketStory }) {
  const turns = story.story?.turns ?? [];
  const lines = story.lines.filter((line) => line.kind === "message" && line.text);
  return (
    <section className="part told" aria-label="来之前说的">
      <h2>来之前说的</h2>
      {turns.length === 0 && lines.length === 0 && <p className="quiet">来之前没有说什么，请当面问一问。</p>}
      {turns.map((turn) => (
        <Before key={turn.client_id} turn={turn} />
      ))}
      {lines.map((line) => (
        <p key={line.seq} className={`said is-${line.side}`}>
          <span className="said-who">{line.side === "citizen" ? "市民" : (line.clerk_name ?? "工作人员")}</span>
          {line.text}
        </p>
      ))}
    </section>
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
