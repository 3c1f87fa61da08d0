/** Canned answers: who looks after each, until when it holds, and whether its sources say it. */
import { Button, Input } from "antd";
import { useState, type SubmitEvent } from "react";

import type { CannedChecked, CannedKept } from "../../../shared/api";
import { Failure } from "../../../shared/staff/Failure";
import { useLoaded } from "../../../shared/staff/loading";
import { ask } from "../../../shared/staff/server";

const SOON_DAYS = 14;
const NEW = { id: "", title: "", text: "", item: "", expires_on: "" };
type Draft = typeof NEW;

/** By the calendar of the office, whatever zone this computer is in. */
const dayFrom = (days: number) => new Date(Date.now() + days * 86_400_000).toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });

export function Canned() {
  const [round, setRound] = useState(0);
  const all = useLoaded(`canned ${String(round)}`, (signal) => ask<CannedKept[]>("/api/desk/supervision/canned", { signal }));
  const [wanted, setWanted] = useState("");
  const [draft, setDraft] = useState<Draft | null>(null);
  const [failure, setFailure] = useState<unknown>();
  const again = () => setRound((n) => n + 1);
  const found = (all.data ?? []).filter((one) => `${one.title}${one.text}`.includes(wanted.trim()));
  const drop = (one: CannedKept) => {
    setFailure(undefined);
    ask(`/api/desk/supervision/canned/${one.id}`, { method: "DELETE" }).then(again, setFailure);
  };
  return (
    <main id="main" className="canned-page" tabIndex={0}>
      <h1>常用语</h1>
      <p className="quiet">
        帮办人员在回复框里按 / 选用。过期的发不出去。花括号里的空：{"{事项} {部门} {工作人员} {今天} {接续码}"} 自动填，别的由帮办人员填好才能发。
      </p>
      <div className="row">
        <Input aria-label="找常用语" placeholder="找常用语" value={wanted} onChange={(event) => setWanted(event.target.value)} />
        <Button type="primary" onClick={() => setDraft({ ...NEW, expires_on: dayFrom(90) })}>
          新写一条
        </Button>
        <a href="/api/desk/supervision/canned.csv" download>
          导出表格
        </a>
      </div>
      <Failure failure={failure} />
      {draft && (
        <Write
          key={draft.id}
          start={draft}
          onClose={() => setDraft(null)}
          onKept={() => {
            setDraft(null);
            again();
          }}
        />
      )}
      {found.length === 0 && all.data && <p className="empty">没有常用语。写几条常说的话，比如问候、请稍等、怎样去窗口。</p>}
      <ul className="canned-list">
        {found.map((one) => (
          <li key={one.id} className={one.is_over ? "is-over" : undefined}>
            <h2>
              {one.title}{" "}
              <span className={`state is-${one.is_over ? "danger" : one.expires_on <= dayFrom(SOON_DAYS) ? "warn" : "good"}`}>
                {one.is_over ? `${one.expires_on} 已过期，不能发送` : `有效至 ${one.expires_on}`}
              </span>
            </h2>
            <p>{one.text}</p>
            <p className="quiet">
              负责人 {one.owner} · {one.item ? `事项 ${one.item}` : "所有事项"}
              {one.places.length > 0 ? ` · 要填：${one.places.join("、")}` : ""}
            </p>
            <p className="row">
              <Button size="small" onClick={() => setDraft({ ...one, item: one.item ?? "" })}>
                修改或延期
              </Button>
              <Button size="small" danger onClick={() => drop(one)}>
                删除
              </Button>
            </p>
          </li>
        ))}
      </ul>
    </main>
  );
}

function Write({ start, onClose, onKept }: { start: Draft; onClose: () => void; onKept: () => void }) {
  const [draft, setDraft] = useState(start);
  const [problems, setProblems] = useState<CannedChecked[]>([]);
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const set = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }));
  const keep = async () => {
    const words = { text: draft.text, item: draft.item.trim() || null };
    const found = await ask<CannedChecked[]>("/api/desk/supervision/canned/checked", { method: "POST", body: words });
    setProblems(found);
    if (found.length > 0) return;
    const body = { ...words, title: draft.title.trim(), expires_on: draft.expires_on };
    const path = `/api/desk/supervision/canned${draft.id ? `/${draft.id}` : ""}`;
    await ask(path, { method: draft.id ? "PUT" : "POST", body });
    onKept();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    void keep()
      .catch(setFailure)
      .finally(() => setBusy(false));
  };
  return (
    <form className="part canned-form" onSubmit={submit} aria-label={draft.id ? "修改常用语" : "新写常用语"}>
      <label htmlFor="canned-title">标题</label>
      <Input id="canned-title" required autoFocus maxLength={80} value={draft.title} onChange={(event) => set({ title: event.target.value })} />
      <label htmlFor="canned-text">内容</label>
      <Input.TextArea id="canned-text" required rows={4} maxLength={2000} value={draft.text} onChange={(event) => set({ text: event.target.value })} />
      <label htmlFor="canned-item">事项编号（内容说到费用、时限、材料时要选，用来核对依据；通用的不填）</label>
      <Input id="canned-item" maxLength={80} placeholder="例如 id_loss" value={draft.item} onChange={(event) => set({ item: event.target.value })} />
      <label htmlFor="canned-until">有效至</label>
      <input id="canned-until" type="date" required min={dayFrom(0)} value={draft.expires_on} onChange={(event) => set({ expires_on: event.target.value })} />
      {problems.length > 0 && (
        <div className="failure" role="alert">
          <p>这些句子的依据不足，没有保存：</p>
          <ul>
            {problems.map((one) => (
              <li key={one.sentence}>
                “{one.sentence}”：{one.reason}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Failure failure={failure} />
      <p className="row">
        <Button type="primary" htmlType="submit" loading={busy}>
          核对依据并保存
        </Button>
        <Button onClick={onClose}>取消</Button>
      </p>
    </form>
  );
}
