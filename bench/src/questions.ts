import type { Response } from 'undici'
import type { Question } from './question.ts'
import { sessions } from './sessions.ts'

/** As many callers as keep one core busy, and no more. */
export const someConnections = 32

const eachItsOwn = { ...sessions, herd: 1 }

/** A page of a session's results, six items: 1 KB of JSON. */
export const page: Question = {
  path: '/v1/businessStream/04/sessions/{session}/resultStatus?limit=6',
  sessions: eachItsOwn,
  accept: (answer) => acceptItems(answer, 6),
}

/** The same, asked by thousands at once. */
export const pageOfMany: Question = { ...page, maybeShed: true }

/** The same, 2,000 callers wanting the same session while some others want another. */
export const pageForAll: Question = { ...pageOfMany, sessions: { ...sessions, herd: 2000 } }

/** As many items as an answer may have. */
export const longList: Question = {
  ...page,
  path: '/v1/businessStream/04/sessions/{session}/resultStatus?limit=2000',
  accept: (answer) => acceptItems(answer, 2000),
}

/** A script of 5 MB. */
export const script: Question = {
  path: '/v1/candidates/scripts/pdf/SC-{session}',
  sessions: eachItsOwn,
  async accept(answer) {
    const { byteLength } = await answer.arrayBuffer()
    if (answer.status !== 200) throw new Error(`answers ${answer.status}`)
    if (byteLength !== 5 * 1024 * 1024) throw new Error(`answers ${byteLength} bytes`)
  },
}

export const withBadSecret: Question = {
  ...page,
  headers: { client_secret: 'not-the-secret' },
  accept: (answer) => acceptFault(answer, 401),
  isRefused: true,
}

export const withBadParameter: Question = {
  ...page,
  path: '/v1/businessStream/04/sessions/{session}/resultStatus?limit=none',
  accept: (answer) => acceptFault(answer, 400),
  isRefused: true,
}

/** @throws {Error} when it is no list of so many items */
async function acceptItems(answer: Response, count: number): Promise<void> {
  const { items } = (await answer.json()) as { items?: unknown[] }
  if (answer.status !== 200) throw new Error(`answers ${answer.status}`)
  if (items?.length !== count) throw new Error(`answers ${items?.length ?? 'no'} items`)
}

async function acceptFault(answer: Response, status: number): Promise<void> {
  const { errorCode } = (await answer.json()) as { errorCode?: unknown }
  if (answer.status !== status || !errorCode) throw new Error(`answers ${answer.status}`)
}
