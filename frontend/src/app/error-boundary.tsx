import { Component, type ReactNode } from "react";
import { Button } from "@/shared/ui/button";

/** A pane that crashed says so and can be tried again; the others, and drafts, go on. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <div
        role="alert"
        className="flex min-h-0 flex-1 flex-col items-center justify-center gap-3 p-6 text-muted"
      >
        <p>Something went wrong here. Your drafts are safe.</p>
        <Button onClick={() => this.setState({ hasFailed: false })}>Try again</Button>
      </div>
    );
  }
}
