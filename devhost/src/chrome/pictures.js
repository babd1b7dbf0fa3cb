// @ts-check
/**
 * Pictures of people: Atlassian's host for them is out of reach on purpose, so this Jira draws their initials itself.
 */

/** Where Jira's answers say that pictures of initials are. */
const ATLASSIAN_PICTURES = 'https://avatar-management--avatars.us-west-2.prod.public.atl-paas.net/initials/';

export const PICTURE_FOLDER = '/pictures/';

const COLOURS = ['#357de8', '#2898bd', '#22a06b', '#e06c00', '#cd519d', '#964ac0'];

/**
 * @param {string} json on its way to the browser
 * @param {string} origin of the chrome, which the policy of a frame allows for images
 */
export const withLocalPictures = (json, origin) => json.replaceAll(ATLASSIAN_PICTURES, `${origin}${PICTURE_FOLDER}`);

/**
 * @param {string} name such as `MK-3.png`
 * @returns {string | null} an SVG
 */
export function picture(name) {
  const [, initials, number] = /^([A-Z]{1,2})-(\d)\.png$/.exec(name) ?? [];
  if (initials === undefined) return null;
  const colour = COLOURS[Number(number) % COLOURS.length];
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">' +
    `<rect width="48" height="48" fill="${colour}"/>` +
    `<text x="24" y="31" text-anchor="middle" font-family="sans-serif" font-size="20" font-weight="600" fill="#fff">${initials}</text>` +
    '</svg>'
  );
}
