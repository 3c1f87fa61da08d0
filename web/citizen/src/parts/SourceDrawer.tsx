/** The source sheet: what a source is, whether it holds, the cited clause, and the way to the original. */
import { Button } from "antd";
import { useEffect, useRef, useState } from "react";

import type { SourceSheet, WireCitation, WireStatement } from "../../../shared/api";
import { sourceSheet } from "../../../shared/client";
import { PagePicture } from "../../../shared/PagePicture";
import { useSettings } from "../settings";
import { langOf, type Words } from "../words";
import { Sheet } from "./Sheet";

const SHOWN_AT_FIRST = 6;

interface Props {
  citation: WireCitation | null;
  onClose: () => void;
}

export default function SourceDrawer({ citation, onClose }: Props) {
  const { words } = useSettings();
  return (
    <Sheet open={citation !== null} title={citation?.title ?? words.sources} onClose={onClose}>
      {citation && <Contents key={citation.anchor} citation={citation} />}
    </Sheet>
  );
}

function Contents({ citation }: { citation: WireCitation }) {
  const { words, language } = useSettings();
  const [sheet, setSheet] = useState<SourceSheet | null>(null);
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    sourceSheet(citation.source, citation.anchor, citation.version, language).then(
      (found) => current && setSheet(found),
      () => current && setFailed(true),
    );
    return () => {
      current = false;
    };
  }, [citation, language, attempt]);

  return (
    <div className="sheet">
      <figure className="quote">
        <figcaption>
          {words.cited}
          {citation.clause && <b lang="zh-CN"> {citation.clause}</b>}
        </figcaption>
        <blockquote lang={langOf(citation.quote)}>{citation.quote}</blockquote>
      </figure>
      {failed && (
        <div className="note is-error" role="alert">
          <p>{words.openFailed}</p>
          <Button
            onClick={() => {
              setFailed(false);
              setAttempt(attempt + 1);
            }}
          >
            {words.retry}
          </Button>
        </div>
      )}
      {!sheet && !failed && <p className="quiet">{words.loading}</p>}
      {sheet && <Pages sheet={sheet} words={words} />}
      {sheet && <Facts sheet={sheet} words={words} />}
      {sheet && <Clauses sheet={sheet} words={words} />}
      {sheet && <Origins sheet={sheet} words={words} />}
    </div>
  );
}

/** The cited clause at its place in the original. */
function Pages({ sheet, words }: { sheet: SourceSheet; words: Words }) {
  const cited = sheet.statements.find((s) => s.anchor === sheet.anchor);
  const pages = sheet.page_pictures;
  if (!cited || !pages) return null;
  return cited.places.map((place) => (
    <PagePicture key={place.page} pages={pages} place={place} label={words.pageOfOriginal(place.page)} />
  ));
}

function Facts({ sheet, words }: { sheet: SourceSheet; words: Words }) {
  const dates = [
    // a sheet's date is that of its main legal basis, not of the sheet itself
    sheet.effective_from &&
      (sheet.source.startsWith("items/") ? words.basisSince : words.since)(sheet.effective_from),
    sheet.effective_to && words.until(sheet.effective_to),
  ].filter(Boolean);
  const force = sheet.in_force === null ? words.forceUnknown : sheet.in_force ? words.inForce : words.notInForce;
  const tone = sheet.in_force === null ? "is-unknown" : sheet.in_force ? "is-good" : "is-bad";
  return (
    <>
      <dl className="facts">
        <div>
          <dt className={`force ${tone}`}>{force}</dt>
          <dd>{dates.join(" ")}</dd>
        </div>
        {sheet.issuer && (
          <div>
            <dt>{words.issuer}</dt>
            <dd lang="zh-CN">{sheet.issuer}</dd>
          </div>
        )}
        {sheet.number && (
          <div>
            <dt>{words.number}</dt>
            <dd lang="zh-CN">{sheet.number}</dd>
          </div>
        )}
        <div>
          <dt>{words.version}</dt>
          <dd>{sheet.version}</dd>
        </div>
      </dl>
      {!sheet.is_current_version && <p className="note">{words.newerVersion}</p>}
      {sheet.notes.map((note) => (
        <p key={note} className="note" lang="zh-CN">
          {note}
        </p>
      ))}
      {sheet.original && (
        <Button block type="primary" href={sheet.original} download>
          {words.openOriginal}
        </Button>
      )}
    </>
  );
}

function Clauses({ sheet, words }: { sheet: SourceSheet; words: Words }) {
  const at = sheet.statements.findIndex((s) => s.anchor === sheet.anchor);
  const [all, setAll] = useState(sheet.statements.length <= SHOWN_AT_FIRST);
  const around = all ? sheet.statements : sheet.statements.slice(Math.max(0, at - 1), Math.max(0, at - 1) + SHOWN_AT_FIRST);
  const cited = useRef<HTMLLIElement>(null);
  useEffect(() => {
    // In braces: newer browsers return a promise from it, which React would take for a cleanup function.
    cited.current?.scrollIntoView({ block: "nearest" });
  }, [all]);
  return (
    <section>
      <h3>{words.allClauses}</h3>
      <ul className="clauses">
        {around.map((statement) => (
          <Clause
            key={statement.anchor}
            statement={statement}
            words={words}
            cited={statement.anchor === sheet.anchor ? cited : null}
          />
        ))}
      </ul>
      {sheet.unconfirmed > 0 && <p className="quiet">{words.leftOut(sheet.unconfirmed)}</p>}
      {!all && (
        <Button block onClick={() => setAll(true)}>
          {words.showAll(sheet.statements.length)}
        </Button>
      )}
    </section>
  );
}

interface ClauseProps {
  statement: WireStatement;
  words: Words;
  cited: React.Ref<HTMLLIElement> | null;
}

function Clause({ statement, words, cited }: ClauseProps) {
  return (
    <li ref={cited} className={cited ? "is-cited" : ""} aria-current={cited ? "true" : undefined}>
      <p className="clause-title">
        {statement.question ?? words.facets[statement.facet]}
        {statement.clause && <span>{statement.clause}</span>}
        {!statement.confirmed && <span className="tag-warn">{words.unconfirmed}</span>}
        {cited && <span className="tag-cited">{words.cited}</span>}
      </p>
      <p lang={langOf(statement.text)}>{statement.text}</p>
    </li>
  );
}

function Origins({ sheet, words }: { sheet: SourceSheet; words: Words }) {
  if (sheet.origins.length === 0) return null;
  return (
    <section>
      <h3>{words.origins}</h3>
      <ul className="origins" lang="zh-CN">
        {sheet.origins.map((origin) => (
          <li key={origin.number}>
            <span>{origin.title}</span>
            <span className="quiet">{[origin.locator, origin.date].filter(Boolean).join(" · ")}</span>
            {origin.url && (
              <a href={origin.url} target="_blank" rel="noreferrer noopener">
                {words.openPortal}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
