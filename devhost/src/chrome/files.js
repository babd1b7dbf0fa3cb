// @ts-check
/**
 * Files of a folder, by the path of a request.
 */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

/** @type {Record<string, string>} */
const CONTENT_TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * @param {string} folder
 * @param {string} path of the request below the folder, percent-encoded
 * @returns {Promise<{ content: Buffer, type: string } | null>} `null` when there is no such file, or it lies elsewhere
 */
export async function fileIn(folder, path) {
  let relative;
  try {
    relative = normalize(decodeURIComponent(path));
  } catch {
    return null;
  }
  if (relative.includes('\0') || relative.split(sep).includes('..')) return null;
  try {
    const content = await readFile(join(folder, relative));
    return { content, type: CONTENT_TYPES[extname(relative)] ?? 'application/octet-stream' };
  } catch (error) {
    const { code = '' } = /** @type {NodeJS.ErrnoException} */ (error);
    if (['ENOENT', 'EISDIR', 'ENOTDIR'].includes(code)) return null;
    throw error;
  }
}
