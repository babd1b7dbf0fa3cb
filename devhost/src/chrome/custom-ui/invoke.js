// @ts-check
/**
 * `invoke` of `@forge/bridge`: from the page to the app's resolver.
 *
 * @import { InvokeResolver } from '../../platform/resolver.js'
 */

/** How `@forge/bridge` words what a resolver threw. */
const PREFIX = 'There was an error invoking the function';

/**
 * @param {object} parts
 * @param {InvokeResolver} parts.invokeResolver
 * @param {string} parts.functionKey name under which the app defined it
 * @param {unknown} parts.payload
 * @param {{ moduleKey: string, accountId: string } & Record<string, unknown>} parts.context of the module
 * @returns {Promise<{ status: number, answer: { body: unknown } | { message: string } }>}
 */
export async function invoke({ invokeResolver, functionKey, payload, context }) {
  const result = await invokeResolver({ functionKey, payload, context, accountId: context.accountId });
  if (result.success) return { status: 200, answer: { body: result.body } };
  return { status: 424, answer: { message: `${PREFIX} - ${result.error.errorMessage}` } };
}
