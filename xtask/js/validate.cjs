// @ts-check
// Holds the manifest in the current folder against Atlassian's own validation.
'use strict';

const { ProcessorBuilder, ValidationTypes } = require('@forge/manifest');

async function validate() {
  for (const type of [ValidationTypes.FULL, ValidationTypes.PRODUCT_TRIGGER]) {
    const processor = ProcessorBuilder.instance().withValidation(type).withOptions({ deprecatedRuntimes: [] }).build();
    const { success, errors = [] } = await processor.process();
    if (success) continue;
    for (const { line, message } of errors) console.error(`manifest.yml:${line}: ${message}`);
    process.exitCode = 1;
    return;
  }
}

void validate();
