// @ts-check
/** A request that the storage refuses: thrown where it is noticed, answered as `{code, message}` with its status. */
export class StorageRefusal extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} message
   */
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** @param {string} code @param {string} message */
export const invalid = (code, message) => new StorageRefusal(400, code, message);

/** @param {string} code @param {string} message */
export const conflict = (code, message) => new StorageRefusal(409, code, message);
