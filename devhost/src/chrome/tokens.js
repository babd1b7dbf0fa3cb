// @ts-check
/**
 * Atlassian's design tokens as one style sheet, from the package that Jira itself uses.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/**
 * The package's own way to these texts asks feature gates that exist in Atlassian's products only, and complains on the
 * console that they do not answer.
 */
const ARTIFACTS = join(dirname(require.resolve('@atlaskit/tokens/get-theme-styles')), 'artifacts/themes');

const THEMES = ['light', 'dark', 'shape', 'spacing', 'typography', 'motion'];

/** What `setGlobalTheme` of the package loads for its default themes. */
export const TOKENS_CSS = THEMES.map((theme) => require(join(ARTIFACTS, `atlassian-${theme}.js`)).default).join('\n');

/** What `setGlobalTheme` writes into `data-theme` for them. */
export const THEME_NAMES = 'dark:dark light:light motion:motion shape:shape spacing:spacing typography:typography';
