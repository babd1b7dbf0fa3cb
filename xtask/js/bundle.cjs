// @ts-check
// Bundles the Forge app in the current folder with the bundler of `forge deploy`.
//
//   node bundle.cjs <folder for the bundle>
//
// A CommonJS script, because the bundler insists on `require.main`.
'use strict';

const { cpSync, mkdirSync, writeFileSync } = require('node:fs');
const { isAbsolute, dirname, join } = require('node:path');
const { getEntryPoints, getNodeBundler } = require('@forge/bundler');
const { ProcessorBuilder, ValidationTypes } = require('@forge/manifest');

// A deployed bundle is started by a wrapper that Atlassian serves to its own command. A bundle made here is only ever
// required from outside, by something that stands at the platform's place, and says so if it is started otherwise.
const script = "throw new Error('This bundle has no Forge runtime: `forge deploy` makes one that has.');\n";
const noRuntime = { script, source: __filename, version: 'local' };

/** @param {string} into absolute path */
async function bundle(into) {
  const { manifestObject, errors } = await ProcessorBuilder.instance().withValidation(ValidationTypes.BASIC).build().process();
  if (!manifestObject) throw new Error((errors ?? []).map((error) => error.message).join('\n'));
  const manifest = /** @type {any} */ (manifestObject.typedContent ?? manifestObject.yamlContent);
  const modules = manifest.modules.function.map((/** @type {{ handler: string }} */ { handler }) => ({ module: handler.slice(0, handler.lastIndexOf('.')) }));

  /** @type {string[]} */
  const warnings = [];
  const quiet = () => {};
  const logger = { info: quiet, debug: quiet, trace: quiet, warn: (/** @type {string} */ text) => warnings.push(text), error: console.error };
  const bundler = getNodeBundler(
    /** @type {any} */ (logger),
    { getNodeRuntimeWrapper: async () => noRuntime, getNodeRuntimeLoader: async () => noRuntime },
    /** @type {any} */ ({ readConfig: async () => manifest }),
  );
  const { outputDir, additionalOutputs } = await bundler.bundle({
    appDirectory: process.cwd(),
    entryPoints: getEntryPoints(/** @type {any} */ (modules)),
  });
  // A warning of the bundler is a module that will be missing when it is asked for.
  if (warnings.length > 0) throw new Error(warnings.join('\n'));

  cpSync(outputDir, into, { recursive: true });
  for (const [name, content] of additionalOutputs ?? []) {
    mkdirSync(dirname(join(into, name)), { recursive: true });
    if (typeof content === 'string') cpSync(content, join(into, name));
    else writeFileSync(join(into, name), content);
  }
}

const [into] = process.argv.slice(2);
if (into === undefined || !isAbsolute(into)) {
  console.error('usage: node bundle.cjs <absolute path of the folder for the bundle>');
  process.exitCode = 2;
} else {
  bundle(into).catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
