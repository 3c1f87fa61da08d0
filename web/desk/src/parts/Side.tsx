/** The side panel: one suggested reply first, then item, case, review points, passages, earlier conversations. */
import { Button, Input } from "antd";
import { useState, type ReactNode } from "react";

import type { PanelCase, PanelPoint, RejectionReason, SharedForm, SidePanel, WireCanned, WireSuggestion } from "../../../shared/api";
import { MarkedPhoto } from "../../../shared/MarkedPhoto";
import { KINDS, OUTCOMES, RESULTS } from "../words";
import { Clause, clausesOf, type Opened } from "./Clause";
import { FormBox } from "./FormBox";

interface Props {
  panel: SidePanel;
  held: boolean;
  live: boolean;
  rejecting: WireSuggestion | null;
  reasons: RejectionReason[];
  onRelease: () => void;
  onSend: (one: WireSuggestion) => void;
  onEdit: (one: WireSuggestion) => void;
  onReject: (one: WireSuggestion | null) => void;
  onReason: (one: WireSuggestion, reason: string) => void;
  onText: (text: string) => void;
  onNote?: (text: string) => void;
  onCanned?: (one: WireCanned) => void;
  /** The clause that is explained now. */
  opened: Opened | null;
  onOpen: (opened: Opened | null) => void;
  form?: SharedForm | null;
  onPropose?: (key: string, value: string, mark: string) => Promise<boolean>;
  onTakeBack?: (proposal: string) => Promise<boolean>;
}

export function Side(props: Props) {
  const { panel, opened, onOpen: setOpened } = props;
  return (
    <div className="side-in">
      <div aria-live="polite" className="side-news">
        {props.held && (
          <Button size="small" type="link" onClick={props.onRelease}>
            侧栏有更新，点此查看（停止输入后自动更新）
          </Button>
        )}
      </div>
      {opened && <Clause key={opened.anchor} opened={opened} all={clausesOf(panel)} onOpen={setOpened} onClose={() => setOpened(null)} />}
      <Suggested {...props} />
      {props.form && props.onPropose && props.onTakeBack && (
        <FormBox form={props.form} onPropose={props.onPropose} onTakeBack={props.onTakeBack} />
      )}
      <Part title="情况摘要">
        <dl className="lines">
          {panel.summary.map((line) => (
            <div key={line.label}>
              <dt>{line.label}</dt>
              <dd>{line.text}</dd>
            </div>
          ))}
        </dl>
      </Part>
      {panel.item && (
        <Part title="识别的事项">
          <p>
            <strong>{panel.item.name}</strong> <span className="quiet">{panel.item.department}</span>
            {panel.item.score !== null && <span className="state num">{Math.round(panel.item.score * 100)}%</span>}
          </p>
          {panel.alternatives.length > 0 && (
            <ul className="alternatives" aria-label="也可能是">
              {panel.alternatives.map((one) => (
                <li key={one.slug}>
                  也可能是：{one.name} {one.score !== null && <span className="num quiet">{Math.round(one.score * 100)}%</span>}
                </li>
              ))}
            </ul>
          )}
        </Part>
      )}
      {panel.ask_next.length > 0 && (
        <Part title="接着可以问">
          <ul className="chips">
            {panel.ask_next.map((text) => (
              <li key={text}>
                <Button size="small" onClick={() => props.onText(text)}>
                  {text}
                </Button>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {panel.case && <CaseBox found={panel.case} />}
      {panel.points.length > 0 && (
        <Part title="审查要点 · 要点提示" count={panel.points.length}>
          <ul className="points">
            {panel.points.map((point) => (
              <Point key={`${point.part}:${point.id}`} point={point} caseId={panel.case?.id ?? ""} onOpen={setOpened} />
            ))}
          </ul>
        </Part>
      )}
      {panel.passages.length > 0 && (
        <Part title="依据" count={panel.passages.length}>
          <ul className="passages">
            {panel.passages.map((one) => (
              <li key={one.number}>
                <button type="button" className="source" onClick={() => setOpened({ source: one.source, anchor: one.anchor })}>
                  {one.title}
                  {one.clause ? ` ${one.clause}` : ""}
                </button>
                <blockquote>{one.quote}</blockquote>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {panel.earlier.length > 0 && (
        <Part title="类似的对话（已隐去个人信息）">
          <ul className="earlier">
            {panel.earlier.map((one) => (
              <li key={one.at + one.asked}>
                <p className="quiet">问：{one.asked}</p>
                <p>答：{one.answered}</p>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {panel.canned.length > 0 && (
        <Part title="常用语">
          <ul className="chips">
            {panel.canned.map((one) => (
              <li key={one.id}>
                <Button size="small" title={`${one.text}（有效至 ${one.expires_on}）`} onClick={() => (props.onCanned ? props.onCanned(one) : props.onText(one.text))}>
                  {one.title}
                </Button>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {props.onNote && <Notes panel={panel} onNote={props.onNote} />}
    </div>
  );
}

function Suggested({ panel, live, rejecting, reasons, onSend, onEdit, onReject, onReason, onOpen }: Props) {
  const first = panel.suggestions[0];
  const others = panel.suggestions.slice(1);
  if (!first) return <p className="quiet">这一刻没有可用的建议，请按您的判断回复。</p>;
  return (
    <section className="suggested" aria-label="建议回复">
      <h2>
        建议回复 <span className="state is-info">{KINDS[first.kind]}</span> <small className="quiet">AI生成，核对后再发</small>
      </h2>
      <p className="suggested-text">{first.text}</p>
      {first.citations.length > 0 && (
        <p className="cited">
          依据：
          {first.citations.map((one) => (
            <button type="button" className="source" key={one.number} onClick={() => onOpen({ source: one.source, anchor: one.anchor })}>
              [{one.number}] {one.title}
              {one.clause ? ` ${one.clause}` : ""}
            </button>
          ))}
        </p>
      )}
      {rejecting?.id === first.id ? (
        <div className="reasons" role="group" aria-label="不用的原因">
          {reasons.map((one, n) => (
            <Button key={one.reason} size="small" onClick={() => onReason(first, one.reason)}>
              <kbd>{n + 1}</kbd>
              {one.label}
            </Button>
          ))}
          <Button size="small" type="text" onClick={() => onReject(null)}>
            算了
          </Button>
        </div>
      ) : (
        live && (
          <div className="row">
            <Button type="primary" size="small" onClick={() => onSend(first)}>
              发送<kbd>S</kbd>
            </Button>
            <Button size="small" onClick={() => onEdit(first)}>
              改一改<kbd>E</kbd>
            </Button>
            <Button size="small" onClick={() => onReject(first)}>
              不用<kbd>X</kbd>
            </Button>
          </div>
        )
      )}
      {others.length > 0 && (
        <ul className="others" aria-label="其他建议">
          {others.map((one) => (
            <li key={one.id}>
              <button type="button" className="other" disabled={!live} onClick={() => onEdit(one)}>
                <span className="state">{KINDS[one.kind]}</span> {one.text}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function CaseBox({ found }: { found: PanelCase }) {
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

function Point({ point, caseId, onOpen }: { point: PanelPoint; caseId: string; onOpen: (o: Opened) => void }) {
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
                {seen.file && seen.place && (
                  <MarkedPhoto
                    src={`/api/desk/cases/${encodeURIComponent(caseId)}/document?file=${encodeURIComponent(seen.file)}`}
                    place={seen.place}
                    label={`${seen.where}上的${seen.name}`}
                  />
                )}
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

function Notes({ panel, onNote }: { panel: SidePanel; onNote: (text: string) => void }) {
  const [text, setText] = useState("");
  const keep = () => {
    if (!text.trim()) return;
    onNote(text.trim());
    setText("");
  };
  return (
    <Part title="备注（只给同事看，不影响建议）">
      <ul className="notes">
        {panel.notes.map((one) => (
          <li key={one.at}>{one.text}</li>
        ))}
      </ul>
      <Input aria-label="写备注" placeholder="写一条备注，Enter 保存" value={text} maxLength={500} onChange={(e) => setText(e.target.value)} onPressEnter={keep} />
    </Part>
  );
}

function Part({ title, count, children }: { title: string; count?: number; children: ReactNode }) {
  return (
    <section className="part">
      <h2>
        {title}
        {count !== undefined && <span className="num quiet"> {count}</span>}
      </h2>
      {children}
    </section>
  );
}
