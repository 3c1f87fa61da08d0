/** What is shown when the page itself breaks. */
import { Component, type ReactNode } from "react";

interface Props {
  /** The way back in. */
  again: { address: string; words: string };
  children: ReactNode;
}

export class Broken extends Component<Props, { broken: boolean }> {
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
            <a href={this.props.again.address}>{this.props.again.words}</a>
          </p>
        </div>
      </main>
    );
  }
}
