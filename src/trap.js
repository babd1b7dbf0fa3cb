// wasm-bindgen polls Rust futures in microtasks. A trap in there would reject nothing and end the process; so the
// generated glue, which `xtask` makes import this in place of the global, polls them under a guard.
let trapped = (trap) => {
  throw trap;
};

export const onTrap = (handler) => {
  trapped = handler;
};

export const queueMicrotask = (poll) =>
  globalThis.queueMicrotask(() => {
    try {
      poll();
    } catch (trap) {
      trapped(trap);
    }
  });
