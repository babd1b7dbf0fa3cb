// @ts-check
/// <reference lib="dom" />
import * as bridge from '@forge/bridge';

/** What the tests call by name, from outside. */
Object.assign(globalThis, { bridge, app: globalThis });
document.querySelector('#open')?.addEventListener('click', () => {
  bridge.router.open('https://elsewhere.example/page?secret=1').then(
    () => Object.assign(globalThis, { opened: true }),
    (error) => Object.assign(globalThis, { opened: error.message }),
  );
});
