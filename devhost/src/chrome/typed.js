// @ts-check
/**
 * What a person types into a comment, made an Atlassian document (ADF). Jira's editor has buttons for tables and mentions, and
 * turns the same Markdown into marks; here all of it is typed.
 */

/** @typedef {{ type: string, text?: string, attrs?: Record<string, any>, marks?: { type: string, attrs?: any }[], content?: Node[] }} Node */
/** @typedef {{ accountId: string, displayName: string }} Mentionable */

/** How a comment is formatted, in a sentence. */
export const HOW_TO_FORMAT =
  'Formats: **bold**, `code`, [words](https://address), @Name Surname, lines that begin with - or with |, and code between two lines of ```.';

/** Bold, code, a link; a mention is looked up among people. */
const INLINE = /\*\*(?<strong>[^*\n]+)\*\*|`(?<code>[^`\n]+)`|\[(?<words>[^\]\n]+)\]\((?<href>https?:\/\/[^)\s]+)\)|@/;

const FENCE = /^```(?<language>[\w+-]*)$/;

/** The line under the head of a table. */
const RULE = /^\|(?:\s*:?-+:?\s*\|)+$/;

/**
 * Blocks are separated by an empty line, which code may hold as well; a single line break stays one.
 *
 * @param {string} text
 * @param {readonly Mentionable[]} [people] who may be mentioned
 */
export function documentOf(text, people = []) {
  const named = [...people].sort((one, other) => other.displayName.length - one.displayName.length);
  return { type: 'doc', version: 1, content: blocksOf(text.replaceAll('\r\n', '\n').trim()).map((lines) => blockOf(lines, named)) };
}

/**
 * @param {string} text
 * @returns {string[][]} the lines of each block
 */
function blocksOf(text) {
  /** @type {string[][]} */
  const blocks = [[]];
  let within = false;
  for (const line of text.split('\n')) {
    const lines = /** @type {string[]} */ (blocks.at(-1));
    if (within) {
      lines.push(line);
      within = line !== '```';
      if (!within) blocks.push([]);
    } else if (FENCE.test(line)) {
      if (lines.length > 0) blocks.push([]);
      blocks.at(-1)?.push(line);
      within = true;
    } else if (line === '') {
      if (lines.length > 0) blocks.push([]);
    } else {
      lines.push(line);
    }
  }
  return blocks.filter((lines) => lines.length > 0);
}

/**
 * @param {string[]} lines
 * @param {readonly Mentionable[]} people
 * @returns {Node}
 */
function blockOf(lines, people) {
  const fence = FENCE.exec(lines[0]);
  if (fence) {
    const code = lines.slice(1, lines.at(-1) === '```' ? -1 : undefined).join('\n');
    const language = fence.groups?.language;
    return { type: 'codeBlock', ...(language && { attrs: { language } }), content: words(code) };
  }
  if (lines.every((line) => /^\|.*\|$/.test(line))) return tableOf(lines, people);
  if (lines.every((line) => line.startsWith('- '))) {
    const items = lines.map((line) => ({ type: 'listItem', content: [paragraph(line.slice(2), people)] }));
    return { type: 'bulletList', content: items };
  }
  const content = lines.flatMap((line, index) => [...(index > 0 ? [{ type: 'hardBreak' }] : []), ...inline(line, people)]);
  return { type: 'paragraph', content };
}

/**
 * The first row is the head where a rule of dashes stands under it.
 *
 * @param {string[]} lines
 * @param {readonly Mentionable[]} people
 * @returns {Node}
 */
function tableOf(lines, people) {
  const hasHead = lines.length > 1 && RULE.test(lines[1]);
  const rows = lines.filter((_, at) => !(hasHead && at === 1));
  return {
    type: 'table',
    content: rows.map((line, at) => ({
      type: 'tableRow',
      content: line
        .slice(1, -1)
        .split('|')
        .map((cell) => ({ type: hasHead && at === 0 ? 'tableHeader' : 'tableCell', content: [paragraph(cell.trim(), people)] })),
    })),
  };
}

/**
 * @param {string} line
 * @param {readonly Mentionable[]} people
 * @returns {Node}
 */
const paragraph = (line, people) => ({ type: 'paragraph', content: inline(line, people) });

/**
 * @param {string} line
 * @param {readonly Mentionable[]} people
 * @returns {Node[]}
 */
function inline(line, people) {
  const found = INLINE.exec(line);
  if (found === null) return words(line);
  const before = line.slice(0, found.index);
  const after = line.slice(found.index + found[0].length);
  const { strong, code, words: linked, href } = found.groups ?? {};
  if (found[0] === '@') {
    const person = people.find(({ displayName }) => after.startsWith(displayName));
    // Nobody is called so: it is a sign like others.
    if (person === undefined) return joined([...words(`${before}@`), ...inline(after, people)]);
    const mention = { type: 'mention', attrs: { id: person.accountId, text: `@${person.displayName}` } };
    return [...words(before), mention, ...inline(after.slice(person.displayName.length), people)];
  }
  const mark = strong !== undefined ? { type: 'strong' } : code !== undefined ? { type: 'code' } : { type: 'link', attrs: { href } };
  return [...words(before), { type: 'text', text: strong ?? code ?? linked, marks: [mark] }, ...inline(after, people)];
}

/**
 * An empty text is none: Jira refuses a document that holds one.
 *
 * @param {string} text
 * @returns {Node[]}
 */
const words = (text) => (text === '' ? [] : [{ type: 'text', text }]);

/**
 * Texts without marks that stand side by side are one.
 *
 * @param {Node[]} nodes
 * @returns {Node[]}
 */
function joined([first, second, ...rest]) {
  if (second === undefined) return first === undefined ? [] : [first];
  const plain = first.type === 'text' && second.type === 'text' && second.marks === undefined;
  return plain ? [{ type: 'text', text: `${first.text}${second.text}` }, ...rest] : [first, second, ...rest];
}
