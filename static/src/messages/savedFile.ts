/**
 * A file that is offered, to be saved or copied.
 */
export const savedFile = {
  download: 'Download the file',
  copy: 'Copy instead',
  notCopied: 'Your browser did not copy the text. Select it below and copy it.',
};
