/** What remains when the page itself breaks: a calm sentence, a way to start again, and a telephone number. */
import { Component, type ReactNode } from "react";

import { WORDS } from "../words";

export class Fallback extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    const words = WORDS[document.documentElement.lang === "en" ? "en" : "zh"];
    return (
      <main className="boot" role="alert">
        <p className="boot-name">{words.name}</p>
        <p>{words.broken}</p>
        <p>
          <a href="/">{words.reload}</a> · <a href="tel:12345">{words.call12345}</a>
        </p>
      </main>
    );
  }
}
