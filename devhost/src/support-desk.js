// @ts-check
/**
 * The vendor's support desk: it asks an installation for access, signed with the app's own key, as support would whose
 * customer told it the Instance ID and the address of the door.
 */
import { createHmac, randomUUID } from 'node:crypto';

const HOUR = 60 * 60 * 1000;

/** @typedef {{ instanceId: string, who: string, ticket: string, reason: string, hours: number }} Asked */
/** @typedef {ReturnType<typeof openSupportDesk>} SupportDesk */

/**
 * @param {{ key: string, clock: { now(): number }, door: () => string }} parts `door` is the address of the web trigger
 */
export function openSupportDesk({ key, clock, door }) {
  return {
    door,

    /**
     * @param {Asked} asked
     * @returns {Promise<boolean>} whether the app took the request
     */
    async ask({ instanceId, who, ticket, reason, hours }) {
      const now = clock.now();
      const body = JSON.stringify({ instanceId, who, ticket, reason, until: now + hours * HOUR, at: now, nonce: randomUUID() });
      const signature = createHmac('sha256', key).update(body).digest('hex');
      const headers = { 'content-type': 'application/json', 'x-support-signature': signature };
      const { status } = await fetch(door(), { method: 'POST', body, headers });
      return status === 202;
    },
  };
}
