/** A clerk's day: queue, conversation, side panel; all of it by keyboard. */
import { Button, Drawer, Modal } from "antd";
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";

import type { DeskTicket, RejectionReason, WireClerk, WireSuggestion } from "../../../shared/api";
import { useLoaded } from "../../../shared/staff/loading";
import { ask } from "../../../shared/staff/server";
import { Desk } from "../desk";
import { Palette, type Command } from "../parts/Palette";
import { inOrder, Queue } from "../parts/Queue";
import { Side } from "../parts/Side";
import { Talk } from "../parts/Talk";
import { DUTIES } from "../words";

const WIDE = "(min-width: 1180px)";
const ENDINGS = [
  { outcome: "solved", text: "已解决" },
  { outcome: "signposted", text: "已指路" },
  { outcome: "unsolved", text: "没解决" },
] as const;

function useWide(): boolean {
  const query = useMemo(() => matchMedia(WIDE), []);
  return useSyncExternalStore(
    (told) => {
      query.addEventListener("change", told);
      return () => query.removeEventListener("change", told);
    },
    () => query.matches,
  );
}

export function Work() {
  const [desk] = useState(() => new Desk());
  const view = useSyncExternalStore(desk.subscribe, desk.snapshot);
  const wide = useWide();
  const reasons = useLoaded("reasons", (signal) => ask<RejectionReason[]>("/api/desk/rejection-reasons", { signal }));
  const colleagues = useLoaded("colleagues", (signal) => ask<WireClerk[]>("/api/desk/colleagues", { signal }));
  const [at, setAt] = useState<string | null>(null);
  const [drafts, setDrafts] = useState<Record<string, string>>({});
  const [editing, setEditing] = useState<WireSuggestion | null>(null);
  const [rejecting, setRejecting] = useState<WireSuggestion | null>(null);
  const [palette, setPalette] = useState(false);
  const [ending, setEnding] = useState(false);
  const [drawer, setDrawer] = useState(false);
  useEffect(() => desk.start(), [desk]);

  const { queue, open, story, panel } = view;
  const draft = open ? (drafts[open] ?? "") : "";
  const setDraft = useCallback(
    (text: string) => {
      if (open) setDrafts((all) => ({ ...all, [open]: text }));
      desk.setTyping(text !== "");
    },
    [desk, open],
  );
  const live = story?.ticket.state === "accepted" || story?.ticket.state === "talking";
  const focusReply = () => window.setTimeout(() => document.getElementById("reply")?.focus(), 30);
  const pick = (ticket: DeskTicket) => {
    setAt(ticket.ticket);
    setEditing(null);
    setRejecting(null);
    const mine = queue?.mine.some((one) => one.ticket === ticket.ticket);
    if (mine) void desk.openTicket(ticket.ticket);
    else void desk.accept(ticket.ticket).then((done) => done && focusReply());
  };
  const send = () => {
    const text = draft.trim();
    if (!text || !open) return;
    setDraft("");
    setEditing(null);
    void (editing ? desk.use(editing, text) : desk.say(text)).then((done) => {
      if (!done) setDrafts((all) => ({ ...all, [open]: all[open] || text }));
    });
  };
  const edit = (one: WireSuggestion) => {
    setEditing(one);
    setDraft(one.text);
    setDrawer(false);
    focusReply();
  };
  const sendSuggestion = (one: WireSuggestion) => {
    setDrawer(false);
    void desk.use(one, one.text);
  };
  const insert = (text: string) => {
    setDraft(draft ? `${draft}\n${text}` : text);
    setDrawer(false);
    focusReply();
  };
  const reason = (one: WireSuggestion, why: string) => {
    setRejecting(null);
    void desk.reject(one, why);
  };
  const move = (by: number) => {
    if (!queue) return;
    const all = inOrder(queue);
    const n = all.findIndex((one) => one.ticket === (at ?? open));
    const next = all[Math.max(0, Math.min(all.length - 1, n + by))];
    if (next) setAt(next.ticket);
  };
  const commands: Command[] = [
    { key: "N", text: "接下一位", run: () => void desk.next().then((done) => done && focusReply()) },
    ...(["on", "break", "off"] as const).map((duty) => ({ key: "", text: DUTIES[duty] ?? duty, run: () => void desk.setDuty(duty) })),
    ...(live
      ? [
          { key: "R", text: "写回复", run: focusReply },
          { key: ".", text: "结束对话", run: () => setEnding(true) },
          ...ENDINGS.map((one) => ({ key: "", text: `结束：${one.text}`, run: () => void desk.end(one.outcome) })),
          ...(colleagues.data ?? []).filter((one) => one.is_there).map((one) => ({ key: "", text: `转给${one.name}`, run: () => void desk.transfer({ clerk: one.id }) })),
          ...(panel?.canned ?? []).map((one) => ({ key: "", text: `常用语：${one.title}`, run: () => insert(one.text) })),
        ]
      : []),
  ];
  const keys = useRef<(event: KeyboardEvent) => void>(() => undefined);
  useEffect(() => {
    keys.current = (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setPalette(true);
        return;
      }
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, textarea, [role=dialog]")) return;
      const first = panel?.suggestions[0];
      const chosen = rejecting && reasons.data?.[Number(event.key) - 1];
      if (chosen) reason(rejecting, chosen.reason);
      else if (event.key === "j" || event.key === "ArrowDown") move(1);
      else if (event.key === "k" || event.key === "ArrowUp") move(-1);
      else if (event.key === "n") void desk.next().then((done) => done && focusReply());
      else if (queue && (event.key === "a" || (event.key === "Enter" && !target.closest("button, a, summary")))) {
        const one = inOrder(queue).find((ticket) => ticket.ticket === at) ?? queue.ringing[0] ?? queue.waiting[0];
        if (one) pick(one);
      } else if (event.key === "r" && live) focusReply();
      else if (event.key === "s" && live && first) sendSuggestion(first);
      else if (event.key === "e" && live && first) edit(first);
      else if (event.key === "x" && live && first) setRejecting(first);
      else if (event.key === "." && live) setEnding(true);
      else if (event.key === "p") setDrawer((shown) => !shown);
      else return;
      event.preventDefault();
    };
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => keys.current(event);
    addEventListener("keydown", hear);
    return () => removeEventListener("keydown", hear);
  }, []);

  if (!queue) return <p className="boot">{view.broken ? "连不上服务器，正在重试…" : "正在打开…"}</p>;
  const side = panel && (
    <Side
      panel={panel}
      held={view.held !== null}
      live={live}
      rejecting={rejecting}
      reasons={reasons.data ?? []}
      onRelease={desk.release}
      onSend={sendSuggestion}
      onEdit={edit}
      onReject={setRejecting}
      onReason={reason}
      onText={insert}
      onNote={(text) => void desk.note(text)}
    />
  );
  return (
    <main id="main" className={`work${open ? " has-open" : ""}`}>
      <aside className="left">
        <div className="duty">
          <span className={`state is-${queue.me.duty === "on" ? "good" : "warn"}`}>{DUTIES[queue.me.duty]}</span>
          <span className="num quiet">
            {queue.me.load}/{queue.me.skills.capacity}
          </span>
          {queue.me.duty === "on" ? (
            <Button size="small" onClick={() => void desk.setDuty("break")}>
              小休
            </Button>
          ) : (
            <Button size="small" type="primary" onClick={() => void desk.setDuty("on")}>
              上岗
            </Button>
          )}
          <Button size="small" type="text" onClick={() => setPalette(true)}>
            <kbd>Ctrl K</kbd>
            <span className="sr-only">命令</span>
          </Button>
        </div>
        <Queue queue={queue} skew={view.skew} open={open} at={at} onPick={pick} onNext={() => void desk.next()} />
      </aside>
      <div className="middle">
        {view.failure && (
          <div className="failure" role="alert">
            {view.failure}
          </div>
        )}
        {view.broken && <p className="note">线路断了，正在重连。写好的话不会丢。</p>}
        {story ? (
          <>
            <header className="talk-head">
              <Button className="back" size="small" onClick={desk.close}>
                队列
              </Button>
              <h1>{story.ticket.item?.name ?? story.ticket.reason_text}</h1>
              {!wide && (
                <Button size="small" type="primary" ghost onClick={() => setDrawer(true)}>
                  侧栏{view.held ? " •" : ""}
                </Button>
              )}
              {live && (
                <Button size="small" onClick={() => setEnding(true)}>
                  结束<kbd>.</kbd>
                </Button>
              )}
            </header>
            <Talk
              story={story}
              lines={view.lines}
              citizenTypes={view.citizenTypes}
              draft={draft}
              editing={editing?.id ?? null}
              onDraft={setDraft}
              onSend={send}
              onLeave={() => desk.setTyping(false)}
            />
          </>
        ) : (
          <div className="empty">
            <p>{queue.me.duty === "on" ? "选一位市民，或按 N 接下一位。" : "先上岗，再接待市民。"}</p>
            <p className="quiet">J / K 上下选，A 接起，S 发送建议，E 改，X 不用，R 写回复，Ctrl+K 命令</p>
          </div>
        )}
      </div>
      {wide ? (
        <aside className="side" aria-label="侧栏">
          {side ?? <p className="empty">接起后，这里是摘要、建议、办件和依据。</p>}
        </aside>
      ) : (
        <Drawer open={drawer} onClose={() => setDrawer(false)} title="侧栏" size={400} className="side-drawer">
          {side}
        </Drawer>
      )}
      {palette && <Palette commands={commands} onClose={() => setPalette(false)} />}
      <Modal open={ending} title="怎样结束" footer={null} onCancel={() => setEnding(false)}>
        <div className="row">
          {ENDINGS.map((one, n) => (
            <Button
              key={one.outcome}
              type={n === 0 ? "primary" : "default"}
              autoFocus={n === 0}
              onClick={() => {
                setEnding(false);
                void desk.end(one.outcome);
              }}
            >
              {one.text}
            </Button>
          ))}
        </div>
      </Modal>
    </main>
  );
}
