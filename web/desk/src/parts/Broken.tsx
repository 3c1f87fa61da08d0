/** What is shown when the page itself breaks. */
import { Component, type ReactNode } from "react";

export class Broken extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <main className="boot">
        <div role="alert">
          <p>页面出了点问题。已经保存的内容都在。</p>
          <p>
            <a href="/desk">重新打开帮办台</a>
          </p>
        </div>
      </main>
    );
  }
}
