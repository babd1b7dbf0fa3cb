// @ts-check
/// <reference lib="dom" />
/**
 * Runs before the first paint: turns the preference `auto` into the colour mode that the system asks for, and follows it.
 */
(() => {
  const root = document.documentElement;
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const { preference } = root.dataset;
    root.dataset.colorMode = preference === 'auto' ? (dark.matches ? 'dark' : 'light') : preference;
  };
  dark.addEventListener('change', apply);
  new MutationObserver(apply).observe(root, { attributeFilter: ['data-preference'] });
  apply();
})();
