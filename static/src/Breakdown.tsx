import Button from '@atlaskit/button/default/button';
import { Component, type ReactNode } from 'react';
import { Notice } from './Notice.tsx';
import { frame } from './messages.ts';

/** Keeps a fault of what is inside from leaving the page blank. */
export class Breakdown extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) {
      return this.props.children;
    }
    return <Broken />;
  }
}

/** What is seen of a page that does not work. */
export function Broken(): ReactNode {
  return (
    <Notice appearance="error" title={frame.product}>
      <p>{frame.broke}</p>
      <Button onClick={() => location.reload()}>{frame.reload}</Button>
    </Notice>
  );
}
