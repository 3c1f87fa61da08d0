/** One part of the side panel, with its heading. */
import type { ReactNode } from "react";

export function Part({ title, count, children }: { title: string; count?: number; children: ReactNode }) {
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
