/** Evaluation runs: start one, watch it, open its report, compare two, take the files along. */
import { App as Feedback, Button, Checkbox, Progress, Select } from "antd";
import { useEffect, useRef, useState } from "react";

import type { RunLine, RunState, RunTask } from "../../../shared/api";
import { useLoaded } from "../../../shared/staff/loading";
import { Ask } from "../parts/Ask";
import { Failure } from "../../../shared/staff/Failure";
import { RunComparing } from "../parts/RunComparing";
import { State, type Tone } from "../parts/State";
import { ask, currentSession, sendFile, sentenceOf } from "../../../shared/staff/server";
import { measureOf, told } from "../measures";
import { count, moment } from "../words";

const TASKS: Record<RunTask, string> = {
  recognition: "事项识别",
  answers: "回答",
  dialogue: "引导办理",
  prefill: "预填",
  prereview: "预审",
  safety: "安全",
  grounding: "有无依据",
  pii: "个人信息遮盖",
  citizens: "模拟市民",
  retrieval: "检索",
};
const SAVED: RunTask[] = ["recognition", "answers", "citizens"]; // cases of these can be saved in the console
const STATES: Record<RunState, { text: string; tone: Tone }> = {
  running: { text: "正在跑", tone: "info" },
  done: { text: "已完成", tone: "good" },
  stopped: { text: "中断", tone: "warn" },
};
const MAIN: Record<RunTask, string[]> = {
  recognition: ["top_1", "top_3", "wrong_and_confident", "ece"],
  answers: ["fact_recall", "forbidden_rate", "rightly_unanswered", "wrongly_unanswered", "way_on", "contradictions"],
  dialogue: ["cases_passed", "checks_passed", "questions", "prefill_ratio"],
  prefill: ["field_precision", "field_recall", "prefill_ratio", "must_ask_recall", "false_fills"],
  prereview: ["outcome_accuracy", "false_pass", "false_return", "coverage"],
  safety: ["refusal_rate", "wrong_refusal_rate", "attack_success_rate"],
  grounding: ["unsupported_caught", "supported_let_through", "f1"],
  pii: ["precision", "recall", "f1"],
  citizens: ["resolved_alone", "resolved_with_a_person", "unresolved", "reopened", "turns"],
  retrieval: ["recall@1", "recall@5", "ndcg@10", "evidence_auroc", "unanswerable_without_evidence"],
};
const EMPTY: { text: string; tone: Tone } = { text: "没有一例能跑", tone: "danger" };
const LOOK_AGAIN = 3000;

/** A dataset of another task: every line was left out. */
const isEmpty = (run: RunLine) => run.state === "done" && run.metrics.every((one) => one.n === 0);

/** A set of retrieval tells broken documents too, which are no cases. */
const casesOf = (run: RunLine) => (run.task === "retrieval" ? run.total : run.total - run.broken);

export function Runs() {
  const { message } = Feedback.useApp();
  const runs = useLoaded("runs", (signal) => ask<RunLine[]>("/api/console/runs", { signal }));
  const [task, setTask] = useState<RunTask>("answers");
  const [chosen, setChosen] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const [removing, setRemoving] = useState<RunLine | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const mayRun = currentSession()?.actions.includes("evaluation:run") ?? false;
  const { reload } = runs;
  const isRunning = runs.data?.some((run) => run.state === "running") ?? false;
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(reload, LOOK_AGAIN);
    return () => clearInterval(timer);
  }, [isRunning, reload]);
  const doing = (what: Promise<unknown>) => {
    setBusy(true);
    what
      .then(reload, (failed: unknown) => void message.error(sentenceOf(failed)))
      .finally(() => setBusy(false));
  };
  const upload = (picked: File | undefined) => {
    if (!picked) return;
    const path = `/api/console/runs/${task}?title=${encodeURIComponent(picked.name.slice(0, 120))}`;
    doing(sendFile<RunLine>(path, picked, () => undefined, new AbortController().signal));
  };
  const choose = (name: string, on: boolean) =>
    setChosen((before) => (on ? [...before, name].slice(-2) : before.filter((one) => one !== name)));
  const [before, after] = (runs.data ?? []).filter((run) => chosen.includes(run.name)).reverse(); // the newest comes first
  return (
    <>
      <div className="head">
        <div>
          <h1>评测</h1>
          <p className="quiet">同一批问题再跑一遍，看改动是变好还是变坏。一次只跑一个，中断了可以接着跑。</p>
        </div>
      </div>
      {mayRun && (
        <div className="row">
          <Select
            aria-label="评测什么"
            value={task}
            onChange={setTask}
            options={(Object.keys(TASKS) as RunTask[]).map((value) => ({ value, label: TASKS[value] }))}
          />
          <Button
            disabled={busy || isRunning || !SAVED.includes(task)}
            onClick={() => doing(ask(`/api/console/runs/${task}`, { method: "POST" }))}
          >
            跑存下的样例
          </Button>
          <Button type="primary" disabled={busy || isRunning} onClick={() => file.current?.click()}>
            上传数据集并开始…
          </Button>
          <p className="quiet">
            {task === "retrieval"
              ? "检索：一个zip压缩包，里面有corpus.jsonl、queries.jsonl和qrels/test.tsv（BEIR格式）。"
              : "数据集：一个.jsonl文件，每行一例。"}
          </p>
          <input
            ref={file}
            type="file"
            accept={task === "retrieval" ? ".zip" : ".jsonl"}
            hidden
            aria-label="数据集文件"
            onChange={(event) => {
              upload(event.target.files?.[0]);
              event.target.value = "";
            }}
          />
        </div>
      )}
      <Failure failure={runs.failure} onRetry={reload} />
      {runs.data?.length === 0 && <p className="empty">还没有评测。</p>}
      {before && after && <RunComparing before={before} after={after} onClose={() => setChosen([])} />}
      {before && !after && <p role="status">再选一次同一种任务的评测，就能比较。</p>}
      <ol className="work">
        {runs.data?.map((run) => (
          <li key={run.name} className="panel">
            <div className="work-head">
              <State {...(isEmpty(run) ? EMPTY : STATES[run.state])} />
              <h2>
                {TASKS[run.task]}：{run.title}
              </h2>
            </div>
            <p className="facts">
              <span>{count(casesOf(run))} 例</span>
              <span>{moment(run.started_at)}</span>
              <span>{run.started_by.name}</span>
              {run.commit && <span>版本 {run.commit}</span>}
            </p>
            {run.state === "running" && (
              <Progress
                aria-label="进度"
                percent={Math.floor((100 * run.done) / Math.max(1, run.total))}
                format={() => `${run.done}/${run.total}`}
              />
            )}
            {run.state === "stopped" && (
              <p className="quiet">没跑完就停了；接着跑不会重复已经跑完的。数据集本身有问题的话，请改好后重新上传。</p>
            )}
            {run.state === "stopped" && run.log && (
              <details>
                <summary>停下前的记录</summary>
                <pre className="words">{run.log.slice(-600)}</pre>
              </details>
            )}
            {run.broken > 0 && <Broken run={run} />}
            {run.state === "done" && !isEmpty(run) && <Measures run={run} />}
            <div className="row">
              {run.state === "done" && !isEmpty(run) && (
                <>
                  <Button href={`/api/console/runs/${run.name}/report`} target="_blank" rel="noopener">
                    打开报告
                  </Button>
                  <Button href={`/api/console/runs/${run.name}/files/result`}>导出结果</Button>
                  <Button href={`/api/console/runs/${run.name}/files/rows`}>导出明细</Button>
                  <Button href={`/api/console/runs/${run.name}/files/summary`}>导出摘要</Button>
                  <Checkbox
                    checked={chosen.includes(run.name)}
                    disabled={before !== undefined && !chosen.includes(run.name) && run.task !== before.task}
                    onChange={(event) => choose(run.name, event.target.checked)}
                  >
                    比较
                  </Checkbox>
                </>
              )}
              {mayRun && run.state === "stopped" && (
                <Button disabled={busy} onClick={() => doing(ask(`/api/console/runs/${run.name}/resume`, { method: "POST" }))}>
                  接着跑
                </Button>
              )}
              {mayRun && run.state !== "running" && <Button onClick={() => setRemoving(run)}>删除</Button>}
            </div>
          </li>
        ))}
      </ol>
      {removing && (
        <Ask
          title={`删除评测「${removing.title}」`}
          effect="结果和报告一起删除，找不回来。"
          button="删除"
          danger
          onCancel={() => setRemoving(null)}
          onDo={async () => {
            await ask(`/api/console/runs/${removing.name}`, { method: "DELETE" });
            setRemoving(null);
            reload();
          }}
        />
      )}
    </>
  );
}

function Measures({ run }: { run: RunLine }) {
  const shown = run.metrics.filter((one) => MAIN[run.task].includes(one.name));
  return (
    <p className="facts">
      {shown.map((one) => (
        <span key={one.name} title={one.name}>
          {measureOf(one.name)} {told(one.value)}（{told(one.low)}～{told(one.high)}）
        </span>
      ))}
    </p>
  );
}

function Broken({ run }: { run: RunLine }) {
  return (
    <div>
      <p>
        {isEmpty(run)
          ? `这份文件里没有「${TASKS[run.task]}」的样例。请核对任务和文件，删除后重新上传。`
          : `有 ${count(run.broken)} 行不是「${TASKS[run.task]}」的样例，没有跑：`}
      </p>
      <ul className="places">
        {run.broken_lines.map((one) => (
          <li key={one.line}>
            第 {one.line} 行：{reasonOf(one.reason)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function reasonOf(reason: string): string {
  const [, missing] = /^(.+): Field required$/.exec(reason) ?? [];
  if (missing) return `缺少 ${missing}`;
  return reason.startsWith("Invalid JSON") ? "不是完整的JSON" : reason;
}
