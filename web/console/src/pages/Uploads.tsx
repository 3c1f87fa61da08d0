/** Handing in files, and what becomes of each. */
import { App as Feedback, Button, Progress } from "antd";
import { useEffect, useRef, useState, type DragEvent } from "react";

import type { JobLine, JobLines } from "../../../shared/api";
import { useLoaded } from "../../../shared/staff/loading";
import { Failure } from "../../../shared/staff/Failure";
import { Link } from "../parts/Link";
import { State, type Tone } from "../parts/State";
import { addressOf } from "../place";
import { ask, sendFile, sentenceOf } from "../../../shared/staff/server";
import { count, JOB_STATES, moment, size } from "../words";

const MOST_BYTES = 100 * 1024 * 1024;
const AT_ONCE = 2;
const LOOK_AGAIN = 1200;
const TONES: Record<JobLine["state"], Tone> = {
  queued: "plain",
  reading: "info",
  reviewing: "warn",
  done: "good",
  skipped: "plain",
  failed: "danger",
  quarantined: "danger",
  cancelled: "plain",
};

interface Sending {
  id: number;
  file: File;
  share: number;
  problem: string | undefined;
}

export function Uploads() {
  const jobs = useLoaded("jobs", (signal) => ask<JobLines>("/api/console/jobs", { signal }));
  const { sending, add, dismiss } = useSending(jobs.reload);
  const open = jobs.data?.open ?? 0;
  const { reload, loading } = jobs;
  useEffect(() => {
    if (open === 0 || loading) return undefined;
    const timer = setTimeout(reload, LOOK_AGAIN);
    return () => clearTimeout(timer);
  }, [open, loading, reload]);
  return (
    <>
      <div className="head">
        <h1>上传</h1>
      </div>
      <DropZone onFiles={add} />
      {sending.length > 0 && (
        <section aria-label="正在上传">
          <ul className="sending">
            {sending.map((one) => (
              <li key={one.id}>
                <span className="file-name">{one.file.name}</span>
                <span className="quiet">{size(one.file.size)}</span>
                {one.problem === undefined ? (
                  <Progress percent={Math.round(one.share * 100)} size="small" aria-label={`${one.file.name} 上传进度`} />
                ) : (
                  <span className="problem" role="alert">
                    {one.problem}
                    <Button size="small" onClick={() => dismiss(one.id)}>
                      知道了
                    </Button>
                  </span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <h2>处理情况</h2>
      <Failure failure={jobs.failure} onRetry={jobs.reload} />
      {jobs.data && (jobs.data.jobs.length === 0 ? <p className="empty">还没有上传过文件。</p> : <Jobs lines={jobs.data} onChanged={jobs.reload} />)}
    </>
  );
}

/** Sends a few files at a time; each says for itself what went wrong. */
function useSending(onTaken: () => void) {
  const [sending, setSending] = useState<Sending[]>([]);
  const waiting = useRef<Sending[]>([]);
  const running = useRef(0);
  const number = useRef(0);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => {
    stop.current = new AbortController();
    return () => stop.current?.abort();
  }, []);
  const change = (id: number, with_: Partial<Sending>) =>
    setSending((all) => all.map((one) => (one.id === id ? { ...one, ...with_ } : one)));
  const dismiss = (id: number) => setSending((all) => all.filter((one) => one.id !== id));
  const next = () => {
    const one = running.current < AT_ONCE ? waiting.current.shift() : undefined;
    if (!one || !stop.current) return;
    running.current += 1;
    const path = `/api/console/uploads?name=${encodeURIComponent(one.file.name)}`;
    sendFile<JobLines>(path, one.file, (share) => change(one.id, { share }), stop.current.signal)
      .then(
        () => {
          dismiss(one.id);
          onTaken();
        },
        (failed: unknown) => change(one.id, { problem: sentenceOf(failed) }),
      )
      .finally(() => {
        running.current -= 1;
        next();
      });
    next();
  };
  const add = (files: File[]) => {
    const fresh = files.map((file) => ({ id: ++number.current, file, share: 0, problem: refusalOf(file) }));
    setSending((all) => [...all, ...fresh]);
    waiting.current.push(...fresh.filter((one) => one.problem === undefined));
    next();
  };
  return { sending, add, dismiss };
}

/** What can be said before anything is sent. */
function refusalOf(file: File): string | undefined {
  if (file.size === 0) return "文件是空的，没有上传。请检查文件是否完整。";
  if (file.size > MOST_BYTES) return `文件有 ${size(file.size)}，超过 100 MB，没有上传。请拆分后再传。`;
  return undefined;
}

function DropZone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <label
      className={over ? "drop is-over" : "drop"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        type="file"
        multiple
        className="sr-only"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <strong>把文件拖到这里，或点这里选择</strong>
      <span className="quiet">
        Word、Excel、PDF、OFD、网页、文本、图片或 ZIP，可以一次选多个，每个不超过 100 MB。读出的文字先存为草稿，审核后才会用来回答。
      </span>
    </label>
  );
}

function Jobs({ lines, onChanged }: { lines: JobLines; onChanged: () => void }) {
  const { message } = Feedback.useApp();
  const act = (job: JobLine, method: "POST" | "DELETE", path: string) => {
    ask<JobLine>(`/api/console/jobs/${job.id}${path}`, { method }).then(onChanged, (failed: unknown) =>
      void message.error(sentenceOf(failed)),
    );
  };
  return (
    <>
      <p className="quiet" role="status">
        {lines.open > 0 ? `还有 ${count(lines.open)} 份在处理` : "都处理完了"}
      </p>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">文件</th>
            <th scope="col">状态</th>
            <th scope="col">结果</th>
            <th scope="col">上传时间</th>
            <th scope="col">
              <span className="sr-only">操作</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.jobs.map((job) => (
            <tr key={job.id}>
              <th scope="row">
                {job.version ? <Link to={addressOf(["documents", job.name])}>{job.title ?? job.name}</Link> : job.name}
                <span className="sub">
                  {job.name} · {size(job.size)}
                </span>
              </th>
              <td data-label="状态">
                <State text={JOB_STATES[job.state]} tone={TONES[job.state]} />
                {job.state === "reading" && (
                  <Progress percent={Math.round(job.progress * 100)} size="small" aria-label={`${job.name} 读取进度`} />
                )}
              </td>
              <td data-label="结果">
                {job.reason ?? (job.passages > 0 ? `读出 ${count(job.passages)} 段` : "")}
                <Warnings warnings={job.warnings} />
              </td>
              <td data-label="上传时间">{moment(job.submitted_at)}</td>
              <td>
                {["failed", "quarantined", "cancelled", "skipped"].includes(job.state) && (
                  <Button size="small" onClick={() => act(job, "POST", "/retry")}>
                    重新读取
                  </Button>
                )}
                {["queued", "reading"].includes(job.state) && (
                  <Button size="small" onClick={() => act(job, "DELETE", "")}>
                    取消
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

const SHOWN = 2;

function Warnings({ warnings }: { warnings: string[] }) {
  const said = warnings.map((warning) => warning.replace(/^\w+：/, ""));
  return (
    <>
      {said.slice(0, SHOWN).map((warning) => (
        <span className="sub is-warn" key={warning}>
          {warning}
        </span>
      ))}
      {said.length > SHOWN && (
        <details className="sub">
          <summary>还有 {said.length - SHOWN} 条提醒</summary>
          {said.slice(SHOWN).map((warning, n) => (
            <span className="sub is-warn" key={n}>
              {warning}
            </span>
          ))}
        </details>
      )}
    </>
  );
}
