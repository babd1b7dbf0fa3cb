// @ts-check
/// <reference lib="dom" />
/** @typedef {{ attributes: Record<string, string>, state: Record<string, string> }} Theme for a root element; as the context shows it */

/**
 * The theme of this page, as `@atlaskit/tokens` writes it on the root element.
 *
 * @returns {Theme}
 */
export function theme() {
  const { colorMode = 'light', theme: names = '' } = document.documentElement.dataset;
  return {
    attributes: { 'data-color-mode': colorMode, 'data-theme': names },
    state: { colorMode, ...Object.fromEntries(names.split(' ').map((pair) => pair.split(':'))) },
  };
}
