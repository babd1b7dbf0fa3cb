// One wasm instance for the isolate. A trap leaves its memory in no defined state, so it costs the requests that are in
// it and the instance; the next request gets a fresh one.
import { __wbg_reset_state as renew, initSync, invoke as enter } from './generated/app.js';
import inlined from './generated/app_wasm.js';
import { onTrap } from './trap.js';

let instance;
const waiting = new Set();

onTrap((trap) => {
  waiting.forEach((reject) => reject(trap));
  waiting.clear();
  renew();
});

export const invoke = (call, host) => {
  instance ??= initSync({ module: new WebAssembly.Module(Buffer.from(inlined, 'base64')) });
  return new Promise((resolve, reject) => {
    waiting.add(reject);
    enter(call, host).then(resolve, reject).finally(() => waiting.delete(reject));
  });
};
