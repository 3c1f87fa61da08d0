/** Reports of a day, a week or a month: each number with its definition, groups side by side, to keep and to print. */
import { Button, Input, Segmented } from "antd";
import { useState } from "react";

import type { Report, ReportGroup, ReportSlice } from "../../../shared/api";
import { Failure } from "../../../shared/staff/Failure";
import { useLoaded } from "../../../shared/staff/loading";
import { ask } from "../../../shared/staff/server";
import { figure } from "../figures";
import { Figures } from "../parts/Figures";
import { KINDS } from "../words";

const PERIODS = [
  { value: "day", label: "日" },
  { value: "week", label: "周" },
  { value: "month", label: "月" },
];
const GROUPS = { team: "按团队", reason: "按原因", channel: "按渠道", language: "按语言" } as const;
const SHOWN = ["asked", "answered_within_60s", "person_or_choice_within_60s", "first_response_median", "first_response_p95", "abandoned", "solved", "first_contact"];

const today = () => new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);

export function Reports() {
  const [period, setPeriod] = useState("day");
  const [day, setDay] = useState(today);
  const asked = `period=${period}&day=${day}`;
  const report = useLoaded(asked, (signal) => ask<Report>(`/api/desk/supervision/report?${asked}`, { signal }));
  const found = report.data;
  return (
    <main id="main" className="board" tabIndex={0}>
      <h1>报表</h1>
      <div className="row">
        <Segmented aria-label="报表周期" options={PERIODS} value={period} onChange={setPeriod} />
        <Input
          aria-label="哪一天所在的日、周、月"
          type="date"
          value={day}
          max={today()}
          onChange={(event) => {
            if (event.target.value) setDay(event.target.value);
          }}
          style={{ width: 160 }}
        />
        <Button href={`/api/desk/supervision/report.csv?${asked}`}>导出CSV</Button>
        <Button href={`/api/desk/supervision/report.html?${asked}`}>打印版</Button>
        <Button href={`/api/desk/supervision/export.csv?${asked}`}>逐条导出</Button>
      </div>
      <Failure failure={report.failure} onRetry={report.reload} />
      {found && (
        <>
          <Figures title={`${found.begins.slice(0, 10)} 起`} figures={found.figures} />
          <Series slices={found.slices} />
          {(Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map((by) => (
            <Groups key={by} title={GROUPS[by]} groups={found.groups.filter((one) => one.by === by)} />
          ))}
          <Suggestions report={found} />
        </>
      )}
    </main>
  );
}

function Series({ slices }: { slices: ReportSlice[] }) {
  const some = slices.filter((one) => one.figures.some((value) => value.of > 0));
  const first = some[0];
  if (!first) return null;
  return (
    <section className="panel">
      <h2>分时段</h2>
      <Table head="时段" labels={first.figures.map((one) => one.label)} rows={some.map((one) => [one.label, one.figures.map(figure)])} />
    </section>
  );
}

function Groups({ title, groups }: { title: string; groups: ReportGroup[] }) {
  const first = groups[0];
  if (!first) return null;
  const kept = (group: ReportGroup) => SHOWN.flatMap((name) => group.figures.filter((one) => one.name === name));
  return (
    <section className="panel">
      <h2>{title}</h2>
      <Table head={title.slice(1)} labels={kept(first).map((one) => one.label)} rows={groups.map((one) => [one.label, kept(one).map(figure)])} />
    </section>
  );
}

function Table({ head, labels, rows }: { head: string; labels: string[]; rows: [string, string[]][] }) {
  return (
    <div className="wide-table">
      <table>
        <thead>
          <tr>
            <th>{head}</th>
            {labels.map((label) => (
              <th key={label} className="num">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, cells]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {cells.map((cell, n) => (
                <td key={labels[n]} className="num">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Suggestions({ report }: { report: Report }) {
  if (report.suggestions.length === 0) return null;
  const rows = report.suggestions.map((one): [string, string[]] => [
    KINDS[one.kind] ?? one.kind,
    [one.shown, one.sent, one.edited, one.rejected].map(String),
  ]);
  return (
    <section className="panel">
      <h2>建议回复的采用</h2>
      <p className="quiet">建议由AI生成，发不发由工作人员定；“处理过”是工作人员发出、改过或不用的条数。</p>
      <Table head="来源" labels={["处理过", "原样发", "改过发", "不用"]} rows={rows} />
    </section>
  );
}
