/** One material: photographed or chosen, what was read shown at once, or another way for it to come. */
import { Button } from "antd";
import { useRef, useState } from "react";

import type { CaseMaterial } from "../../../shared/api";
import { useSettings } from "../settings";
import { pictureOf } from "./calls";
import type { Cases } from "./cases";
import { Said } from "./Said";
import type { Language } from "../words";
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
      <h3>{file || material.settled ? named(material, language) : words.material(named(material, language))}</h3>
      {!file && material.settled && <p className="case-settled">{words.settled(material.settled === "bring" ? words.bring : words.licence)}</p>}
      {material.form && (
        <p className="quiet" lang="zh-CN">
          {material.form}
        </p>
      )}
      {file && <WhatWasRead caseId={caseId} file={file} wanted={named(material, language)} />}
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
      {(!file || !file.fits || !file.readable) && (
        <div className="case-acts case-other">
          <span className="quiet">{words.otherWays}</span>
          {material.exempt && (file || material.settled !== "licence") && (
            <Button disabled={busy} onClick={() => settle("licence")}>
              {words.licence}
            </Button>
          )}
          {(file || material.settled !== "bring") && (
            <Button disabled={busy} onClick={() => settle("bring")}>
              {words.bring}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** The material's name; in English with the Chinese beside it, for that is what a window asks for. */
export function named(material: CaseMaterial, language: Language): string {
  return language === "en" && material.english ? `${material.english} (${material.name})` : material.name;
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
  const [unseen, setUnseen] = useState(false);
  const kind = language === "en" && file.kind_english ? `${file.kind_english} (${file.kind})` : file.kind;
  return (
    <div className="case-read">
      {/* The first page, whatever the file is; text alone has no picture. */}
      {!unseen && (
        <img className="case-thumb" alt={file.name} src={pictureOf(caseId, file.id, 1)} loading="lazy" onError={() => setUnseen(true)} />
      )}
      <div>
        {/* What could not be read is said by its remark: two sentences would only contradict each other. */}
        {(file.kind || !file.remark) && <p>{file.kind ? words.readAs(kind) : words.readNothing}</p>}
        {!file.fits && (
          <p className="note is-replaced" role="alert">
            {words.notThis(kind, wanted)}
          </p>
        )}
        {file.remark && (
          <p className="note is-replaced">
            <Said zh={file.remark} en={file.remark_english} />
          </p>
        )}
        {read.length > 0 && (
          <dl className="case-pairs" aria-label={words.read} lang="zh-CN">
            {read.map(([name, value]) => (
              <div key={name}>
                <dt>
                  {name}
                  {language === "en" && file.read_english[name] && <span lang="en"> {file.read_english[name]}</span>}
                </dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </div>
  );
}
