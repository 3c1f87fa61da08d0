/** All versions of a document, and who did what, when and why. */
import type { DocumentSheet } from "../../../shared/api";
import { addressOf } from "../place";
import { ACTIONS, moment, span, VERSION_STATES } from "../words";
import { Link } from "./Link";
import { State } from "./State";
import { versionTone } from "./versionTone";

export function Life({ sheet, here }: { sheet: DocumentSheet; here: string; onChanged: () => void }) {
  const number = new Map(sheet.versions.map((one, n) => [one.version, sheet.versions.length - n]));
  return (
    <div className="life">
      <section aria-labelledby="versions">
        <h3 id="versions">版本</h3>
        <ol>
          {sheet.versions.map((one) => (
            <li key={one.version}>
              <Link to={addressOf(["documents", sheet.document.name], { version: one.version })}>
                第 {number.get(one.version)} 版
              </Link>{" "}
              <State text={VERSION_STATES[one.state]} tone={versionTone(one.state)} />
              <span className="quiet">
                {span(one.effective_from, one.effective_to)}
                {one.version === here && " · 正在看这一版"}
              </span>
            </li>
          ))}
        </ol>
      </section>
      <section aria-labelledby="log">
        <h3 id="log">记录</h3>
        <ol>
          {sheet.history.map((entry, n) => (
            <li key={n}>
              <span className="when">{moment(entry.at)}</span> {entry.who.name} <strong>{ACTIONS[entry.action] ?? entry.action}</strong>{" "}
              第 {number.get(entry.version) ?? "?"} 版{entry.why && <span className="quiet">：{entry.why}</span>}
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}
