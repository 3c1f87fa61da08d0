/** The side panel: one suggested reply first, then item, case, review points, passages, earlier conversations. */
import { Button } from "antd";

import type { RejectionReason, SharedForm, SidePanel, WireCanned, WireSuggestion } from "../../../shared/api";
import { KINDS } from "../words";
import { CaseBox, Point } from "./CaseBox";
import { Clause, clausesOf, type Opened } from "./Clause";
import { FormBox } from "./FormBox";
import { Notes } from "./Notes";
import { Part } from "./Part";

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
  onNote?: (text: string) => Promise<boolean>;
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
  const by = { id: panel.case?.id ?? "", ticket: panel.ticket };
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
      {panel.case && <CaseBox found={panel.case} seen={by} />}
      {panel.points.length > 0 && (
        <Part title="审查要点 · 要点提示" count={panel.points.length}>
          <ul className="points">
            {panel.points.map((point) => (
              <Point key={`${point.part}:${point.id}`} point={point} by={by} onOpen={setOpened} />
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
      <p className="suggested-text" role="region" aria-label="建议的回复" tabIndex={0}>{first.text}</p>
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
