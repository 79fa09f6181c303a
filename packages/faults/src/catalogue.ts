/**
 * Every fault that a caller can be given, for all services: the code that the caller reads, the
 * HTTP status it travels with and its message to the letter.
 *
 * Codes 600xx and 704xx with `seed` beside them stand in the published API descriptions of the
 * exam board; the others are this project's, in the same style. The fault examples of
 * `openapi/components/faults.yaml` are held to this table by a test.
 */
export const catalogue = {
  // seed
  '60001': { status: 400, message: 'Message Not Processed: Mandatory Query Parameter is missing.' },
  // a value out of form, or a body that does not fit or is no JSON
  '60002': { status: 400, message: 'Message Not Processed: Request is invalid.' },
  '60003': {
    status: 400,
    message:
      'Message Not Processed: More than 2000 records match. Please send page and limit, or reduce the date range.',
  },
  '60004': {
    status: 400,
    message: 'Message Not Processed: Mandatory header X-TRANSACTION-ID is missing or invalid.',
  },
  // seed, as are 70402 and 70405: "Access token" stands for client credentials too
  '70401': {
    status: 401,
    message: 'Message Not Processed: Invalid Access token. Please provide valid access token.',
  },
  '70402': {
    status: 401,
    message: 'Message Not Processed: Missing Access token. Please provide valid access token.',
  },
  '70405': {
    status: 401,
    message: 'Message Not Processed: Access token expired. Please try again with valid token.',
  },
  // seed
  '70403': {
    status: 403,
    message:
      'Message Not Processed: Not allowed to access requested resource. Please contact support for the access.',
  },
  // seed
  '70404': { status: 404, message: 'Message Not Processed: Requested resource is not found.' },
  // 405 to 415 and 501 are answered as MuleSoft's APIkit answers them
  '60405': { status: 405, message: 'Message Not Processed: Method not allowed.' },
  '60406': { status: 406, message: 'Message Not Processed: Not acceptable.' },
  '60413': { status: 413, message: 'Message Not Processed: Request is too large.' },
  '60415': { status: 415, message: 'Message Not Processed: Unsupported media type.' },
  '60429': {
    status: 429,
    message: 'Message Not Processed: Request quota is used up. Please try again later.',
  },
  // seed; the only message with a full stop after "Processed"
  '60006': {
    status: 500,
    message:
      'Message Not Processed. There is some technical error while processing request. Please report this to Support team.',
  },
  '60501': { status: 501, message: 'Message Not Processed: Not implemented.' },
  // seed
  '70503': {
    status: 503,
    message: 'Message Not Processed: One or more back-end is down. Please try again later.',
  },
  // seed
  '70504': {
    status: 504,
    message: 'Message Not Processed: Back-end timed out. Please try again later.',
  },
} as const satisfies Record<string, { status: number; message: string }>

/** A code of the catalogue, such as `'70404'`. */
export type FaultCode = keyof typeof catalogue
