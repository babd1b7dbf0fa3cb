// @ts-check
/** The app's clock in the fixture. */

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** What it shows when a scene begins: far from the browser's own, which must not matter. */
export const NOW = Date.UTC(2026, 7, 24, 14, 5);
