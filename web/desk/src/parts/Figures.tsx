/** Numbers with their definitions beside them. */
import type { WireFigure } from "../../../shared/api";
import { figure } from "../figures";

export function Figures({ title, figures }: { title: string; figures: WireFigure[] }) {
  return (
    <section className="panel">
      <h2>{title}</h2>
      <dl className="figures">
        {figures.map((one) => (
          <div key={one.name}>
            <dt>{one.label}</dt>
            <dd className="num">{figure(one)}</dd>
            <dd className="sub">{one.definition}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
