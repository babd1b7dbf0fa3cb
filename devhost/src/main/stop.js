// @ts-check
/** Something that the person can put right: its one sentence is all that is printed. */
export class Stop extends Error {}
