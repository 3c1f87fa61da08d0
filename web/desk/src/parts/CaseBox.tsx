/** A case beside its conversation: what is missing, what is known and from where, what the pre-review found. */
import type { PanelCase, PanelPoint, PanelSeen } from "../../../shared/api";
import { MarkedPhoto } from "../../../shared/MarkedPhoto";
import { OUTCOMES, RESULTS } from "../words";
import type { Opened } from "./Clause";
import { Part } from "./Part";

/** Where a file of the case is asked for: a conversation's panel names its ticket, for its case was never opened by code. */
export interface CaseSeen {
  id: string;
  ticket: string | null;
}

export function CaseBox({ found, seen: by }: { found: PanelCase; seen: CaseSeen }) {
  const missing = found.materials.filter((one) => one.is_needed && !one.is_there);
  const there = found.materials.filter((one) => one.is_there);
  const asked = found.facts.filter((one) => one.is_asked);
  const known = found.facts.filter((one) => one.value !== null);
  return (
    <Part title={`办件 · ${found.state_label}`}>
      <p>
        {found.name} <span className="quiet num">备好 {found.done}/{found.total} · 接续码 {found.code}</span>
      </p>
      {found.outcome && <p className={`state is-${found.outcome === "pass" ? "good" : found.outcome === "return" ? "danger" : "warn"}`}>{OUTCOMES[found.outcome]}</p>}
      {(missing.length > 0 || asked.length > 0) && (
        <div className="missing">
          <h3>还缺</h3>
          <ul>
            {missing.map((one) => (
              <li key={one.name}>材料：{one.name}</li>
            ))}
            {asked.length > 0 && <li>要填：{asked.map((one) => one.name).join("、")}</li>}
          </ul>
        </div>
      )}
      {found.findings.length > 0 && (
        <ul className="findings">
          {found.findings.map((one) => (
            <li key={one.code + one.what}>
              {one.what}
              <span className="sub">{one.remedy}</span>
              {one.pictured.length > 0 && (
                <details>
                  <summary>看在材料上的位置</summary>
                  {one.pictured.map((seen) => (
                    <Pictured key={seen.where + seen.name} seen={seen} by={by} />
                  ))}
                </details>
              )}
            </li>
          ))}
        </ul>
      )}
      {(known.length > 0 || there.length > 0) && (
        <details>
          <summary>已知的 {known.length + there.length} 项和来源</summary>
          <table className="facts">
            <tbody>
              {known.map((one) => (
                <tr key={one.key}>
                  <th scope="row">{one.name}</th>
                  <td>
                    {one.value}
                    <span className="sub">
                      {one.source}
                      {one.is_proved ? " · 已核验" : ""}
                      {one.why ? ` · ${one.why}` : ""}
                    </span>
                  </td>
                </tr>
              ))}
              {there.map((one) => (
                <tr key={one.name}>
                  <th scope="row">{one.name}</th>
                  <td>{one.how ?? "已交"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </Part>
  );
}

function Pictured({ seen, by }: { seen: PanelSeen; by: CaseSeen }) {
  if (!seen.file || !seen.place) return null;
  return (
    <MarkedPhoto
      src={`/api/desk/cases/${encodeURIComponent(by.id)}/document?file=${encodeURIComponent(seen.file)}&page=${String(seen.page)}${by.ticket ? `&ticket=${encodeURIComponent(by.ticket)}` : ""}`}
      place={seen.place}
      label={`${seen.where}上的${seen.name}${seen.page > 1 ? `（第 ${String(seen.page)} 页）` : ""}`}
    />
  );
}

export function Point({ point, by, onOpen }: { point: PanelPoint; by: CaseSeen; onOpen: (o: Opened) => void }) {
  const tone = point.result === "pass" ? "good" : point.result === "fail" ? "danger" : "warn";
  return (
    <li>
      {point.result && <span className={`state is-${tone}`}>{RESULTS[point.result]}</span>} {point.text}
      {!point.confirmed && <span className="quiet">（还没有核实来源）</span>}
      {point.hint && <span className="sub">{point.hint}</span>}
      {point.rule && <span className="sub">规则：{point.rule}</span>}
      {point.trace.length > 0 && (
        <details>
          <summary>看了什么</summary>
          <ul className="trace">
            {point.trace.map((seen) => (
              <li key={seen.where + seen.name}>
                {seen.where} · {seen.name}：{seen.value}
                <Pictured seen={seen} by={by} />
              </li>
            ))}
          </ul>
        </details>
      )}
      <button type="button" className="source" onClick={() => onOpen({ source: point.source, anchor: point.anchor })}>
        为什么{point.basis ? `：${point.basis}` : "，看条款"}
      </button>
    </li>
  );
}
