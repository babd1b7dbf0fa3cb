// @ts-check
/**
 * What `view.createHistory()` moves: the part of this page's address below the module's own path.
 */

/** @typedef {{ pathname: string, search: string, hash: string, state: unknown, key: string }} Location */
/** @typedef {string | Partial<Location>} Target */

export class PageHistory {
  /**
   * @param {string} base path of the module's page
   * @param {(location: Location, action: 'PUSH' | 'REPLACE' | 'POP') => void} changed
   */
  constructor(base, changed) {
    this.base = base;
    this.changed = changed;
    this.popped = () => changed(this.location(), 'POP');
    window.addEventListener('popstate', this.popped);
  }

  close() {
    window.removeEventListener('popstate', this.popped);
  }

  /** @returns {Location} */
  location() {
    const { pathname, search, hash } = window.location;
    const { state = undefined, key = '' } = window.history.state ?? {};
    return { pathname: pathname.slice(this.base.length) || '/', search, hash, state, key };
  }

  /**
   * @param {'PUSH' | 'REPLACE' | 'GO'} action
   * @param {Target | number} to
   * @param {unknown} state
   */
  move(action, to, state) {
    if (action === 'GO') {
      window.history.go(Number(to));
      return;
    }
    const target = typeof to === 'number' ? String(to) : to;
    const [path, ownState] = typeof target === 'string' ? [target, undefined] : [written(target), target.state];
    const below = new URL(path, `${window.location.origin}${this.location().pathname}`);
    const entry = { state: state ?? ownState, key: crypto.randomUUID().slice(0, 8) };
    const href = `${this.base}${below.pathname === '/' ? '' : below.pathname}${below.search}${below.hash}`;
    if (action === 'PUSH') window.history.pushState(entry, '', href);
    else window.history.replaceState(entry, '', href);
    this.changed(this.location(), action);
  }
}

/** @param {Partial<Location>} location */
function written({ pathname = '', search = '', hash = '' }) {
  return pathname + search + hash;
}
