/** Filling the form together with a person: asked, agreed, stopped at any time; each proposal is the citizen's to decide. */
import { Button } from "antd";
import { useEffect, useState } from "react";

import type { FormSharing, HandoffLine } from "../../../shared/api";
import { Refused } from "../../../shared/client";
import { answerProposal, shareForm, sharingOf, stopSharing } from "../case/calls";
import type { Cases, Shown } from "../case/cases";
import { useSettings } from "../settings";
import { personWords } from "./words";

const STEPS = new Set(["asked", "agreed", "refused", "ended"]);

/** Where filling together stands, by the lines since the person came; null where nobody asked. */
export function formStep(lines: readonly HandoffLine[]): string | null {
  const since = lines.findLastIndex((line) => line.kind === "accepted" || line.kind === "transferred");
  return lines.slice(since + 1).findLast((line) => line.kind === "form" && STEPS.has(line.word ?? ""))?.word ?? null;
}

interface Props {
  conversation: string;
  lines: readonly HandoffLine[];
  cases: Cases;
  shown: Shown;
}

export function FormTogether({ conversation, lines, cases, shown }: Props) {
  const { language } = useSettings();
  const words = personWords[language].form;
  const [sharing, setSharing] = useState<FormSharing | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const step = formStep(lines);
  const current = shown.current;
  const caseId = current?.id;
  const last = lines.findLast((line) => line.kind === "form");
  const seq = last?.seq ?? 0;
  const word = last?.word;

  useEffect(() => {
    if (step !== "agreed" || !caseId) return;
    let wanted = true;
    void sharingOf(caseId, language).then(
      (found) => wanted && setSharing(found),
      () => wanted && setSharing(null),
    );
    if (word === "taken") void cases.open(caseId);
    return () => {
      wanted = false;
    };
  }, [step, caseId, seq, word, language, cases]);

  const tried = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (failure) {
      if (!(failure instanceof Refused)) throw failure;
      setProblem(failure.message);
      if (caseId) setSharing(await sharingOf(caseId, language));
    } finally {
      setBusy(false);
    }
  };

  if (step !== "asked" && step !== "agreed") return null;
  if (step === "asked")
    return (
      <section className="form-together" aria-label={words.title}>
        <p>
          <strong>{words.title}</strong>
        </p>
        {current ? (
          <>
            <p>{words.lead(current.item.name)}</p>
            <p className="person-tools">
              <Button type="primary" loading={busy} onClick={() => void tried(() => shareForm(current, conversation, true, language))}>
                {words.agree}
              </Button>
              <Button disabled={busy} onClick={() => void tried(() => shareForm(current, conversation, false, language))}>
                {words.refuse}
              </Button>
            </p>
          </>
        ) : (
          <>
            <p>{shown.unfinished.length > 0 ? words.which : words.noCase}</p>
            {shown.unfinished.slice(0, 3).map((one) => (
              <Button key={one.id} block lang="zh-CN" onClick={() => void cases.open(one.id)}>
                {one.item.name}
              </Button>
            ))}
          </>
        )}
        <Problem text={problem} />
      </section>
    );
  if (!sharing?.shared) return null;
  return (
    <section className="form-together is-on" aria-label={words.title}>
      <p className="form-together-head">
        <strong>{words.on}</strong>
        <Button
          size="small"
          disabled={busy}
          onClick={() => void tried(async () => setSharing(await stopSharing(sharing.case, language)))}
        >
          {words.stop}
        </Button>
      </p>
      <ul aria-live="polite">
        {sharing.proposals.map((one) => (
          <li key={one.id}>
            <p>
              {words.proposal(one.name)}
              <strong lang="zh-CN">{one.value}</strong>
              {one.before && <small> {words.before(one.before)}</small>}
            </p>
            {one.is_stale && <p className="note">{words.stale}</p>}
            <p className="person-tools">
              {!one.is_stale && (
                <Button type="primary" disabled={busy} onClick={() => void tried(async () => setSharing(await answerProposal(sharing, one.id, true, language)))}>
                  {words.take}
                </Button>
              )}
              <Button disabled={busy} onClick={() => void tried(async () => setSharing(await answerProposal(sharing, one.id, false, language)))}>
                {words.decline}
              </Button>
            </p>
          </li>
        ))}
      </ul>
      <Problem text={problem} />
    </section>
  );
}

function Problem({ text }: { text: string | null }) {
  return text === null ? null : (
    <p className="note is-refused" role="alert">
      {text}
    </p>
  );
}
