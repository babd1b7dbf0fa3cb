import { view } from '@forge/bridge';
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import './design.css';
import { Breakdown, Broken } from './Breakdown.tsx';
import { load } from './pages.ts';
import { ReaderProvider } from './reader.tsx';
import { watchSight } from './sight.ts';

// Jira's light or dark theme. Without it the page is readable in the light theme's own values, so nothing waits for it.
view.theme.enable().catch(() => undefined);

const place = document.getElementById('panel');
if (place === null) {
  throw new Error('index.html has no element with the id "panel"');
}
const root = createRoot(place);
watchSight();

async function page(): Promise<ReactNode> {
  try {
    const context = await view.getContext();
    const Page = await load(context);
    return (
      <ReaderProvider context={context}>
        <Page context={context} />
      </ReaderProvider>
    );
  } catch {
    return <Broken />;
  }
}

root.render(
  <StrictMode>
    <Breakdown>{await page()}</Breakdown>
  </StrictMode>,
);
