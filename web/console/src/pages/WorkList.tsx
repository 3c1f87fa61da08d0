/** A work list: what is wrong or missing, who has it, until when, and what was done about it. */
import { App as Feedback, Button, Input, Modal, Pagination, Segmented } from "antd";
import { useId, useState, useSyncExternalStore } from "react";

import type { Done, DraftedEntry, VersionSheet, WorkKind, WorkLine, WorkLines, WorkPlace, WorkState } from "../../../shared/api";
import { useLoaded } from "../../../shared/staff/loading";
import { Ask } from "../parts/Ask";
import { Learn, type Lesson } from "../parts/Learn";
import { Failure } from "../../../shared/staff/Failure";
import { Link } from "../parts/Link";
import { State, type Tone } from "../parts/State";
import { addressOf, go, usePlace } from "../place";
import { ask, currentSession, onSession, sentenceOf } from "../../../shared/staff/server";
import { count, moment, WORK_KINDS, WORK_STATES } from "../words";

const ROWS = 50;
const SEVERITIES: Record<WorkLine["severity"], { text: string; tone: Tone }> = {
  high: { text: "会答错", tone: "danger" },
  medium: { text: "要核对", tone: "warn" },
  low: { text: "可整理", tone: "plain" },
};
const TONES: Record<WorkState, Tone> = { open: "plain", taken: "info", done: "good", set_aside: "plain" };
const layers = () => document.getElementById("layers") ?? document.body;

export function WorkList({ kind, onChanged }: { kind: WorkKind; onChanged: () => void }) {
  const { query } = usePlace();
  const { message } = Feedback.useApp();
  const shown = query.get("state") ?? "waiting";
  const page = Math.max(1, Number(query.get("page") ?? "1") || 1);
  const states = shown === "waiting" ? "" : `&state=${shown}`;
  const path = `/api/console/work/${kind}?offset=${(page - 1) * ROWS}&limit=${ROWS}${states}`;
  const { data, failure, loading, reload } = useLoaded(path, (signal) => ask<WorkLines>(path, { signal }));
  const [looking, setLooking] = useState(false);
  const changed = () => {
    reload();
    onChanged();
  };
  const look = () => {
    setLooking(true);
    ask(`/api/console/work/${kind}/look`, { method: "POST" })
      .then(changed, (failed: unknown) => void message.error(sentenceOf(failed)))
      .finally(() => setLooking(false));
  };
  const words = WORK_KINDS[kind];
  return (
    <>
      <div className="head">
        <div>
          <h1>{words.title}</h1>
          <p className="quiet">{words.about}</p>
        </div>
        <Button loading={looking} onClick={look}>
          现在检查一遍
        </Button>
      </div>
      <Segmented
        aria-label="按状态筛选"
        value={shown}
        onChange={(wanted: string) => go(addressOf(["work", kind], { state: wanted === "waiting" ? "" : wanted }))}
        options={[
          { value: "waiting", label: "待处理" },
          { value: "done", label: "已完成" },
          { value: "set_aside", label: "已搁置" },
        ]}
      />
      <Failure failure={failure} onRetry={reload} />
      {data && (
        <div className={loading ? "is-loading" : ""} aria-busy={loading}>
          <p className="quiet" role="status">
            共 {count(data.total)} 条
          </p>
          {data.rows.length === 0 && <p className="empty">{shown === "waiting" ? words.none : "这里还没有。"}</p>}
          <ol className="work">
            {data.rows.map((line) => (
              <Line key={line.id} line={line} onChanged={changed} />
            ))}
          </ol>
          {data.total > ROWS && (
            <Pagination
              current={page}
              total={data.total}
              pageSize={ROWS}
              showSizeChanger={false}
              onChange={(to) => go(addressOf(["work", kind], { state: shown === "waiting" ? "" : shown, page: to }))}
            />
          )}
        </div>
      )}
    </>
  );
}

type Dialog = "take" | "set_aside" | "draft" | "supersede" | Lesson | null;
const ASKED: ReadonlySet<WorkKind> = new Set<WorkKind>(["gap", "reported", "signal"]);

function Line({ line, onChanged }: { line: WorkLine; onChanged: () => void }) {
  const session = useSyncExternalStore(onSession, currentSession);
  const { message } = Feedback.useApp();
  const [dialog, setDialog] = useState<Dialog>(null);
  const may = new Set(session?.actions ?? []);
  const waits = line.state === "open" || line.state === "taken";
  const mine = line.owner?.id === session?.account;
  const step = (name: "take" | "finish" | "set_aside" | "reopen", reason = "", due: string | null = null) =>
    ask<WorkLine>(`/api/console/work/items/${line.id}/steps`, { method: "POST", body: { step: name, reason, due } }).then(() => {
      setDialog(null);
      onChanged();
    });
  const now = (name: "finish" | "reopen") => void step(name).catch((failed: unknown) => void message.error(sentenceOf(failed)));
  return (
    <li className="panel">
      <div className="work-head">
        <State {...SEVERITIES[line.severity]} />
        <h2>{line.title}</h2>
      </div>
      <p>{line.what}</p>
      <p className="quiet">怎么办：{line.mend}</p>
      {line.places.length > 0 && (
        <ul className="places">
          {line.places.map((where, n) => (
            <li key={n}>
              <Where place={where} />
            </li>
          ))}
        </ul>
      )}
      <p className="facts">
        <State text={WORK_STATES[line.state]} tone={TONES[line.state]} />
        {line.owner && <span>负责：{line.owner.name}</span>}
        {line.due && <span className={line.late ? "is-danger" : ""}>{line.late ? `已过期：${line.due}` : `期限：${line.due}`}</span>}
        {line.volume > 1 && <span>出现 {count(line.volume)} 次</span>}
        <span>发现于 {moment(line.found_at)}</span>
        {line.reason && <span>说明：{line.reason}</span>}
      </p>
      {may.has("worklists:work") && (
        <div className="row">
          {line.state === "open" && <Button onClick={() => setDialog("take")}>我来处理</Button>}
          {line.kind === "gap" && waits && may.has("knowledge:edit") && !line.draft && (
            <Button type="primary" onClick={() => setDialog("draft")}>
              起草条目
            </Button>
          )}
          {ASKED.has(line.kind) && waits && may.has("evaluation:save") && (
            <>
              <Button onClick={() => setDialog("case")}>存为评测样例</Button>
              <Button onClick={() => setDialog("way")}>加为问法</Button>
            </>
          )}
          {successionOf(line) && waits && may.has("knowledge:withdraw") && (
            <Button type="primary" onClick={() => setDialog("supersede")}>
              由新的取代旧的…
            </Button>
          )}
          {line.state === "taken" && mine && <Button onClick={() => now("finish")}>处理好了</Button>}
          {line.state === "taken" && mine && (
            <Button onClick={() => now("reopen")}>交回清单</Button>
          )}
          {waits && <Button onClick={() => setDialog("set_aside")}>搁置</Button>}
          {!waits && <Button onClick={() => now("reopen")}>重新打开</Button>}
        </div>
      )}
      {dialog === "take" && <Take line={line} onCancel={() => setDialog(null)} onDo={(due) => step("take", "", due)} />}
      {dialog === "set_aside" && <SetAside line={line} onCancel={() => setDialog(null)} onDo={(why) => step("set_aside", why)} />}
      {dialog === "supersede" && <Supersede line={line} onCancel={() => setDialog(null)} onDone={onChanged} />}
      {(dialog === "case" || dialog === "way") && <Learn line={line} lesson={dialog} onClose={() => setDialog(null)} />}
      {dialog === "draft" && <Draft line={line} onCancel={() => setDialog(null)} />}
    </li>
  );
}

/** The older and the newer of two versions of one law under different names. */
function successionOf(line: WorkLine): { older: WorkPlace; newer: WorkPlace } | null {
  const [older, newer] = line.code === "two_versions_in_force" ? line.places : [];
  return older?.version && newer?.version && older.source !== newer.source ? { older, newer } : null;
}

function Supersede({ line, onCancel, onDone }: { line: WorkLine; onCancel: () => void; onDone: () => void }) {
  const succession = successionOf(line);
  if (!succession) return null;
  const { older, newer } = succession;
  const supersede = async (why: string) => {
    const shown = await ask<VersionSheet>(`/api/console/versions/${older.version}`);
    await ask<Done>(`/api/console/versions/${older.version}/supersede`, {
      method: "POST",
      etag: shown.etag,
      body: { successor: newer.version, why },
    });
    onCancel();
    onDone();
  };
  return (
    <Ask
      title="由新的取代旧的"
      effect={`「${older.text || older.title}」从「${newer.text || newer.title}」施行那天起不再引用；以前日期的提问照旧引用它。`}
      button="确认取代"
      danger
      onCancel={onCancel}
      onDo={supersede}
    />
  );
}

function Where({ place }: { place: WorkPlace }) {
  const known = /^(documents|items)\//.test(place.source);
  const title = [place.title, place.clause].filter(Boolean).join(" ");
  return (
    <>
      {known ? (
        <Link to={addressOf(place.source.split("/"), place.version && place.source.startsWith("documents/") ? { version: place.version } : {})}>
          {title}
        </Link>
      ) : (
        <span>{title}</span>
      )}
      {place.text && <p className="words">{marked(place)}</p>}
    </>
  );
}

/** The text with the characters that matter marked. Offsets count characters. */
function marked(place: WorkPlace) {
  const signs = Array.from(place.text);
  const parts = [];
  let at = 0;
  for (const { start, end } of [...place.spans].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    parts.push(signs.slice(at, start).join(""), <mark key={start}>{signs.slice(start, end).join("")}</mark>);
    at = end;
  }
  parts.push(signs.slice(at).join(""));
  return parts;
}

function Take({ line, onCancel, onDo }: { line: WorkLine; onCancel: () => void; onDo: (due: string | null) => Promise<void> }) {
  const [due, setDue] = useState(line.due ?? "");
  const [failure, setFailure] = useState<unknown>();
  const day = useId();
  return (
    <Modal
      open
      title="我来处理"
      onCancel={onCancel}
      getContainer={layers}
      closable={{ "aria-label": "关闭" }}
      okText="认领"
      cancelText="先不"
      onOk={() => void onDo(due || null).catch(setFailure)}
    >
      <label className="field" htmlFor={day}>
        <span>打算哪天处理完（可不填）</span>
        <Input id={day} type="date" value={due} onChange={(event) => setDue(event.target.value)} />
      </label>
      <Failure failure={failure} />
    </Modal>
  );
}

function SetAside({ line, onCancel, onDo }: { line: WorkLine; onCancel: () => void; onDo: (why: string) => Promise<void> }) {
  const [why, setWhy] = useState("");
  const [failure, setFailure] = useState<unknown>();
  const reason = useId();
  return (
    <Modal
      open
      title={`搁置「${line.title}」`}
      onCancel={onCancel}
      getContainer={layers}
      closable={{ "aria-label": "关闭" }}
      okText="搁置这一条"
      cancelText="先不"
      okButtonProps={{ disabled: why.trim().length < 2 }}
      onOk={() => void onDo(why.trim()).catch(setFailure)}
    >
      <label className="field" htmlFor={reason}>
        <span>为什么不处理（后面的人会看到）</span>
        <Input.TextArea id={reason} value={why} maxLength={500} onChange={(event) => setWhy(event.target.value)} />
      </label>
      <Failure failure={failure} />
    </Modal>
  );
}

function Draft({ line, onCancel }: { line: WorkLine; onCancel: () => void }) {
  const [entry, setEntry] = useState({ title: "", question: line.places[0]?.text ?? line.title, answer: "", basis: "" });
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const id = useId();
  const ready = entry.title.trim().length > 1 && entry.question.trim().length > 1 && entry.answer.trim().length > 4 && entry.basis.trim().length > 1;
  const save = () => {
    setBusy(true);
    ask<DraftedEntry>(`/api/console/work/items/${line.id}/draft`, { method: "POST", body: entry }).then(
      (saved) => go(addressOf(["documents", saved.document])),
      (failed: unknown) => {
        setFailure(failed);
        setBusy(false);
      },
    );
  };
  const field = (name: keyof typeof entry, label: string, rows: number) => (
    <label className="field" htmlFor={id + name}>
      <span>{label}</span>
      <Input.TextArea
        id={id + name}
        value={entry[name]}
        rows={rows}
        onChange={(event) => setEntry({ ...entry, [name]: event.target.value })}
      />
    </label>
  );
  return (
    <Modal
      open
      title="起草知识条目"
      onCancel={onCancel}
      getContainer={layers}
      closable={{ "aria-label": "关闭" }}
      okText="存为草稿"
      cancelText="先不写"
      okButtonProps={{ disabled: !ready, loading: busy }}
      onOk={save}
    >
      <p className="quiet">存为草稿后，由另一位同事审核发布，市民才会看到。</p>
      {field("title", "标题", 1)}
      {field("question", "市民的问题", 1)}
      {field("answer", "答案，用市民看得懂的话", 4)}
      {field("basis", "依据（法规、通知或答复的名称和条款）", 1)}
      <Failure failure={failure} />
    </Modal>
  );
}
