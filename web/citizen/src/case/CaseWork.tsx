/** The card of the step that a case is at, below the conversation: one thing to do, everything else folded away. */
import { Button } from "antd";
import { useEffect, useRef, useState } from "react";

import type { CaseField, CaseView } from "../../../shared/api";
import { useSettings } from "../settings";
import { Icon } from "../parts/Icon";
import type { Cases, Shown } from "./cases";
import { ConsentCard, ExamplePeople } from "./ConsentCard";
import { FormCard } from "./FormCard";
import { MaterialCard, named, WhatWasRead } from "./MaterialCard";
import { OfficeNews } from "./OfficeNews";
import { CodeCard, HandedIn } from "./CodeCard";
import { PapersCard } from "./PapersCard";
import { ConfirmCard, ReviewResult } from "./ReviewCard";
import { Said } from "./Said";
import { SituationCard } from "./SituationCard";
import { Unsaved } from "./Unsaved";
import { CASE_WORDS } from "./words";

interface WorkProps {
  cases: Cases;
  shown: Shown;
  /** True where the conversation asks for the step already: what has buttons there needs no card. */
  asked: boolean;
}

export function CaseWork({ cases, shown, asked }: WorkProps) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const [editing, setEditing] = useState<number | null>(null);
  const { current, saved, problem, broken, stale } = shown;
  const work = useFocusOnNextStep(current);
  useEffect(() => {
    // What went wrong is said at the head of the card: it has to be seen by who stands at its foot.
    if (problem !== null || broken) work.current?.querySelector("[role=alert]")?.scrollIntoView({ block: "nearest" });
  }, [work, problem, broken]);
  if (!current) return null;
  const busy = saved === "saving";
  const edits = editing === current.version;
  const justRead = current.materials.find((one) => `${one.part}:${one.material}` === shown.justRead);
  const isHandedIn = ["submitted", "accepted", "decided"].includes(current.state);
  return (
    <section ref={work} className="case-work" aria-label={words.strip} aria-busy={busy}>
      <h2 className="sr-only">{words.strip}</h2>
      {problem !== null && (
        <div className="note is-error" role="alert">
          <p>{problem}</p>
          {stale && <Button onClick={() => void cases.open(current.id)}>{words.reload}</Button>}
        </div>
      )}
      {broken && (
        <div className="note is-error" role="alert">
          <p>{words.lineBroken}</p>
          <Button onClick={() => void cases.again()}>{words.tryAgain}</Button>
        </div>
      )}
      <Unsaved cases={cases} shown={shown} busy={busy} />
      <OfficeNews shown={current} />
      {isHandedIn && <HandedIn shown={current} />}
      {justRead?.file && !edits && (!justRead.file.fits || justRead.file.remark) && (
        <MaterialCard cases={cases} caseId={current.id} material={justRead} busy={busy} />
      )}
      {justRead?.file && !edits && justRead.file.fits && !justRead.file.remark && (
        <details className="case-card case-just-read" open>
          <summary>{words.received(named(justRead, language))}</summary>
          <WhatWasRead caseId={current.id} file={justRead.file} wanted={named(justRead, language)} />
        </details>
      )}
      {current.warnings.map((warning, index) =>
        // What the pre-review lists below with its remedy is not said twice.
        current.review?.findings.some((finding) => finding.what === warning) ? null : (
          <p key={warning} className="note is-replaced">
            <strong>{words.warning}</strong> <Said zh={warning} en={current.warnings_english[index] ?? ""} lead={words.ruleSays.warning} />
          </p>
        ),
      )}
      {!isHandedIn && <ReviewResult shown={current} onEdit={() => setEditing(current.version)} />}
      {edits ? (
        <EditAll cases={cases} shown={current} busy={busy} />
      ) : (
        <StepCard cases={cases} shown={current} busy={busy} asked={asked} onEdit={() => setEditing(current.version)} />
      )}
      <ExamplePeople cases={cases} shown={current} />
    </section>
  );
}

/** A step that is done takes its button away, and the keyboard's place with it: put it at the head of the next one. */
function useFocusOnNextStep(current: CaseView | null) {
  const work = useRef<HTMLElement>(null);
  const before = useRef<string | null>(null);
  const step = current
    ? [current.id, current.step, ...current.step_fields, current.step_material, current.review ? "seen" : ""].join(" ")
    : null;
  useEffect(() => {
    const isNext = before.current !== null && step !== null && before.current !== step;
    before.current = step;
    if (!isNext || document.activeElement !== document.body) return;
    const head = work.current?.querySelector<HTMLElement>("h3");
    head?.setAttribute("tabindex", "-1");
    head?.focus();
  }, [step]);
  return work;
}

interface StepProps {
  cases: Cases;
  shown: CaseView;
  busy: boolean;
  asked: boolean;
  onEdit: () => void;
}

function StepCard({ cases, shown, busy, asked: inChat, onEdit }: StepProps) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const asked = shown.fields.filter((field) => shown.step_fields.includes(field.key));
  const material = shown.materials.find((one) => `${one.part}:${one.material}` === shown.step_material);
  switch (shown.step) {
    case "parts":
      return <PartsCard cases={cases} shown={shown} busy={busy} />;
    case "situation":
      return inChat ? null : <SituationCard cases={cases} shown={shown} busy={busy} />;
    case "conditions":
      return <ConditionsCard cases={cases} shown={shown} busy={busy} />;
    case "consent":
      return <ConsentCard cases={cases} shown={shown} busy={busy} />;
    case "field":
    case "form":
      if (inChat && shown.step === "field" && asked.some((field) => field.choices.length > 0)) return null;
      return (
        <FormCard
          key={shown.step_fields.join(" ")}
          cases={cases}
          shown={shown}
          fields={asked}
          title={asked.length === 1 ? words.formOne : words.form}
          saveLabel={words.save}
          busy={busy}
          skippable
        />
      );
    case "material":
      return material ? <MaterialCard cases={cases} caseId={shown.id} material={material} busy={busy} /> : null;
    case "confirm":
    case "review":
      return shown.review ? null : <ConfirmCard cases={cases} shown={shown} busy={busy} onEdit={onEdit} />;
    case "submit":
      return <PapersCard cases={cases} shown={shown} busy={busy} />;
    case "wait":
    case "over":
      return (
        <>
          {shown.step === "wait" && <CodeCard shown={shown} />}
          {shown.receipt && <PapersCard cases={cases} shown={shown} busy={busy} />}
        </>
      );
  }
}

/** Everything that can be changed, in cards of five fields and the materials after them. */
function EditAll({ cases, shown, busy }: { cases: Cases; shown: CaseView; busy: boolean }) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const needed = shown.materials.filter((one) => !one.made_here && (one.needed || one.file !== null));
  return (
    <>
      <FormCard cases={cases} shown={shown} fields={shown.fields.filter((one) => !one.locked)} title={words.formAll} saveLabel={words.saveAll} busy={busy} />
      <Verified fields={shown.fields.filter((one) => one.locked)} />
      {needed.map((one) => (
        <MaterialCard key={`${one.part} ${one.material}`} cases={cases} caseId={shown.id} material={one} busy={busy} />
      ))}
    </>
  );
}

/** What a register has proved stands apart: it cannot be changed here, and would only be in the way. */
function Verified({ fields }: { fields: CaseField[] }) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  if (fields.length === 0) return null;
  return (
    <details className="case-card case-just-read">
      <summary>{words.verified(fields.length)}</summary>
      <dl className="case-pairs" lang="zh-CN">
        {fields.map((field) => (
          <div key={field.key}>
            <dt>{field.name}</dt>
            <dd>
              {field.value}{" "}
              <span className="quiet" lang={language}>
                {words.from(field.source, field.source_english)}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="quiet">{words.verifiedNote}</p>
    </details>
  );
}

function PartsCard({ cases, shown, busy }: { cases: Cases; shown: CaseView; busy: boolean }) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const [chosen, setChosen] = useState<string[]>(() => shown.members.filter((one) => one.chosen).map((one) => one.slug));
  const go = (members: string[]) => void cases.change("parts", { members });
  const toggle = (slug: string) => setChosen(chosen.includes(slug) ? chosen.filter((one) => one !== slug) : [...chosen, slug]);
  return (
    <div className="case-card">
      <h3>{words.parts}</h3>
      <ul className="case-registers">
        {shown.members.map((member) => (
          <li key={member.slug}>
            <label>
              <input type="checkbox" checked={chosen.includes(member.slug)} onChange={() => toggle(member.slug)} />
              <span>
                {language === "en" && member.english} <span lang="zh-CN">{member.name}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      <div className="case-acts">
        <Button type="primary" loading={busy} disabled={chosen.length === 0} onClick={() => go(chosen)}>
          {words.chosenParts(chosen.length)}
        </Button>
        <Button disabled={busy} onClick={() => go(shown.members.map((one) => one.slug))}>
          {words.allParts}
        </Button>
      </div>
    </div>
  );
}

function ConditionsCard({ cases, shown, busy }: { cases: Cases; shown: CaseView; busy: boolean }) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const [failing, setFailing] = useState<string[]>([]);
  const open = shown.conditions.filter((condition) => !condition.answered);
  const answer = (holds: boolean | null) =>
    void cases.change("conditions", {
      answers: Object.fromEntries(open.map((c) => [c.id, failing.includes(c.id) ? false : holds])),
    });
  return (
    <div className="case-card">
      <h3>{words.conditions}</h3>
      {words.onlyChinese && <p className="quiet">{words.onlyChinese}</p>}
      <ul className="case-registers">
        {open.map((condition) => (
          <li key={condition.id}>
            <span lang="zh-CN">{condition.text}</span>
            <Button
              size="small"
              aria-pressed={failing.includes(condition.id)}
              danger={failing.includes(condition.id)}
              onClick={() =>
                setFailing(
                  failing.includes(condition.id) ? failing.filter((one) => one !== condition.id) : [...failing, condition.id],
                )
              }
            >
              {words.doesNotFit}
            </Button>
          </li>
        ))}
      </ul>
      <div className="case-acts">
        <Button type="primary" loading={busy} onClick={() => answer(true)}>
          {failing.length > 0 ? words.chosen : words.allFit} <Icon name="right" />
        </Button>
        <Button disabled={busy} onClick={() => answer(null)}>
          {words.notSure}
        </Button>
      </div>
    </div>
  );
}
