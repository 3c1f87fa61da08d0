/** One document: its original beside its passages, what a new version changes, and the steps of its life. */
import { Button, Tabs } from "antd";
import { useState } from "react";

import type { DocumentSheet, VersionSheet } from "../../../shared/api";
import { useLoaded } from "../../../shared/staff/loading";
import { Difference } from "../parts/Difference";
import { Failure } from "../../../shared/staff/Failure";
import { DraftEffect } from "../parts/DraftEffect";
import { Impact } from "../parts/Impact";
import { Life } from "../parts/Life";
import { Link } from "../parts/Link";
import { Reading } from "../parts/Reading";
import { State } from "../parts/State";
import { Steps } from "../parts/Steps";
import { versionTone } from "../parts/versionTone";
import { addressOf, go, usePlace } from "../place";
import { ask, currentSession } from "../../../shared/staff/server";
import { span, VERSION_STATES } from "../words";

export function Document({ name }: { name: string }) {
  const { query } = usePlace();
  const sheet = useLoaded(`document ${name}`, (signal) =>
    ask<DocumentSheet>(`/api/console/documents/${encodeURIComponent(name)}`, { signal }),
  );
  const wanted = query.get("version") ?? sheet.data?.document.version;
  return (
    <>
      <p className="crumb">
        <Link to={addressOf(["documents"])}>文件</Link> / <span className="file">{name}</span>
      </p>
      <Failure failure={sheet.failure} onRetry={sheet.reload} />
      {sheet.data && wanted && <Version key={wanted} sheet={sheet.data} version={wanted} onChanged={sheet.reload} />}
    </>
  );
}

interface VersionProps {
  sheet: DocumentSheet;
  version: string;
  onChanged: () => void;
}

function Version({ sheet, version, onChanged }: VersionProps) {
  const { query } = usePlace();
  const [unsaved, setUnsaved] = useState(false);
  const { name } = sheet.document;
  const shown = useLoaded(`version ${version}`, (signal) => ask<VersionSheet>(`/api/console/versions/${version}`, { signal }));
  const tab = query.get("tab") ?? "reading";
  const open = (to: string) => go(addressOf(["documents", name], { version: query.get("version") ?? "", tab: to }), true);
  const changed = (to?: string) => {
    onChanged();
    if (to && to !== version) go(addressOf(["documents", name]));
    else shown.reload();
  };
  if (!shown.data) return <Failure failure={shown.failure} onRetry={shown.reload} />;
  const of = shown.data;
  return (
    <>
      <div className="head">
        <div>
          <h1>{of.title}</h1>
          <p className="facts">
            <State text={VERSION_STATES[of.state]} tone={versionTone(of.state)} />
            {[of.number, of.issuer, of.region].filter(Boolean).map((fact) => (
              <span key={fact}>{fact}</span>
            ))}
            <span>有效期：{span(of.effective_from, of.effective_to)}</span>
            {of.addressees.length > 0 && <span>主送：{of.addressees.join("、")}</span>}
            {of.saved_by && <span>由 {of.saved_by.name} 提交</span>}
          </p>
          {!of.newest && (
            <p className="note">
              这不是最新的一版。<Link to={addressOf(["documents", name])}>看最新的一版</Link>
            </p>
          )}
        </div>
      </div>
      <Failure failure={shown.failure} onRetry={shown.reload} />
      <Steps version={of} unsaved={unsaved} onChanged={changed} />
      <Tabs
        activeKey={tab}
        onChange={open}
        items={[
          {
            key: "reading",
            label: "原文与段落",
            children: <Reading version={of} onUnsaved={setUnsaved} onSaved={changed} />,
          },
          { key: "difference", label: "与现行版的差异", children: <Difference path={`/api/console/versions/${of.version}/difference`} /> },
          { key: "impact", label: "影响", children: <Affected name={name} waits={of.state === "draft" || of.state === "reviewed"} /> },
          { key: "life", label: "版本与记录", children: <Life sheet={sheet} here={of.version} onChanged={changed} /> },
        ]}
        destroyOnHidden={false}
      />
      {tab !== "reading" && unsaved && (
        <p className="note">
          还有没保存的修改。
          <Button size="small" onClick={() => open("reading")}>
            回去保存
          </Button>
        </p>
      )}
    </>
  );
}

function Affected({ name, waits }: { name: string; waits: boolean }) {
  const mayTry = currentSession()?.actions.includes("search:test") ?? false;
  return (
    <>
      <Impact target={`documents/${name}`} />
      {waits && mayTry && <DraftEffect source={`documents/${name}`} />}
    </>
  );
}
