// @ts-check
/**
 * Serves the built panel as Forge does: with a bridge script before it and under Forge's content security policy. The
 * bridge answers from scenes instead of Jira.
 *
 *   node static/dev/serve.mjs [port]      then open the address that it prints
 */
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const DIST = join(HERE, '..', 'dist');
const DIST_PROMPT = join(HERE, '..', 'dist-prompt');
const THEMES = join(dirname(createRequire(import.meta.url).resolve('@atlaskit/tokens/package.json')), 'dist/cjs/artifacts/themes');

/** What manifest.yml and Forge's own defaults come to. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob: https:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
].join('; ');

/** @type {Record<string, string>} */
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

/** Atlassian's themes as one style sheet, which Jira would put into the frame. */
async function themes() {
  const wanted = ['atlassian-light', 'atlassian-dark', 'atlassian-spacing', 'atlassian-typography', 'atlassian-shape', 'atlassian-motion'];
  const require = createRequire(import.meta.url);
  return wanted.map((name) => require(join(THEMES, `${name}.js`)).default).join('\n');
}

/** Where the background script is. */
const PROMPT = '/prompt/';

/**
 * What Vite builds has a name that changes with it, so a browser may keep it, and what it compiled from it.
 * @param {string} path
 */
const freshness = (path) => (path.includes('/assets/') ? 'max-age=31536000, immutable' : 'no-cache');

/** @param {string} path */
async function body(path) {
  if (path === '/' || path === PROMPT) {
    const page = await readFile(join(path === PROMPT ? DIST_PROMPT : DIST, 'index.html'), 'utf8');
    const root = path === PROMPT ? '..' : '.';
    const head = `<head><link rel="stylesheet" href="${root}/fixture/theme.css"><script type="module" src="${root}/fixture/bridge.mjs"></script>`;
    return page.replace('<head>', head);
  }
  if (path === '/fixture/theme.css') {
    return themes();
  }
  const [root, rest] = path.startsWith('/fixture/')
    ? [HERE, path.slice('/fixture/'.length)]
    : path.startsWith(PROMPT)
      ? [DIST_PROMPT, path.slice(PROMPT.length)]
      : [DIST, path];
  const file = normalize(join(root, rest));
  return file.startsWith(root + sep) ? readFile(file) : null;
}

/**
 * Starts the server on 127.0.0.1.
 * @param {number} port nought for any free one
 * @returns {Promise<{ address: string, close: () => void }>}
 */
export async function serve(port) {
  for (const folder of [DIST, DIST_PROMPT]) {
    await readdir(folder).catch(() => {
      throw new Error(`${folder} is missing: build the panel first`);
    });
  }
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (pathname === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    const found = await body(pathname).catch(() => null);
    if (found === null) {
      response.writeHead(404).end();
      return;
    }
    const type = TYPES[pathname.endsWith('/') ? '.html' : extname(pathname)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY, 'cache-control': freshness(pathname) }).end(found);
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  const bound = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    address: `http://127.0.0.1:${bound.port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { address } = await serve(Number(process.argv[2] ?? 0));
  console.log(`${address}?scene=connected&mode=light`);
}
