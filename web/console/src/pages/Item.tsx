/** One service item's sheet as a form: each fact with its source and status; saved as a draft for a second person. */
import { App as Feedback, Button, Input } from "antd";
import { useEffect, useState, useSyncExternalStore } from "react";

import type { Done, FactForm, ItemCheck, ItemEdit, ItemForm, SheetProblem } from "../../../shared/api";
import { useLoaded } from "../../../shared/staff/loading";
import { Ask } from "../parts/Ask";
import { DraftEffect } from "../parts/DraftEffect";
import { FactGroup } from "../parts/FactGroup";
import { Failure } from "../../../shared/staff/Failure";
import { Impact } from "../parts/Impact";
import { Link } from "../parts/Link";
import { State } from "../parts/State";
import { versionTone } from "../parts/versionTone";
import { addressOf } from "../place";
import { ask, currentSession, onSession } from "../../../shared/staff/server";
import { VERSION_STATES } from "../words";

export function Item({ slug }: { slug: string }) {
  const path = `/api/console/items/${encodeURIComponent(slug)}`;
  const { data, failure, reload } = useLoaded(path, (signal) => ask<ItemForm>(path, { signal }));
  return (
    <>
      <p className="crumb">
        <Link to={addressOf(["items"])}>事项表</Link> / <span>{slug}</span>
      </p>
      <Failure failure={failure} onRetry={reload} />
      {data && <Sheet key={data.tag} form={data} path={path} onChanged={reload} />}
    </>
  );
}

interface SheetProps {
  form: ItemForm;
  path: string;
  onChanged: () => void;
}

const CHECK_AFTER = 600;

function Sheet({ form, path, onChanged }: SheetProps) {
  const session = useSyncExternalStore(onSession, currentSession);
  const { message } = Feedback.useApp();
  const [edit, setEdit] = useState<Omit<ItemEdit, "why"> | null>(null);
  const [problems, setProblems] = useState<SheetProblem[]>(form.problems);
  const [step, setStep] = useState<"save" | "review" | "publish" | null>(null);
  const may = new Set(session?.actions ?? []);
  const shown = edit ?? form;
  const dirty = edit !== null;
  useCheck(path, edit, setProblems);
  useEffect(() => {
    if (!dirty) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [dirty]);
  const change = (next: Partial<Omit<ItemEdit, "why">>) => {
    const { name, aliases, department, facts, sources } = shown;
    setEdit({ name, aliases, department, facts, sources, ...next });
  };
  const setFacts = (group: string, facts: FactForm[]) =>
    change({ facts: [...shown.facts.filter((fact) => fact.group !== group), ...facts] });
  const act = async (why: string) => {
    if (step === "save") await ask<ItemForm>(path, { method: "PUT", etag: form.tag, body: { ...edit, why } });
    else await ask<Done | ItemForm>(`${path}/${step ?? ""}`, { method: "POST", etag: form.tag, body: { why } });
    void message.success(step === "save" ? "已存为草稿，等待另一位同事审核" : step === "publish" ? "已发布，市民的回答已经用上" : "已审核，可以发布了");
    setStep(null);
    setEdit(null);
    onChanged();
  };
  const blocked = problems.filter((problem) => problem.blocks).length;
  const editable = may.has("knowledge:edit");
  return (
    <>
      <div className="head">
        <div>
          <h1>{form.name}</h1>
          <p className="facts">
            {form.draft ? <State text={VERSION_STATES[form.draft]} tone={versionTone(form.draft)} /> : <State text="已发布" tone="good" />}
            <span>{form.department}</span>
            {form.authors.length > 0 && <span>草稿由 {form.authors.map((who) => who.name).join("、")} 修改</span>}
            {form.why && <span>原因：{form.why}</span>}
          </p>
        </div>
      </div>
      <section className="steps" aria-label="下一步">
        <div className="steps-effect">
          <p>
            <strong>{dirty ? "有修改还没保存" : (form.effect?.sentence ?? "现行内容，没有草稿")}</strong>
          </p>
          {form.effect?.why_not && !dirty && <p className="quiet">{form.effect.why_not}。</p>}
          {problems.length > 0 && (
            <p className={blocked > 0 ? "is-danger" : "is-warn"} role="status">
              {blocked > 0 ? `有 ${blocked} 处必须先改` : `有 ${problems.length} 处建议核对`}
            </p>
          )}
        </div>
        <div className="row">
          {dirty && (
            <>
              <Button type="primary" disabled={blocked > 0} onClick={() => setStep("save")}>
                存为草稿…
              </Button>
              <Button onClick={() => setEdit(null)}>放弃修改</Button>
            </>
          )}
          {!dirty && form.draft === "draft" && may.has("knowledge:review") && (
            <Button onClick={() => setStep("review")}>审核通过</Button>
          )}
          {!dirty && form.draft && may.has("knowledge:publish") && (
            <Button type="primary" disabled={!form.effect?.may} onClick={() => setStep("publish")}>
              发布…
            </Button>
          )}
        </div>
      </section>
      {form.changes.length > 0 && !dirty && (
        <section aria-labelledby="changes">
          <h2 id="changes">草稿改了什么</h2>
          <ul className="plain-list">
            {form.changes.map((one, n) => (
              <li key={n}>
                <strong>{one.label}</strong>
                <p className="words">
                  {one.before !== null && <del>{one.before}</del>} {one.after !== null && <ins>{one.after}</ins>}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="panel sheet-base" aria-label="基本信息">
        <Text label="事项名称" value={shown.name} editable={editable} onSet={(name) => change({ name })} />
        <Text label="办理部门" value={shown.department} editable={editable} onSet={(department) => change({ department })} />
        <Text
          label="别名（用顿号隔开）"
          value={shown.aliases.join("、")}
          editable={editable}
          onSet={(text) => change({ aliases: text.split("、").map((one) => one.trim()).filter(Boolean) })}
        />
      </section>
      {form.groups.map((shape) => (
        <FactGroup
          key={shape.group}
          shape={shape}
          facts={shown.facts.filter((fact) => fact.group === shape.group)}
          sources={shown.sources}
          problems={problems.filter((problem) => problem.group === shape.group)}
          editable={editable}
          onSet={(facts) => setFacts(shape.group, facts)}
        />
      ))}
      <section aria-labelledby="sources">
        <h2 id="sources">本表的来源</h2>
        <ol className="plain-list">
          {shown.sources.map((source) => (
            <li key={source.id}>
              <strong>{source.id}</strong> {source.title}
              <span className="sub">
                {/^https?:/.test(source.url) ? (
                  <a href={source.url} rel="noreferrer" target="_blank">
                    {source.url}
                  </a>
                ) : (
                  source.url
                )}
                {source.date && ` · ${source.date}`}
              </span>
            </li>
          ))}
        </ol>
        {editable && <NewSource taken={shown.sources.map((one) => one.id)} onAdd={(one) => change({ sources: [...shown.sources, one] })} />}
      </section>
      <Impact target={`items/${form.slug}`} />
      {form.effect && may.has("search:test") && <DraftEffect source={`items/${form.slug}`} />}
      {step && (
        <Ask
          title={step === "save" ? "存为草稿" : step === "review" ? "审核通过这份草稿" : "发布这份草稿"}
          effect={step === "publish" ? `${form.effect?.sentence ?? ""}。` : step === "save" ? "市民还看不到；由另一位同事审核发布。" : "只是确认内容无误，市民还看不到。"}
          button={step === "save" ? "存为草稿" : step === "review" ? "确认审核通过" : `发布 ${form.changes.length} 处修改`}
          onCancel={() => setStep(null)}
          onDo={act}
        />
      )}
    </>
  );
}

/** Ask the validator a moment after the last change. */
function useCheck(path: string, edit: Omit<ItemEdit, "why"> | null, told: (problems: SheetProblem[]) => void): void {
  useEffect(() => {
    if (!edit) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      ask<ItemCheck>(`${path}/check`, { method: "POST", body: { ...edit, why: "检查" }, signal: stop.signal }).then(
        (check) => told(check.problems),
        () => undefined,
      );
    }, CHECK_AFTER);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [path, edit, told]);
}

function Text({ label, value, editable, onSet }: { label: string; value: string; editable: boolean; onSet: (text: string) => void }) {
  return (
    <label className="field">
      <span>{label}</span>
      <Input value={value} readOnly={!editable} onChange={(event) => onSet(event.target.value)} />
    </label>
  );
}

function NewSource({ taken, onAdd }: { taken: string[]; onAdd: (source: ItemForm["sources"][number]) => void }) {
  const [open, setOpen] = useState(false);
  const [title, setTitle] = useState("");
  const [url, setUrl] = useState("");
  const [date, setDate] = useState("");
  if (!open)
    return (
      <Button className="add" onClick={() => setOpen(true)}>
        添加来源
      </Button>
    );
  const add = () => {
    let n = taken.length + 1;
    while (taken.includes(`s${n}`)) n += 1;
    onAdd({ id: `s${n}`, title: title.trim(), url: url.trim(), date: date || null });
    setOpen(false);
    setTitle("");
    setUrl("");
    setDate("");
  };
  return (
    <div className="panel sheet-base add">
      <Text label="名称（法规、通知或网页标题）" value={title} editable onSet={setTitle} />
      <Text label="网址或文件（documents/文件名）" value={url} editable onSet={setUrl} />
      <label className="field">
        <span>日期（可不填）</span>
        <Input type="date" value={date} onChange={(event) => setDate(event.target.value)} />
      </label>
      <div className="row">
        <Button type="primary" disabled={title.trim().length < 2 || !url.trim()} onClick={add}>
          添加
        </Button>
        <Button onClick={() => setOpen(false)}>不加了</Button>
      </div>
    </div>
  );
}
