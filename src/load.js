// One wasm instance for the isolate. A trap leaves an instance's memory in no defined state, so it costs the request
// that met it and the instance; the next request gets a new one.
import { initSync, invoke as enter } from './generated/app.js';
import inlined from './generated/app_wasm.js';

let compiled;
let ready = false;

const instance = () => {
  compiled ??= new WebAssembly.Module(Buffer.from(inlined, 'base64'));
  if (!ready) initSync({ module: compiled });
  ready = true;
};

export const invoke = async (call, host) => {
  instance();
  try {
    return await enter(call, host);
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) ready = false;
    throw error;
  }
};
