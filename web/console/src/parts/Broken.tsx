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
            <a href="/console">重新打开知识库</a>
          </p>
        </div>
      </main>
    );
  }
}
