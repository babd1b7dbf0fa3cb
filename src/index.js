// Forge's handlers. Each hands its invocation to the door and its answer back; none looks into a payload.
import Resolver from '@forge/resolver';
import { getAppContext } from '@forge/api';
import { createHost } from './host.js';
import { invoke } from './load.js';

const enter = async (fn, payload, { installContext, accountId }) => {
  const { environmentType, environmentAri } = getAppContext();
  const environmentId = environmentAri.environmentId;
  const host = createHost();
  const answer = await invoke({ function: fn, payload, context: { installContext, accountId, environmentType, environmentId } }, host);
  if (host.unasked) throw host.unasked;
  return answer;
};

const panel = new Resolver();
panel.define('door', ({ payload, context }) => enter('resolver', payload, context));

export const resolver = panel.getDefinitions();
export const redirect = (payload, context) => enter('redirect', payload, context);
export const handOff = (payload, context) => enter('handOff', payload, context);
export const delivery = (payload, context) => enter('delivery', payload, context);
export const support = (payload, context) => enter('support', payload, context);
export const upkeep = async (payload, context) => {
  await enter('upkeep', null, context);
  return { statusCode: 204 };
};
export const work = ({ body }, context) => enter('work', body, context);
export const installed = (payload, context) => enter('installed', null, context);
export const upgraded = (payload, context) => enter('upgraded', null, context);
