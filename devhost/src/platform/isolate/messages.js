// @ts-check
/** What the platform and a worker say to each other: the types of every message, in both directions. */

/**
 * What is known of an invocation and may cross to the worker.
 * @typedef {object} RuntimeFacts
 * @property {Record<string, any>} appContext
 * @property {string} contextAri
 * @property {string} [aaid] who calls, where somebody does
 * @property {{ traceId: string, spanId: string }} tracing
 */

/**
 * @typedef {object} InvokeMessage
 * @property {'invoke'} type
 * @property {string} id of the invocation
 * @property {string} file of the bundle
 * @property {string} exportName
 * @property {string} event JSON text of `[payload, context]`, the function's arguments
 * @property {RuntimeFacts} runtime
 * @property {number} timeoutMs
 */

/**
 * An answer of the platform to `__forge_fetch__`. A body of text is UTF-8.
 * @typedef {{ status: number, statusText?: string, headers: Record<string, string>, body?: string | Uint8Array<ArrayBuffer> | null }} Answer
 */

/**
 * @typedef {{ type: 'answer', call: number, answer?: Answer, lost?: string }} AnswerMessage `lost` says why there is no answer
 * @typedef {{ type: 'ping' }} PingMessage
 * @typedef {InvokeMessage | AnswerMessage | PingMessage} ToWorker
 */

/**
 * The first argument of `__forge_fetch__`.
 * @typedef {object} FetchOptions
 * @property {string} type
 * @property {string} [provider]
 * @property {string} [remote]
 * @property {string} [service]
 * @property {string} [accountId]
 * @property {string} [contextAri]
 */

/**
 * @typedef {object} BoundaryRequest
 * @property {FetchOptions} options
 * @property {string} path
 * @property {string} method
 * @property {Record<string, string>} headers names in lower case
 * @property {Uint8Array} [body]
 */

/**
 * @typedef {object} FunctionError
 * @property {string} errorMessage
 * @property {string} errorType
 * @property {boolean} isHostedCodeError
 * @property {string} [stack]
 * @property {string} [serviceKey]
 */

/**
 * @typedef {{ type: 'fetch', id: string, call: number, request: BoundaryRequest }} FetchMessage
 * @typedef {{ type: 'log', id: string | undefined, level: string, text: string }} LogMessage
 * @typedef {{ type: 'done', id: string, body?: string, error?: FunctionError }} DoneMessage `body` is JSON text
 * @typedef {{ type: 'pong' }} PongMessage
 * @typedef {FetchMessage | LogMessage | DoneMessage | PongMessage} FromWorker
 */

/**
 * @typedef {object} WorkerData
 * @property {string} bundleDir
 * @property {string[]} egress
 * @property {number} fetchesPerMinute
 * @property {Float64Array<SharedArrayBuffer>} clockOffset one number: milliseconds that the platform is ahead of the machine
 */

export {};
