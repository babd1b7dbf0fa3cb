import { view } from '@forge/bridge';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './design.css';
import { App } from './App.tsx';
import { Breakdown } from './Breakdown.tsx';

// Jira's light or dark theme. Without it the page is readable in the light theme's own values, so nothing waits for it.
view.theme.enable().catch(() => undefined);

const place = document.getElementById('panel');
if (place === null) {
  throw new Error('index.html has no element with the id "panel"');
}
createRoot(place).render(
  <StrictMode>
    <Breakdown>
      <App />
    </Breakdown>
  </StrictMode>,
);
