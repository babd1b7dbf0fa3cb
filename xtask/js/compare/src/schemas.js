// The shapes that come in, rest and go out.
import { z } from 'zod';

const text = z.string();
const when = z.number().int();
const key = z.string().regex(/^[\w-]{20,64}$/);

const person = z.object({ accountId: text, displayName: text, avatarUrl: text.nullable() });
const account = person.extend({ accountType: z.enum(['atlassian', 'app', 'customer', 'unknown']), active: z.boolean() });
const badge = z.enum(['connected', 'attention', 'broken', 'unchecked', 'notConnected']);
const check = z.object({ name: text, result: z.discriminatedUnion('type', [z.object({ type: z.literal('passed') }), z.object({ type: z.literal('failed'), reason: text })]) });

export const callSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('status'), watching: key.nullable() }),
  z.object({ type: z.literal('beginChange'), intended: text.max(128), insteadOf: key.nullable() }),
]);

export const permissionsSchema = z.object({ permissions: z.object({ ADMINISTER: z.object({ havePermission: z.boolean() }) }) });

const historyRow = z.object({ at: when, by: person, from: person.nullable(), to: person, outcome: text });

export const connectionSchema = z.object({
  main: z.object({ account, since: when, changedBy: person, site: z.object({ cloudId: text, name: text, url: text }) }).nullable(),
  generation: z.number().int(),
  history: z.array(historyRow),
});

export const healthSchema = z.object({ checkedAt: when, badge, checks: z.array(check) });
export const refusalsSchema = z.object({ rows: z.array(z.object({ at: when, reason: text })) });
export const deliveredSchema = z.object({ at: when });
export const sessionSchema = z.object({ key, intended: text, expiresAt: when });

const status = z.object({
  now: when,
  badge,
  main: z.object({ account, since: when, changedBy: person, siteUrl: text }).nullable(),
  health: healthSchema.nullable(),
  lastDeliveryAt: when.nullable(),
  change: z.null(),
  history: z.array(historyRow),
  refusals: z.array(z.object({ at: when, reason: text })),
  actions: z.array(z.enum(['connect', 'change', 'checkNow'])),
  pollAfterMs: z.number().int().nullable(),
});

export const answerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('status'), status }),
  z.object({ type: z.literal('authorization'), change: key, url: z.url(), status }),
  z.object({ type: z.literal('refused'), error: z.object({ code: text }).loose() }),
]);
