/** Who helps: teams with their hours, and what each person can take. Every change is kept in the audit. */
import { Button, Checkbox, Input, InputNumber } from "antd";
import { useState } from "react";

import type { WireClerk, WireTeam } from "../../../shared/api";
import { Failure } from "../../../shared/staff/Failure";
import { useLoaded } from "../../../shared/staff/loading";
import { ask } from "../../../shared/staff/server";
import { DUTIES } from "../words";

const BASE = "/api/desk/supervision";
const words = (text: string) => text.split(/[,，、\s]+/).filter(Boolean);
const moment = (at: string) =>
  new Date(at).toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai" });

export function People() {
  const teams = useLoaded("teams", (signal) => ask<WireTeam[]>(`${BASE}/teams`, { signal }));
  const clerks = useLoaded("clerks", (signal) => ask<WireClerk[]>(`${BASE}/clerks`, { signal }));
  const [failure, setFailure] = useState<unknown>();
  const change = (path: string, method: "PUT" | "DELETE", body?: object) => {
    setFailure(undefined);
    ask(`${BASE}${path}`, { method, ...(body ? { body } : {}) }).then(() => {
      teams.reload();
      clerks.reload();
    }, setFailure);
  };
  return (
    <main id="main" className="board" tabIndex={0}>
      <h1>人员与班次</h1>
      <p className="quiet">改动立即生效，并记入审计。法定节假日不上班、调休的周末上班，按国务院办公厅的安排。</p>
      <Failure failure={failure ?? teams.failure ?? clerks.failure} onRetry={teams.reload} />
      <section className="panel">
        <h2>团队的时间</h2>
        <ul className="plain">
          {(teams.data ?? []).map((team) => (
            <Team key={`${team.name}${team.hours ?? ""}`} team={team} onChange={change} />
          ))}
        </ul>
        <NewTeam onAdd={(name, hours) => change(`/teams/${encodeURIComponent(name)}`, "PUT", { hours })} />
      </section>
      <section className="panel">
        <h2>
          帮办人员 <span className="num quiet">{clerks.data?.length ?? ""}</span>
        </h2>
        <p className="quiet">多个用逗号隔开；* 表示都可以。领导帮办只在45秒还没有人接时才会响铃。</p>
        <ul className="plain">
          {(clerks.data ?? []).map((clerk) => (
            <Person key={`${clerk.id}${JSON.stringify(clerk.skills)}${clerk.team}`} clerk={clerk} onSave={(body) => change(`/clerks/${encodeURIComponent(clerk.id)}`, "PUT", body)} />
          ))}
        </ul>
      </section>
    </main>
  );
}

type Change = (path: string, method: "PUT" | "DELETE", body?: object) => void;

function Team({ team, onChange }: { team: WireTeam; onChange: Change }) {
  const [hours, setHours] = useState(team.hours ?? "");
  const path = `/teams/${encodeURIComponent(team.name)}`;
  return (
    <li className="row edit">
      <strong>{team.name}</strong>
      <span className={`state is-${team.open ? "good" : "info"}`}>{team.open ? "当班" : `${moment(team.opens_at)}上班`}</span>
      <Input aria-label={`${team.name}的时间`} value={hours} placeholder={`同默认：${team.otherwise}`} onChange={(event) => setHours(event.target.value)} />
      <Button disabled={hours.trim() === (team.hours ?? "")} onClick={() => onChange(path, "PUT", { hours: hours.trim() || null })}>
        保存
      </Button>
      {team.clerks === 0 && <Button onClick={() => onChange(path, "DELETE")}>删除</Button>}
      <span className="quiet">{team.clerks}人</span>
    </li>
  );
}

function NewTeam({ onAdd }: { onAdd: (name: string, hours: string | null) => void }) {
  const [name, setName] = useState("");
  const [hours, setHours] = useState("");
  return (
    <form
      className="row edit"
      onSubmit={(event) => {
        event.preventDefault();
        onAdd(name.trim(), hours.trim() || null);
        setName("");
        setHours("");
      }}
    >
      <Input aria-label="新团队的名称" placeholder="新团队的名称" value={name} maxLength={40} onChange={(event) => setName(event.target.value)} />
      <Input
        aria-label="新团队的时间"
        placeholder="09:00-11:30,13:00-17:30"
        value={hours}
        maxLength={120}
        onChange={(event) => setHours(event.target.value)}
      />
      <Button htmlType="submit" disabled={!name.trim()}>
        添加
      </Button>
    </form>
  );
}

function Person({ clerk, onSave }: { clerk: WireClerk; onSave: (body: object) => void }) {
  const { skills } = clerk;
  const [team, setTeam] = useState(clerk.team);
  const [lists, setLists] = useState({
    departments: (skills.departments ?? []).join("，"),
    items: (skills.items ?? []).join("，"),
    districts: (skills.districts ?? []).join("，"),
    languages: (skills.languages ?? []).join("，"),
  });
  const [leads, setLeads] = useState(skills.leads);
  const [capacity, setCapacity] = useState(skills.capacity);
  const field = (key: keyof typeof lists, label: string) => (
    <label>
      <span>{label}</span>
      <Input aria-label={`${clerk.name}的${label}`} value={lists[key]} onChange={(event) => setLists({ ...lists, [key]: event.target.value })} />
    </label>
  );
  return (
    <li>
      <details>
        <summary>
          <strong>{clerk.name}</strong> {clerk.team || "未分组"}{" "}
          <span className={`state is-${clerk.is_there ? "good" : "info"}`}>{clerk.is_there ? DUTIES[clerk.duty] : "不在"}</span>{" "}
          <span className="quiet">
            {skills.leads ? "领导帮办 · " : ""}手上{clerk.load}/{skills.capacity}
          </span>
        </summary>
        <div className="assumed">
          <label>
            <span>团队</span>
            <Input aria-label={`${clerk.name}的团队`} value={team} maxLength={40} onChange={(event) => setTeam(event.target.value)} />
          </label>
          {field("departments", "部门")}
          {field("items", "事项（代号）")}
          {field("districts", "区")}
          {field("languages", "语言（zh、en）")}
          <label>
            <span>同时服务</span>
            <InputNumber aria-label={`${clerk.name}同时服务`} min={1} max={20} value={capacity} onChange={(value) => setCapacity(value ?? 1)} />
          </label>
          <Checkbox checked={leads} onChange={(event) => setLeads(event.target.checked)}>
            领导帮办
          </Checkbox>
          <div className="row wide">
            <Button
              type="primary"
              onClick={() =>
                onSave({
                  name: clerk.name,
                  team: team.trim(),
                  skills: {
                    departments: words(lists.departments),
                    items: words(lists.items),
                    districts: words(lists.districts),
                    languages: words(lists.languages),
                    leads,
                    capacity,
                  },
                })
              }
            >
              保存
            </Button>
          </div>
        </div>
      </details>
    </li>
  );
}
