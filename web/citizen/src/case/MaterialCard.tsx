/** One material: photographed or chosen, what was read shown at once, or another way for it to come. */
import { Button } from "antd";
import { useRef } from "react";

import type { CaseMaterial } from "../../../shared/api";
import { useSettings } from "../settings";
import type { Cases } from "./cases";
import { CASE_WORDS, type CaseWords } from "./words";

const MOST_BYTES = 20 * 1024 * 1024;

interface Props {
  cases: Cases;
  caseId: string;
  material: CaseMaterial;
  busy: boolean;
}

export function MaterialCard({ cases, caseId, material, busy }: Props) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const camera = useRef<HTMLInputElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const file = material.file;
  const { sent } = cases.snapshot();
  const settle = (how: "licence" | "bring") =>
    void cases.change("materials", { part: material.part, material: material.material, how });
  const take = (picked: File | undefined) => {
    if (!picked) return;
    if (picked.size > MOST_BYTES) cases.refuse(words.tooBig);
    else void cases.upload(material.part, material.material, picked);
  };
  return (
    <div className="case-card">
      <h3 lang="zh-CN">{file || material.settled ? material.name : words.material(material.name)}</h3>
      {language === "en" && material.english && <p className="quiet">{material.english}</p>}
      {!file && material.settled && <p className="case-settled">{words.settled(material.settled === "bring" ? words.bring : words.licence)}</p>}
      {material.form && (
        <p className="quiet" lang="zh-CN">
          {material.form}
        </p>
      )}
      {file && <WhatWasRead caseId={caseId} file={file} wanted={material.name} />}
      {/* Two inputs: on a phone the first opens the camera at once, the second the pictures and files. */}
      <input
        ref={camera}
        className="sr-only"
        type="file"
        tabIndex={-1}
        aria-hidden="true"
        accept="image/*"
        capture="environment"
        onChange={(event) => {
          take(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      <input
        ref={picker}
        className="sr-only"
        type="file"
        tabIndex={-1}
        aria-label={words.upload}
        accept="image/*,.pdf,.docx,.heic"
        onChange={(event) => {
          take(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      <div className="case-acts">
        <Button className="case-camera" type={file ? "default" : "primary"} disabled={busy} onClick={() => camera.current?.click()}>
          {words.camera}
        </Button>
        <Button className="case-pick" type={file ? "default" : "primary"} loading={busy} onClick={() => picker.current?.click()}>
          {busy ? told(sent, words) : file ? words.again : words.upload}
        </Button>
      </div>
      <p className="sr-only" role="status">
        {sent === null ? "" : sent < 1 ? words.sendingNow : words.reading}
      </p>
      {sent !== null && <progress className="case-bar case-sent" max={1} value={sent} aria-hidden="true" />}
      {!file && (
        <div className="case-acts case-other">
          <span className="quiet">{words.otherWays}</span>
          {material.exempt && material.settled !== "licence" && (
            <Button disabled={busy} onClick={() => settle("licence")}>
              {words.licence}
            </Button>
          )}
          {material.settled !== "bring" && (
            <Button disabled={busy} onClick={() => settle("bring")}>
              {words.bring}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** First it leaves, then it is read: both take time, and each says which. */
function told(sent: number | null, words: CaseWords): string {
  if (sent === null) return words.working;
  return sent < 1 ? words.sending(Math.floor(sent * 100)) : words.reading;
}

interface ReadProps {
  caseId: string;
  file: NonNullable<CaseMaterial["file"]>;
  wanted: string;
}

export function WhatWasRead({ caseId, file, wanted }: ReadProps) {
  const { language } = useSettings();
  const words = CASE_WORDS[language];
  const read = Object.entries(file.read);
  const isPicture = /\.(jpe?g|png|webp)$/iu.test(file.name);
  return (
    <div className="case-read">
      {isPicture && (
        <img
          className="case-thumb"
          alt={file.name}
          src={`/api/cases/${encodeURIComponent(caseId)}/file?file=${encodeURIComponent(file.id)}`}
        />
      )}
      <div>
        <p lang="zh-CN">{file.kind ? words.readAs(file.kind) : words.readNothing}</p>
        {!file.fits && (
          <p className="note is-replaced" role="alert" lang="zh-CN">
            {words.notThis(file.kind, wanted)}
          </p>
        )}
        {file.remark && (
          <p className="note is-replaced" lang="zh-CN">
            {file.remark}
          </p>
        )}
        {read.length > 0 && (
          <dl className="case-pairs" aria-label={words.read} lang="zh-CN">
            {read.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </div>
  );
}
