/** A clerk's day: queue, conversation, side panel; all of it by keyboard. */
import { Button, Drawer } from "antd";
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";

import type { DeskTicket, RejectionReason, WireCanned, WireClerk, WireSuggestion } from "../../../shared/api";
import { useLoaded } from "../../../shared/staff/loading";
import { ask } from "../../../shared/staff/server";
import { Desk } from "../desk";
import { CallBox } from "../parts/CallBox";
import { CannedPicker } from "../parts/CannedPicker";
import { clausesOf, type Opened } from "../parts/Clause";
import { Ending, ENDINGS, type Outcome } from "../parts/Ending";
import { HandOn, type Handing } from "../parts/HandOn";
import { KeyHelp } from "../parts/KeyHelp";
import { Palette, type Command } from "../parts/Palette";
import { inOrder, Queue } from "../parts/Queue";
import { Side } from "../parts/Side";
import { Talk } from "../parts/Talk";
import { TalkHead } from "../parts/TalkHead";
import { DUTIES } from "../words";

const WIDE = "(min-width: 1180px)";
/** What lies over the desk; one at a time. */
type Over = "palette" | "ending" | "canned" | "help" | Handing;

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
  const [over, setOver] = useState<Over | null>(null);
  const colleagues = useLoaded(over === "transfer" || over === "invite" ? `colleagues ${over}` : "colleagues", (signal) => ask<WireClerk[]>("/api/desk/colleagues", { signal }));
  const [at, setAt] = useState<string | null>(null);
  const [drafts, setDrafts] = useState<Record<string, string>>({});
  const [editing, setEditing] = useState<WireSuggestion | null>(null);
  const [rejecting, setRejecting] = useState<WireSuggestion | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
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
  const owner = live && story.ticket.clerk === queue?.me.id;
  const calling = owner && story.ticket.is_call;
  const focusReply = () => window.setTimeout(() => document.getElementById("reply")?.focus(), 30);
  const pick = (ticket: DeskTicket) => {
    setAt(ticket.ticket);
    setEditing(null);
    setRejecting(null);
    setOpened(null);
    const mine = [...(queue?.mine ?? []), ...(queue?.ended ?? [])].some((one) => one.ticket === ticket.ticket);
    if (mine) void desk.openTicket(ticket.ticket);
    else void desk.accept(ticket.ticket).then((done) => done && focusReply());
  };
  const send = () => {
    const text = draft.trim();
    if (!text || !open) return;
    setDraft("");
    setEditing(null);
    void (editing?.kind === "canned" ? desk.useCanned(editing.id, text) : editing ? desk.use(editing, text) : desk.say(text)).then((done) => {
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
  const canned = (one: WireCanned) => {
    setEditing({ id: one.id, kind: "canned", text: one.text, citations: [] });
    setDraft(one.text);
    setDrawer(false);
    focusReply();
  };
  const end = (outcome: Outcome, note: string) => {
    setOver(null);
    void desk.end(outcome, note);
  };
  const openForm = () => {
    if (!view.form) void desk.askForForm();
    else document.querySelector<HTMLElement>(".form-box .propose")?.focus();
    if (view.form && !wide) setDrawer(true);
  };
  const why = () => {
    const next = opened ? null : (clausesOf(panel)[0] ?? null);
    if (!next && !opened) desk.tell("这一刻侧栏里没有可看的依据。");
    setOpened(next);
    if (next && !wide) setDrawer(true);
  };
  const chooseFile = () => document.getElementById("desk-file")?.click();
  const newestEnded = queue?.ended[0];
  const reopen = () => {
    const ended = story?.ticket.state === "ended" ? story.ticket : newestEnded;
    if (ended) void desk.reopen(ended.ticket);
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
    { key: "?", text: "快捷键", run: () => setOver("help") },
    ...(newestEnded ? [{ key: "O", text: "重新接上刚结束的", run: reopen }] : []),
    ...(live
      ? [
          { key: "R", text: "写回复", run: focusReply },
          { key: "/", text: "常用语", run: () => setOver("canned") },
          { key: "U", text: "发图片或PDF", run: chooseFile },
          { key: "Y", text: "为什么：看依据", run: why },
          ...(owner
            ? [
                { key: "F", text: view.form ? "到表里" : "请市民一起填表", run: openForm },
                { key: "I", text: "请同事加入", run: () => setOver("invite") },
                { key: "T", text: "转给别人", run: () => setOver("transfer") },
                { key: "C", text: "请市民约个时间接电话", run: () => void desk.offerCall() },
                { key: ".", text: "结束对话", run: () => setOver("ending") },
                ...ENDINGS.map((one) => ({ key: "", text: `结束：${one.text}`, run: () => void desk.end(one.outcome) })),
              ]
            : [{ key: "L", text: "离开对话", run: () => void desk.leave() }]),
          ...(panel?.canned ?? []).map((one) => ({ key: "", text: `常用语：${one.title}`, run: () => canned(one) })),
        ]
      : []),
  ];
  const keys = useRef<(event: KeyboardEvent) => void>(() => undefined);
  useEffect(() => {
    keys.current = (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setOver("palette");
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
      else if (event.key === "/" && live) setOver("canned");
      else if (event.key === "?") setOver("help");
      else if (event.key === "y") why();
      else if (event.key === "u" && live) chooseFile();
      else if (event.key === "f" && owner) openForm();
      else if (event.key === "i" && owner) setOver("invite");
      else if (event.key === "t" && owner) setOver("transfer");
      else if (event.key === "c" && owner && !calling) void desk.offerCall();
      else if (event.key === "l" && live && !owner) void desk.leave();
      else if (event.key === "o") reopen();
      else if (event.key === "g" && calling) void desk.called(true);
      else if (event.key === "b" && calling) void desk.called(false);
      else if (event.key === "." && owner) setOver("ending");
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
      onCanned={canned}
      opened={opened}
      onOpen={setOpened}
      form={view.form}
      onPropose={desk.propose}
      onTakeBack={desk.takeBack}
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
          <Button size="small" type="text" onClick={() => setOver("palette")}>
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
            <TalkHead
              story={story}
              me={queue.me.id}
              colleagues={colleagues.data ?? []}
              live={live}
              wide={wide}
              news={view.held !== null}
              shared={view.form !== null}
              onBack={desk.close}
              onSide={() => setDrawer(true)}
              onForm={openForm}
              onInvite={() => setOver("invite")}
              onTransfer={() => setOver("transfer")}
              onCall={() => void desk.offerCall()}
              onLeave={() => void desk.leave()}
              onEnd={() => setOver("ending")}
              onReopen={reopen}
            />
            {calling && <CallBox ticket={story.ticket} contact={view.contact} onCalled={(reached) => void desk.called(reached)} />}
            <Talk
              story={story}
              lines={view.lines}
              citizenTypes={view.citizenTypes}
              draft={draft}
              editing={editing && (editing.kind === "canned" ? "常用语；花括号里的空填好才能发。" : "正在改小申的建议；改后发出，记为“改过后发”。")}
              onDraft={setDraft}
              onSend={send}
              onLeave={() => desk.setTyping(false)}
              onFile={(file) => void desk.sendFile(file)}
              onCanned={() => setOver("canned")}
              sending={view.sending !== null}
            />
          </>
        ) : (
          <div className="empty">
            <p>{queue.me.duty === "on" ? "选一位市民，或按 N 接下一位。" : "先上岗，再接待市民。"}</p>
            <p className="quiet">J / K 上下选，A 接起，S 发送建议，E 改，X 不用，R 写回复；按 ? 看全部快捷键</p>
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
      {over === "palette" && <Palette commands={commands} onClose={() => setOver(null)} />}
      {over === "help" && <KeyHelp onClose={() => setOver(null)} />}
      {over === "ending" && <Ending onEnd={end} onClose={() => setOver(null)} />}
      {over === "canned" && <CannedPicker canned={panel?.canned ?? []} onPick={canned} onClose={() => setOver(null)} />}
      {(over === "transfer" || over === "invite") && (
        <HandOn
          what={over}
          colleagues={colleagues.data ?? []}
          department={story?.ticket.department ?? null}
          onTransfer={(to) => void desk.transfer(to)}
          onInvite={(clerk) => void desk.invite(clerk)}
          onClose={() => setOver(null)}
        />
      )}
    </main>
  );
}
