//! What one may rely on, as ARCHITECTURE.md lists it: mostly what is absent.

mod changes;
mod mirrored;
mod records;
mod runs;
mod sources;
mod storage;
mod transitions;
